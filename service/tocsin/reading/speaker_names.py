"""What of the words beside a verb of saying names who speaks: a noun phrase, never a clause.

A standfirst that runs into its text, a headline's verb or a participle bring whole clauses before
"said". Of these the phrase that speaks is kept; where none is sure, nobody is named.
"""

from __future__ import annotations

from collections.abc import Sequence

from tocsin.reading.document import Sentence
from tocsin.reading.voice import AttributionWords

DAYS = frozenset(
    {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "today"}
    | {"yesterday", "tonight"}
)
#: A day, and what may stand around its name: "late on Monday night".
OF_DAYS = DAYS | {"on", "late", "early", "morning", "afternoon", "evening", "night"}
_NO_NAMES = frozenset(
    {"this", "these", "that", "there", "those", "such", "if", "not", "no", "dozens", "hundreds"}
    | {"thousands", "scores"}
)
_COUNTED = frozenset({"two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"})
_LONGEST = 24
#: No name of several words begins with these: "in an air raid on rebels", "you could".
_NO_STARTS = frozenset(
    {"in", "at", "on", "near", "after", "during", "from", "amid", "i", "you", "we", "he", "she"}
    | {"they", "it", "where", "when", "how", "why"}
)
_CHARGES = (["a", "charge", "the"], ["a", "claim", "the"], ["an", "accusation", "the"])
#: Names of more words than this are looked at for what ran into them.
_LONG_NAME = 8
#: Small words that stand within a name, and how the words before a person's name end.
_WITHIN_NAMES = frozenset(
    {"of", "for", "the", "and", "in", "to", "at", "on", "'s", "’s", "-", "a", "an", "from", "near"}
    | {"with", "by", "based", "under"}
)
_TITLES = ("ed", "er", "or", "an", "man", "nt", "ist", "ary", "al", "ef", "ry", "y")
_LEAD = frozenset({"the", "a", "an", "and", "to", '"', "meanwhile", "while", "one", "by"} | {"its"})
#: No name ends with these: "China along the disputed border", "reports on a rejected plan".
_OPEN_ENDS = frozenset(
    {"the", "a", "an", "of", "in", "on", "over", "along", "for", "to", "from", "near", "between"}
    | {"against", "into", "what", "this", "its", "their", "his", "her", "and", "or", "recent"}
)
#: After a word in "-ed" these show that it is a verb: "shared a video", "disappeared in the town".
_AFTER_VERBS = frozenset(
    {"to", "in", "from", "what", "a", "an", "the", "by", "on", "at", "with", "as", "it", "against"}
    | {"into", "that", "solely", "his", "her", "its", "their", "for", "over", "near", "after"}
)
_BEFORE_PAST = frozenset({"has", "have", "had", "was", "were", "been", "is", "are"})
_ENDING_IN_ED = 5  # letters of the shortest such verb: "used" is none, nor is "feed"
#: How the last word of those who act ends: "villagers", "protestors", "residents", "journalists".
_ACTORS = ("ers", "ors", "ents", "ists", "men", "women", "ians")
#: These open an aside that is no part of a name: "the president, at the site of the blast".
_ASIDES = frozenset({"at", "in", "on", "during", "after", "amid"})


def speaker_name(sentence: Sentence, start: int, end: int, lexicon: AttributionWords) -> str | None:
    """The name between two words of a sentence, to the letter; None where it is nobody's."""
    words = sentence.words
    start, end = _without_days(words, start, end)
    if words[start : start + 2] == ["of", "whom"]:
        start += 2
    if words[start : start + 4] == ["earlier", "in", "the", "day"]:
        start += 4
    while start < end and words[start] in _LEAD:
        start += 1
    if start and words[start - 1] == "," and words[start + 1 : start + 2] == [","]:
        start += 2  # "near the capital, Damascus, state media said"
    start, end = _without_clause(sentence, start, _without_aside(words, start, end), lexicon)
    if words[start : start + 3] in _CHARGES:
        start += 3  # "X blamed Y, a charge the ▢ rejected"
    if start >= end or end - start > _LONGEST or words[end - 1] in _OPEN_ENDS:
        return None
    if _is_nobody(sentence, start, end, lexicon) or _is_reporter(sentence, start, end, lexicon):
        return None
    return sentence.slice(_own(sentence, start, end), end)


def _is_nobody(sentence: Sentence, start: int, end: int, lexicon: AttributionWords) -> bool:
    """Whether the words are no speaker's: counted, pointed at, or in the lexicon's `never`."""
    words = sentence.words
    bare = " ".join(words[start:end])
    if bare in lexicon.never or not words[start][0].isalpha():
        return True
    if words[end - 1] in lexicon.never or "than" in words[start:end]:
        return True
    if end - start == 1 and bare.endswith(("ly", "ing")) and not _is_named(sentence, start):
        return True
    if end - start > 1 and words[start] in _NO_STARTS:
        return True
    if any(word[0].isdigit() for word in words[start:end]) or words[start] in _NO_NAMES:
        return True
    # "the 80 deaths reported earlier": counted, and no speaker
    return any(words[j].isdecimal() and words[j + 1].isalpha() for j in range(start, end - 1))


