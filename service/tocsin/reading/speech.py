"""Who a sentence says is speaking: the name before or after a verb, a citation or a colon."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from tocsin.reading.document import Sentence
from tocsin.reading.speaker_names import DAYS, OF_DAYS, speaker_name
from tocsin.reading.subordinate import speech_end
from tocsin.reading.voice import AttributionWords, Voice

_BREAKS = frozenset({",", ";", ":", "”", "“", '"', "–", "—", "(", ")", "‘", "’", "|", "..."})
#: Words that end a name on its left.
_LEFT = frozenset(
    {"that", "as", "when", "after", "while", "but", "because", "where", "killed", "wounded", "dead"}
    | {"injured", "then", "since", "if", "before", "were", "was", "have", "been", "had", "is"}
    | {"are", "with", "though", "although", "which", "who", "meanwhile", "according", "what"}
    | {"how", "why", "yet"}
)
#: Words that end a name on its right.
_RIGHT = frozenset(
    {"on", "that", "as", "when", "after", "while", "but", "has", "have", "had", "who", "which"}
    | {"late", "early", "earlier", "was", "were", "is", "are", "during", "monday", "tuesday"}
    | {"wednesday", "thursday", "friday", "saturday", "sunday", "yesterday", "today", "at", "by"}
    | {
        "with",
        "said",
        "told",
        "amid",
        "following",
        "killed",
        "since",
        "including",
        "says",
        "because",
    }
)
_OPENING = frozenset({"“", "‘", '"', "'"})
_AUXILIARIES = frozenset(
    {"has", "have", "had", "also", "later", "earlier", "then", "now", "is", "not", "yet", "does"}
    | {"did", "do", "still", "repeatedly", "again"}
)
_NEGATED = ("n’t", "n't")
_AVOWED = frozenset({"confirm", "say"})
_WARNS = frozenset({"warned", "warns"})
_OF = frozenset({"of", "about", "against"})
_EARLIER = frozenset({"earlier", "previous", "similar", "past", "other"})
_SINGLE = frozenset({"a", "an"})
#: "Watch what ▢ said" does not tell what it was.
_ASKING = frozenset({"hear", "watch", "see", "listen", "read", "know"})
#: Who reports on, from or live is there for the outlet.
_REPORTING = frozenset({"report", "reports", "reporting"})
_ON_THE_SPOT = frozenset({"on", "from", "live", "as", "how", "here"})
#: Ranks and titles whose full stop ends no name.
_RANKS = frozenset({"col", "gen", "lt", "maj", "capt", "sgt", "brig", "adm", "gov", "sen", "dr"})
#: Verbs of saying that are nouns after another: "reports say", "dismisses claims that".
_NOUNS = frozenset({"claims", "reports", "estimates"})
#: A clause with "who" longer than this, closed by no comma, has run into the next sentence.
_CLAUSE = 6
#: So many words at most stand between "and" and the verb of who says what follows.
_OWN = 16
_PRONOUNS = frozenset({"he", "she", "it", "they"})
_MONTHS = frozenset(
    {"january", "february", "march", "april", "may", "june", "july", "august", "september"}
    | {"october", "november", "december"}
)
_DATES = OF_DAYS | _MONTHS
#: These join a clause to one of which it says nothing.
_JOINTS = frozenset({"as", "while", "whilst", "before", "after", "when", "although", "though"})
#: Nouns too, and verbs only of many: "monitors report".
_PLURAL = frozenset({"report", "claim", "estimate", "count"})
#: Whoever follows these was told, and told nobody.
_TOLD = frozenset({"told", "tells"})
#: What may stand after a speaker who is named last: "…, said the mayor on Monday".
_CLOSERS = frozenset({".", "on", "late", "early", "at"})
#: What goes on with how, when and where it was said, and not with what: "…, police said in a note".
_TRAILS = frozenset(
    {"in", "to", "via", "during", "adding", "citing", "from", "by", "this", "last", "through", "of"}
    | {"for", "there", "amid", "as", "after", "while", "following", "earlier", "here", "without"}
)
#: What may follow a clause that says no more than who spoke.
_ENDINGS = _BREAKS | DAYS | _CLOSERS
#: Who may be described before they speak: "a group that monitors the war says".
_BODIES = frozenset(
    {"group", "organisation", "organization", "agency", "body", "charity", "office"}
)


@dataclass(slots=True)
class Speech:
    """A sentence as attribution looks at it: who is named before, after or around its words.

    `opens` is its first word after a dateline.
    """

    sentence: Sentence
    words: Sequence[str]
    lexicon: AttributionWords
    opens: int = field(init=False)

    def __post_init__(self) -> None:
        dateline = self.sentence.dateline
        last = self.sentence.start + dateline
        self.opens = sum(start < last for start, _ in self.sentence.spans) if dateline else 0

    def saying(self, i: int) -> Voice | None:
        """A verb of saying at `i`: "▢ said …", "…, ▢ said", "…, said ▢"."""
        words, count = self.words, len(self.words)
        following = words[i + 1] if i + 1 < count else ""
        if self._is_no_saying(i, following) or self._is_reporting(i):
            return None
        if i and words[i - 1] in ("”", '"', "’", ",") and following not in ("that", ""):
            turned = self._after(i + 1)
            last = words[i] not in _TOLD and self._closes(i + 1)
            if turned is not None and (words[i - 1] != "," or last):
                return self._voice(turned, i, count)
        start, end = self._before(i)
        if start == end and i and words[i - 1] in ("and", "but"):
            start, end = self._subject(i - 1)
        if words[i] in _PLURAL and not _SINGLE.isdisjoint(words[max(start, i - 3) : end]):
            return None  # "a major report has found …", "▢ delivers a news report"
        if start > 1 and words[start - 1] == "what" and words[start - 2] in _ASKING:
            return None  # "Hear what ▢ said about the strike"
        name = self._name(start, end)
        if name is None:
            if end > start and words[end - 1] in _PRONOUNS:
                told = start if start and words[start - 1] in _BREAKS else 0
                return Voice(words[end - 1], "asserted", told, i + 1, 0)
            return None
        voice = self._placed(self._voice(name, 0, i + 1), start)
        until = speech_end(words, i + 1)
        return voice if until is None else voice._replace(end=min(voice.end, until))

    def _placed(self, voice: Voice, start: int) -> Voice:
        """A voice named from word `start` on, with what it covers by how its clause is joined."""
        words, i = self.words, voice.after
        joint = words[start - 1] if start else ""
        goes_on = i < len(words) and words[i] not in _ENDINGS
        own = goes_on and joint == "," and self.sentence.field == "title"
        own = own and words[i] not in _TRAILS
        if goes_on and (joint == ";" or own or self._begins_clause(i)):
            return voice  # "Port hit by missiles; the mayor says …" is two reports
        if joint in _JOINTS and goes_on:
            if start > 1:
                return voice  # "ten died, as the president said he was …": not of the ten
            end = next((j for j in range(i, len(words)) if words[j] == ","), len(words))
            return voice._replace(end=end)  # "While the alliance warns of war, ten died"
        closed = start > 1 and any(words[j] in _BREAKS for j in range(max(0, start - 3), start))
        if not closed:
            return voice
        # "Ten dead in strikes; 'we shall endure', the president says": only what he says.
        marks = (j + 1 for j in range(start - 2, -1, -1) if words[j] == ";")
        since = next((j for j in marks if words[j] in _OPENING), 0)
        return voice._replace(before=start, since=since)

    def _begins_clause(self, i: int) -> bool:
        """Whether who says it stands in a clause of their own: "jets hit X, and residents say"."""
        words = self.words
        comma = next((j for j in range(i - 2, max(-1, i - _OWN), -1) if words[j] == ","), None)
        return comma is not None and words[comma + 1] == "and"

    def _is_no_saying(self, i: int, following: str) -> bool:
        """Whether a verb of saying is none here: "the reported killing", "claimed 40 lives"."""
        words = self.words
        before = words[i - 1] if i else ""
        if before in self.lexicon.adjectival and words[i] != "say":
            return True
        if before.endswith("ly") and following == "by":
            return True
        if words[i] == "states" and following != "that":
            return True
        if words[i] in _NOUNS and (following in self.lexicon.says or before in self.lexicon.denies):
            return True
        if words[i] in _WARNS and following in _OF:
            return True  # "observers warn of famine" tells of no dead
        if words[i].startswith("claim") and not _EARLIER.isdisjoint(words[i + 1 : i + 4]):
            return True  # "the group claimed an earlier attack"
        if before.endswith(_NEGATED) and words[i] in _AVOWED:
            return True  # "the president wouldn't confirm or deny"
        if words[i] == "told" and following in ("to", "not"):
            return True  # "residents told to stay indoors"
        if words[i] == "said" and _to_be(words, i + 1):
            return True  # "troops said to be in the capital"
        if "lives" in words[i + 1 : i + 5] and words[i].startswith("claim"):
            return True  # "claims 14 lives"
        if words[i] in ("adds", "added", "add") and following in ("to", "up"):
            return True
        if words[i] in ("said", "says", "told") or following not in self.lexicon.other_objects:
            return False
        owned = words[i + 1 : i + 3] == ["responsibility", "for"]  # "… for killing 70 soldiers"
        return not (owned and i + 3 < len(words) and words[i + 3].endswith("ing"))

    def _is_reporting(self, i: int) -> bool:
        """Whether a verb only tells where a reporter is: "▢ reports from the front"."""
        words = self.words
        if words[i] not in _REPORTING or i + 1 >= len(words):
            return False
        dated = not DAYS.isdisjoint(words[i + 1 : i + 4])
        return words[i + 1] in _ON_THE_SPOT and not dated

    def accusing(self, i: int) -> Voice | None:
        """Told as "▢ accused another of killing …": an accusation, in the accuser's voice."""
        words = self.words
        following = words[i + 1 : i + 3]
        if following[:1] == ["by"]:  # "rebels blamed by ▢ for the deaths"
            end = self._end(i + 2)
            end = words.index("for", i + 2, end) if "for" in words[i + 2 : end] else end
            name = self._name(i + 2, end)
            return None if name is None else Voice(name, "accused", i, end)
        if following[:1] in (["on"], ["for"], ["of"]):
            return None  # "blamed on rebels", "a man accused of killing …"
        name = self._name(*self._before(i))
        if name is None:
            return None
        end = len(words)
        if following in (["each", "other"], ["one", "another"]):  # of that alone, if of anything
            if words[i + 3 : i + 4] not in (["of"], ["for"]):
                return None
            end = next((j for j in range(i, end) if words[j] in _BREAKS), end)
        return Voice(name, "accused", 0, i + 1, end=end)

    def denying(self, i: int) -> str | None:
        """The name before a denial at `i`."""
        words, end = self.words, i
        while end and (words[end - 1].endswith("ly") or words[end - 1] in _AUXILIARIES):
            end -= 1
        while end > 1 and words[end - 2 : end] == ["at", "first"]:
            end -= 2
        if end > 1 and words[end - 2] == "which":
            return None  # "a charge which he had denied": not who brings it
        if end > 1 and words[end - 1] == "which":
            end -= 2 if words[end - 2] == "," else 1
            start = self._start(end)
            blamed = (j + 1 for j in range(start, end) if words[j] in self.lexicon.accuses)
            return self._name(max(blamed, default=start), end)  # "X blamed ▢, which denied it"
        return self._name(*self._before(end))

    def citing(self, i: int, after: int) -> Voice | None:
        """Told as "according to ▢" at `i`, its name from word `after`."""
        words = self.words
        end = after
        while end < len(words) and words[end] not in _BREAKS and words[end] not in _RIGHT:
            if words[end] == "." and words[end - 1] not in _RANKS:
                break
            end += 1
        document = any(word in self.lexicon.documents for word in words[after:end])
        if document and "from" in words[after:end]:
            end = words.index("from", after)  # "information from the ministry"
        while document and end < len(words) and words[end] in OF_DAYS:
            end += 1  # "a statement on Tuesday from the ministry"
        by = end + 1 if end < len(words) and words[end] in ("by", "from") else end
        if document and by > end:
            return self.citing(i, by)
        if "than" in words[max(0, i - 3) : i]:
            return None
        if _to_be(words, self._end(after)):
            return None  # "people said by ▢ to be Christians"
        name = self._after(after)
        if name is None:
            return None
        return self._voice(name, i, after, weight=1 if document else 2)

    def announced(self) -> Voice | None:
        """Told as "This was reported by ▢", or with no "by" after its day: "… on 1 May ▢"."""
        words = self.words
        if "by" in words:
            return self.citing(0, words.index("by") + 1)
        said = next((i for i, word in enumerate(words[:6]) if word in self.lexicon.says), None)
        if said is None:
            return None
        i = said + 1
        while i < len(words) and (words[i] in _DATES or words[i] == "," or words[i].isdecimal()):
            i += 1
        return self.citing(0, i) if i > said + 1 else None

    def colon(self, i: int) -> Voice | None:
        """A headline's colon: "▢: eight dead", "Eight dead: ▢"."""
        words, count = self.words, len(self.words)
        if i <= 6 and "live" not in words[:i] and not any(word[0].isdigit() for word in words[:i]):
            name = self._name(0, i)
            last = words[i - 1] if i else ""
            if name is not None and self._speaks(last):
                return Voice(name, "asserted", 0, i + 1, 1)
        if i > 3 and 1 <= count - i - 1 <= 4:
            name = self._name(i + 1, count)
            if name is not None and (name[0].isupper() or self._speaks(words[-1])):
                return Voice(name, "asserted", i, count, 1)
        return None

    def dashed(self, i: int) -> Voice | None:
        """A headline's dash before its speaker: "Eight dead in blast - police"."""
        name = self._name(i + 1, len(self.words)) if i > 3 else None
        if name is None or len(self.words) - i > 5 or not self._speaks(self.words[-1]):
            return None
        return Voice(name, "asserted", i, len(self.words), 1)

    def bracketed(self) -> Voice | None:
        """Who is named in brackets at a headline's end: "Ten killed in shelling (governor)"."""
        words, end = self.words, len(self.words) - 1
        first = max((i for i in range(end) if words[i] == "("), default=0)
        name = self._name(first + 1, end) if first > 3 and end - first <= 5 else None
        if name is None or not self._speaks(words[end - 1]):
            return None
        return Voice(name, "asserted", first, end + 1, 1)

    def _speaks(self, word: str) -> bool:
        """Whether a headline's last word before a colon, or its last of all, is of a speaker."""
        return word in self.lexicon.pronouns or word in self.lexicon.speakers

    def _voice(self, name: str, before: int, after: int, weight: int = 2) -> Voice:
        words = name.lower().replace("’s", "").split()
        agency = bool(self.lexicon.agencies.all_in(words, 0, len(words)))
        return Voice(name, "asserted", before, after, 1 if agency else weight)

    def _before(self, i: int) -> tuple[int, int]:
        """The name before a verb, its apposition included: "X, a spokesman for Y, said"."""
        words = self.words
        end = self._without_auxiliaries(i)
        closed = end - 1 if end and words[end - 1] == "," else end
        start = self._start(closed)
        if start > 1 and (
            words[start - 1] in ("which", "who")
            or (words[start - 1] == "that" and words[start - 2] in _BODIES)
        ):
            if closed == end and end - start > _CLAUSE:
                return end, end
            end = start - 1  # "the minister of X, which borders Y, said"
            closed = end - 1 if words[end - 1] == "," else end
            start = self._start(closed)
            if "by" in words[start:closed]:  # "a town held by ▢, which puts it at"
                start = words.index("by", start, closed) + 1
        if closed < end and start >= 2 and words[start - 1] == ",":
            start = self._start(start - 1)
        return start, closed

    def _subject(self, i: int) -> tuple[int, int]:
        """Who did what stands before "and says" or "but says": "▢ has named none but says"."""
        for j in range(i - 1, 0, -1):
            if self.words[j] in _AUXILIARIES or self.words[j].endswith(_NEGATED):
                return self._before(j)
        return i, i

    def _without_auxiliaries(self, end: int) -> int:
        """Where the name before a verb ends: "▢ has not yet said"."""
        words = self.words
        while end > 0:
            word = words[end - 1]
            if word not in _AUXILIARIES and not word.endswith(_NEGATED):
                break
            end -= 1
        return end

    def _start(self, end: int) -> int:
        """Where the name that ends before word `end` begins; brackets within it are its own."""
        words, j = self.words, end - 1
        while j >= self.opens:
            if words[j] == ")" and "(" in words[max(0, j - 6) : j]:
                while words[j] != "(":
                    j -= 1
            elif words[j] in _BREAKS or words[j] in _LEFT:
                break
            elif words[j] == "the" and self._opens_anew(j):
                return j
            j -= 1
        return j + 1

    def _opens_anew(self, j: int) -> bool:
        """Whether a "The" opens a sentence that has no full stop before it: a standfirst's end."""
        at = self.sentence.spans[j][0] - self.sentence.start
        return self.sentence.text[at] == "T"

    def _after(self, i: int) -> str | None:
        return self._name(i, self._end(i))

    def _end(self, i: int) -> int:
        """Where the name that begins at word `i` ends."""
        words, end = self.words, i
        while end < len(words) and end - i < 14:
            if words[end] in _BREAKS or words[end] in _RIGHT:
                break
            if words[end] == "." and words[end - 1] not in _RANKS:
                break
            if words[end] in self.lexicon.name_ends:
                break
            if _to_be(words, end):
                break
            end += 1
        return end

    def _closes(self, i: int) -> bool:
        """Whether a name at word `i` ends what is said, with nothing it says after it."""
        end = self._end(i)
        if end == len(self.words) or self.words[end] in self.lexicon.name_ends:
            return True
        return self.words[end] in _ENDINGS

    def _name(self, start: int, end: int) -> str | None:
        """The name of who speaks between two words; None where there is none."""
        return speaker_name(self.sentence, max(start, min(end, self.opens)), end, self.lexicon)


def _to_be(words: Sequence[str], i: int) -> bool:
    """Whether words go on with what somebody is said "to be" or "to have" done."""
    return words[i : i + 2] in (["to", "be"], ["to", "have"])
