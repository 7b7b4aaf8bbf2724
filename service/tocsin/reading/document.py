"""A report laid out for reading: fields cut into sentences, sentences into words, offsets kept.

Everything downstream speaks of sentences and words of this module, so that an offset is counted
once, here, in code points of the stored plain text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from string import ascii_lowercase

from tocsin.reading.once import once
from tocsin.reading.phrases import Hit, Phrasebook, Phrases, fold, lowered, spaced
from tocsin.reading.report import FIELDS, FieldName, Report
from tocsin.reading.words import spans_of, words_of

#: Where a report was written from: "CAPITAL/CITY (Agency) - ", "TOWN, Nation (Agency, 1 May) The".
_DATELINE = re.compile(
    r"[A-Z]{3}[\w'’.-]*(?:[ /,]+(?!The\b|A\b|In\b|On\b)[A-Z0-9][\w'’.-]*){0,6}"
    r"(?:\s*\([^()]{2,60}\)\s*(?:--?|[–—―:])?|\s*(?:--|[–—―]|\s-))\s*(?=[\"“‘]?[A-Z0-9])"
    r"|[A-Z][\w'’.-]+(?:[ /,]+[A-Z][\w'’.]*){0,3}\s*\([^()]{2,60}\)\s*(?:--?|[–—―])\s*"
    r"|[A-Z]{3}[\w'’-]*(?:[ /,]+[A-Z][\w'’-]*){0,3},? \d{1,2}\.$"
    # "TOWN: The", as papers of South Asia have it; a body of four letters may speak so.
    r"|[A-Z]{5,}(?:[ -][A-Z]{2,}){0,2}: (?=[\"“‘]?[A-Z0-9])"
)


@dataclass(slots=False)
class Sentence:
    """One sentence of one field. `start` and `end` are offsets in the field; words come lazily.

    `folded` is its text in lower case and plain marks, `spaced` that with spaces for all marks, as
    phrases are looked up in it; every offset stays where it was. `found` is what of each set of a
    book stands here.
    """

    field: FieldName
    index: int
    start: int
    end: int
    text: str
    folded: str
    spaced: str
    found: Mapping[Phrases, Sequence[Hit]]
    book: Phrasebook

    @once
    def lower(self) -> str:
        """The sentence in lower case; every offset stays where it was."""
        return lowered(self.text)

    def find(self, phrases: Phrases) -> Sequence[Hit]:
        """What of some phrases stands here, in reading order."""
        hits = self.found.get(phrases)
        if hits is not None:
            return hits
        return () if phrases in self.book.sets else phrases.find(self.spaced)

    @once
    def dateline(self) -> int:
        """How many characters only say where the report was written; none in a title."""
        text = self.text
        if self.field == "title" or not (text[:3].isupper() or "(" in text):
            return 0
        match = _DATELINE.match(text)
        return match.end() if match else 0

    @once
    def words(self) -> list[str]:
        """The words, numbers and marks in lower case."""
        return words_of(self.lower)

    @once
    def spans(self) -> list[tuple[int, int]]:
        """Where each word stands in the field, half-open."""
        return spans_of(self.words, self.lower, self.start)

    def slice(self, first: int, last: int) -> str:
        """The text of some words, half-open, to the letter."""
        spans = self.spans
        return self.text[spans[first][0] - self.start : spans[last - 1][1] - self.start]


@dataclass(slots=True)
class Document:
    """All sentences of a report, title first, in reading order."""

    report: Report
    sentences: list[Sentence]


#: The credit that ends a picture's caption: what it shows is not what the report tells.
_CREDIT = re.compile(
    r"\([^()]{0,60}(?:Getty Images|AP Photos?|/AP|/AFP|/Reuters|/EPA)[^()]{0,30}\)$"
)
#: A credit that stands as a sentence of its own, behind the caption.
_LONE_CREDIT = re.compile(
    r"\((?:[^()]{1,60}/|Obtained by )?(?:AP|AFP|EPA|Reuters|[^()]{0,60}Photos?)\)"
)
#: What the scene of an attack shows.
_SCENE = re.compile(
    r"(?:hit|struck|explo|bomb|blast|shell|attack|strike|destroy|damage|burn|smoke|kill|wound"
    r"|injur|raid|clash|missile|rocket|drone|siege)",
    re.IGNORECASE,
)
_DATE = re.compile(r"\b([A-Z][a-z]{2})[a-z]*\.? (\d{1,2}), (\d{4})\b")
#: A picture of these days shows what is told; an older one is from the archive.
_FRESH_DAYS = 3
#: A sentence is cut here at the latest, so that no text can make reading slow.
_LONGEST = 1500
#: What ends a sentence: a mark, or a line's end.
_END = re.compile(r"[.!?…\n](?:(?<=\S)[.!?…]*[\"'”’)\]]*(?=\s|$)|(?<=\n)\s*)")
#: Where in prose a standfirst runs into the text: a small word in capitals after one without a full
#: stop. A title has no standfirst.
_BEGIN = re.compile(
    r"(?:The|A|An|At|In|On|It|He|She|They|More|Some|About|Nearly|Almost|Over|When|After|As|For|Two"
    r"|Three|Four|Five|Six|Seven|Eight|Nine|Ten|Dozens|Hundreds|Thousands|Several|Twenty|Thirty"
    r"|Forty|Fifty|Sixty|One|This|There|Police|Officials)\s[a-z]"
)
#: A link between standfirst and text: "See all our war coverage".
_LINK = re.compile(r"\bSee (?:all )?our (?:[\w’'-]+ ){1,4}coverage\b")
_RUNS_ON = re.compile(r"[a-z0-9”’][^\S\n]")
#: Words with a full stop of their own; a letter alone has one too.
_ABBREVIATIONS = frozenset(
    (
        *("mr", "mrs", "ms", "dr", "gen", "lt", "col", "maj", "capt", "sgt", "cpl", "brig", "adm"),
        *("sen", "rep", "gov", "prof", "st", "no", "sept", "oct", "nov", "dec", "jan", "feb"),
        *("mar", "apr", "aug", "jun", "jul", "vs", "inc", "co", "corp", "ltd", "approx", "ca"),
        *("cf", "al", "fr", "rev", "hon", "msgr", "mt", "ft", "est", *ascii_lowercase),
    )
)
_LAST_WORD = re.compile(r"\b\w{1,6}\.$")


_NO_BOOK = Phrasebook(())


def lay_out(report: Report, book: Phrasebook = _NO_BOOK) -> Document:
    """Cut a report into sentences; any text is accepted, and only captions are left out.

    `book` holds the phrases that the sentences will be asked for.
    """
    sentences: list[Sentence] = []
    for name in FIELDS:
        if not (text := report.field(name)):
            continue
        folded = fold(text)
        plain = spaced(folded)
        stretches = list(_stretches(text, prose=name != "title"))
        found = book.find(plain, stretches)
        captions = _captions(text, stretches, report.published)
        for (start, end), phrases in zip(stretches, found, strict=True):
            if start in captions:
                continue
            sentences.append(
                Sentence(
                    field=name,
                    index=len(sentences),
                    start=start,
                    end=end,
                    text=text[start:end],
                    folded=folded[start:end],
                    spaced=f" {plain[start + 1 : end + 1]} ",
                    found=phrases,
                    book=book,
                )
            )
    return Document(report, sentences)


def _captions(
    text: str, stretches: Sequence[tuple[int, int]], published: datetime | None
) -> frozenset[int]:
    """Where captions and their credits begin, but for those of an attack of these days."""
    found: set[int] = set()
    before: tuple[int, int] | None = None
    for start, end in stretches if ")" in text else ():
        if _CREDIT.search(text, start, end):
            found.add(start)
        if _CREDIT.fullmatch(text, start, end) or _LONE_CREDIT.fullmatch(text, start, end):
            found.add(start)
            if before and not _fresh(text[slice(*before)], published):
                found.add(before[0])
        before = start, end
    return frozenset(found)


def _fresh(caption: str, published: datetime | None) -> bool:
    """Whether a caption gives a day of the news cycle, and shows what an attack leaves."""
    dated = _DATE.search(caption)
    if dated is None or published is None or not _SCENE.search(caption):
        return False
    try:
        taken = datetime.strptime(" ".join(dated.groups()), "%b %d %Y").replace(tzinfo=UTC)
    except ValueError:
        return False
    return abs((published - taken).days) <= _FRESH_DAYS


def _stretches(text: str, *, prose: bool) -> Iterator[tuple[int, int]]:
    """The stretches of text between the ends of sentences, without the white space around them."""
    wrapped = _is_wrapped(text)
    start = 0
    cuts = [
        match.end() for match in _END.finditer(text) if _ends_here(text, match, wrapped=wrapped)
    ]
    begins = [match.start() for match in _BEGIN.finditer(text, 2)] if prose else ()
    links = [at for link in _LINK.finditer(text) for at in link.span()] if prose else []
    if begins or links:
        cuts = sorted({*cuts, *links, *(at for at in begins if _RUNS_ON.match(text, at - 2))})
    for cut in (*cuts, len(text)):
        for first, last in _short(text, start, cut) if cut - start > _LONGEST else ((start, cut),):
            piece = text[first:last].rstrip()
            end = first + len(piece)
            if piece := piece.lstrip():
                yield end - len(piece), end
        start = cut


def _ends_here(text: str, match: re.Match[str], *, wrapped: bool) -> bool:
    mark, end = match.group(), match.end()
    if mark[0] == "\n":
        return mark.count("\n") > 1 or not wrapped
    if mark[0] == "." and end < len(text):
        word = _LAST_WORD.search(text, max(0, end - 7), end) if len(mark) == 1 else None
        if word and word[0][:-1].lower() in _ABBREVIATIONS:
            return False
        return not text[end + 1 : end + 2].islower()
    return True


def _is_wrapped(text: str) -> bool:
    """Whether lines are broken to a width, so that a line's end is no sentence's end."""
    if text.count("\n", 0, 4000) < 2:
        return False
    lines = [line for line in text[:4000].split("\n") if line.strip()]
    if len(lines) < 3 or max(map(len, lines)) > 100:
        return False
    running = sum(line.rstrip()[-1] not in '.!?:”"' for line in lines)
    return running * 2 > len(lines)


def _short(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A stretch in pieces no longer than a sentence may be, cut at white space where it has any."""
    while end - start > _LONGEST:
        cut = text.rfind(" ", start, start + _LONGEST) + 1
        cut = cut if cut > start else start + _LONGEST
        yield start, cut
        start = cut
    if start < end:
        yield start, end