def _is_reporter(sentence: Sentence, start: int, end: int, lexicon: AttributionWords) -> bool:
    """Whether an outlet's own reporter is named, "CNN's Jo Bell": the outlet's own voice."""
    words = sentence.words
    agency = lexicon.agencies.at(words, start)
    if agency is None or agency[1] + 2 > end or words[agency[1]] not in ("'s", "’s"):
        return False
    return all(_is_named(sentence, i) for i in range(agency[1] + 1, end))


def _is_named(sentence: Sentence, i: int) -> bool:
    """Whether a word is written as a name."""
    return sentence.slice(i, i + 1)[0].isupper()


def _own(sentence: Sentence, start: int, end: int) -> int:
    """Where a name begins that a standfirst without a full stop runs into.

    "… houses turned to rubble in the latest clash Azerbaijan said": only the last name speaks.
    """
    words = sentence.words
    if not {",", "("}.isdisjoint(words[start:end]):
        return start
    if end - start <= _LONG_NAME:
        return _counted_before(sentence, start, end) or start
    return _last_name(sentence, start, end) or start


def _counted_before(sentence: Sentence, start: int, end: int) -> int | None:
    """Where a name begins behind some who were counted: "… three American sailors Jo Bell"."""
    if sentence.words[start] not in _COUNTED or sentence.words[end - 1].endswith("s"):
        return None
    return _last_name(sentence, start, end)


def _last_name(sentence: Sentence, start: int, end: int) -> int | None:
    """Where the last name begins that is not within a phrase: "… used against it Armenia"."""
    words = sentence.words
    for i in range(end - 1, start, -1):
        inner = words[i - 1] in _WITHIN_NAMES or _is_named(sentence, i - 1)
        if _is_named(sentence, i) and not inner and not words[i - 1].endswith(_TITLES):
            return i
    return None


def _without_aside(words: Sequence[str], start: int, end: int) -> int:
    """Where a name ends, without the aside after it."""
    for i in range(start + 1, end - 1):
        if words[i] == "," and words[i + 1] in _ASIDES:
            return i
    return end


def _without_clause(
    sentence: Sentence, start: int, end: int, lexicon: AttributionWords
) -> tuple[int, int]:
    """Of words that hold a verb those that speak; none of them (`end`, `end`) if that is unsure."""
    words = sentence.words
    while end - start > 1 and _may_be_past(sentence, end - 1) and words[end - 2] != "the":
        end -= 1  # "a military statement released"
    verb = _verb(sentence, start, end, lexicon)
    if verb is None:
        return start, end
    finite = words[verb] in lexicon.clauses
    if verb > start:
        if words[end - 1] in ("and", "but"):
            return start, verb  # "the ministry shared a video and said"
        if not finite and _speaks(words[verb - 1], lexicon):
            return start, verb  # "villagers displaced by the raid said"
    if "," in words[verb:end]:
        after = words.index(",", verb) + 1
        return _without_clause(sentence, after, end, lexicon)
    tail = _last_name(sentence, verb, end)
    if tail is None or tail == verb + 1:  # "police kill Palestinian": whom, not who
        return end, end
    return tail, end


def _speaks(word: str, lexicon: AttributionWords) -> bool:
    """Whether a word is that of somebody who may speak."""
    known = word in lexicon.speakers or word in lexicon.pronouns or word in lexicon.documents
    return known or word.endswith(_ACTORS)


def _verb(sentence: Sentence, start: int, end: int, lexicon: AttributionWords) -> int | None:
    """The first verb among some words, finite or a participle that goes on."""
    words = sentence.words
    for i in range(start, end):
        if words[i] in lexicon.clauses and not _is_named(sentence, i):
            return i
        goes_on = i + 1 < end and words[i + 1] in _AFTER_VERBS
        before = words[i - 1] if i else ""
        if _may_be_past(sentence, i) and (before in _BEFORE_PAST or goes_on) and before != "the":
            return i
    return None


def _may_be_past(sentence: Sentence, i: int) -> bool:
    """Whether a word looks like a verb's past; "based" is a part of names."""
    word = sentence.words[i]
    return (
        word.endswith("ed")
        and len(word) >= _ENDING_IN_ED
        and word.isalpha()
        and not word.endswith("eed")
        and word not in _WITHIN_NAMES
        and not _is_named(sentence, i)
    )


def _without_days(words: Sequence[str], start: int, end: int) -> tuple[int, int]:
    """A name without the day it spoke: "on Monday the ministry", "the ministry late on Monday"."""
    first, last = start, end
    while first < last and words[first] in OF_DAYS:
        first += 1
    while last > first and words[last - 1] in OF_DAYS:
        last -= 1
    dated = not DAYS.isdisjoint(words[start:first])
    ended = not DAYS.isdisjoint(words[last:end])
    return first if dated else start, last if ended else end
