"""Attribution: who says so, and with what stance.

A claimant is the most specific name that the text gives for who stands behind a figure: before or
after a verb of saying, after "according to", before a headline's colon. Those who were told, and
agencies in whose voice an outlet speaks, are claimants only where nobody else is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from tocsin.reading.document import Sentence, Token
from tocsin.reading.facts import Stance
from tocsin.reading.wordlist import Phrases, entries


@dataclass(frozen=True, slots=True)
class AttributionWords:
    """The words of attribution of one language, compiled."""

    says: frozenset[str]
    according: Phrases[bool]
    accuses: frozenset[str]
    denies: frozenset[str]
    never: frozenset[str]
    agencies: frozenset[str]
    pronouns: frozenset[str]


class Speech(NamedTuple):
    """A sentence as attribution looks at it."""

    sentence: Sentence
    tokens: Sequence[Token]
    words: Sequence[str]
    lexicon: AttributionWords


class Voice(NamedTuple):
    """Somebody's word in a sentence: who, and which words it covers (half-open)."""

    claimant: str
    stance: Stance
    first: int
    last: int
    weight: int


def compile_attribution(data: Mapping[str, Any], language: str = "en") -> AttributionWords:
    """Compile `attribution.yaml`; raises LexiconError naming the entry that cannot be used."""

    def words(key: str) -> tuple[str, ...]:
        return entries(data.get(key), f"lexicon/{language}/attribution.yaml: {key}")

    return AttributionWords(
        says=frozenset(words("says")),
        according=Phrases(dict.fromkeys(words("according"), True)),
        accuses=frozenset(words("accuses")),
        denies=frozenset(words("denies")),
        never=frozenset(words("never")),
        agencies=frozenset(words("agencies")),
        pronouns=frozenset(words("pronouns")),
    )


_BREAKS = frozenset({",", ";", ":", "”", "“", '"', "–", "—", "(", ")", "‘", "’"})
_NOT_NAMES = frozenset(
    {
        "that",
        "as",
        "when",
        "after",
        "while",
        "but",
        "because",
        "where",
        "killed",
        "wounded",
        "injured",
        "dead",
        "and then",
        "on",
        "in",
        "since",
        "if",
        "before",
        "were",
        "was",
        "have",
        "been",
        "had",
        "is",
        "are",
    }
)
_TAIL = frozenset(
    {
        "on",
        "in",
        "that",
        "as",
        "when",
        "after",
        "while",
        "but",
        "has",
        "have",
        "had",
        "who",
        "which",
        "late",
        "early",
        "earlier",
        "was",
        "were",
        "is",
        "are",
        "during",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "yesterday",
        "today",
        "at",
        "by",
        "with",
        "said",
        "told",
    }
)


def find_voices(sentence: Sentence, lexicon: AttributionWords) -> list[Voice]:
    """Whose words a sentence holds, in order."""
    tokens = sentence.tokens
    words = [token.lower for token in tokens]
    speech = Speech(sentence, tokens, words, lexicon)
    voices: list[Voice] = []
    count = len(words)
    for i, word in enumerate(words):
        if word in lexicon.says:
            voice = _saying(speech, i)
            if voice is not None:
                voices.append(voice)
        elif word in lexicon.accuses:
            name = _before(speech, i)
            if name is not None:
                voices.append(Voice(name, "accused", i, count, 2))
        elif (cited := lexicon.according.at(words, i)) is not None:
            name = _after(speech, cited[1])
            if name is not None:
                voices.append(Voice(name, "asserted", 0, count, _weight(name, 3, lexicon)))
        elif word == ":" and sentence.field == "title":
            voices.extend(_colon(speech, i))
    return voices


def _weight(name: str, weight: int, lexicon: AttributionWords) -> int:
    return 1 if name.lower() in lexicon.agencies else weight


def _saying(speech: Speech, i: int) -> Voice | None:
    words, lexicon = speech.words, speech.lexicon
    count = len(words)
    before = words[i - 1] if i else ""
    if i and before in (",", "”", '"', "’") and (i + 1 < count):
        name = _after(speech, i + 1)
        if name is not None and before != ",":
            return Voice(name, "asserted", 0, i, _weight(name, 2, lexicon))
    name = _before(speech, i)
    if name is None:
        return None
    weight = _weight(name, 2, lexicon)
    trailing = (
        i + 1 >= count
        or words[i + 1] in (",", ".", "on", "in", "”", ";", "!")
        or words[i + 1] in _TAIL - {"that"}
    )
    start = _start_of(words, i)
    if trailing and start > 2:
        return Voice(name, "asserted", 0, i, weight)
    return Voice(name, "asserted", i, count, weight)


def _start_of(words: Sequence[str], i: int) -> int:
    j = i - 1
    while j >= 0 and words[j] not in _BREAKS:
        j -= 1
    return j + 1


def _before(speech: Speech, i: int) -> str | None:
    """The name before a verb of saying, its apposition included."""
    words = speech.words
    end = i
    while end > 0 and words[end - 1] in (
        "has",
        "have",
        "had",
        "also",
        "later",
        "earlier",
        "was",
        "is",
        "then",
    ):
        end -= 1
    if end and words[end - 1] == ",":  # "X, a spokesman for Y, said"
        end -= 1
        start = _start_of(words, end)
        if start >= 2 and words[start - 1] == ",":
            start = _start_of(words, start - 1)
    else:
        start = _start_of(words, end)
    for j in range(end - 1, start - 1, -1):
        if words[j] in _NOT_NAMES and words[j] not in ("in", "on"):
            start = j + 1
            break
    return _name(speech, start, end)


def _after(speech: Speech, i: int) -> str | None:
    words = speech.words
    end = i
    while (
        end < len(words)
        and words[end] not in _BREAKS
        and words[end] not in _TAIL
        and words[end] != "."
        and end - i < 14
    ):
        end += 1
    return _name(speech, i, end)


def _name(speech: Speech, start: int, end: int) -> str | None:
    sentence, tokens, words, lexicon = speech
    while start < end and words[start] in (
        "the",
        "a",
        "an",
        "and",
        "but",
        "according",
        "to",
        '"',
        "meanwhile",
        "while",
    ):
        start += 1
    if start >= end or end - start > 22:
        return None
    lower = " ".join(words[start:end])
    if lower in lexicon.never or words[end - 1] in (
        "who",
        "which",
        "that",
        "it",
        "he",
        "she",
        "they",
    ):
        return None
    if not any(word[0].isalpha() for word in words[start:end]) or words[start].isdecimal():
        return None
    return sentence.text[
        tokens[start].start - sentence.start : tokens[end - 1].end - sentence.start
    ]


def _colon(speech: Speech, i: int) -> list[Voice]:
    words = speech.words
    count = len(words)
    if i + 1 < count and count - i - 1 <= 4 and i > 3:
        name = _name(speech, i + 1, count)
        if name is not None and name[0].isupper():
            return [Voice(name, "asserted", 0, i, 1)]
    return []


def claimant_of(voices: Sequence[Voice], first: int, last: int) -> Voice | None:
    """Whose word a figure at these words is: the weightiest and nearest that covers it."""
    covering = [voice for voice in voices if voice.first <= first and last <= voice.last]
    if not covering:
        return None
    return max(covering, key=lambda voice: (voice.weight, -abs(voice.first - first)))
