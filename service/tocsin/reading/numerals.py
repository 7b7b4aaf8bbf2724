"""Numerals: the one number that begins at a word, in digits of any grouping or in words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tocsin.reading.document import Sentence
from tocsin.reading.wordlist import LexiconError, Phrases, entries, section

#: More than ever lived: a larger number is no count of people.
_MOST = 10_000_000_000
_GROUPS = re.compile(r"[.,\u00a0\u202f\u2009' ]")
#: Languages that group digits with a point and write decimals with a comma.
_POINT_GROUPS = frozenset({"de", "es", "it", "pt", "nl", "id", "tr", "da", "el", "hr", "sr", "sl"})


def gap_before(sentence: Sentence, i: int) -> bool:
    """Whether white space stands before word `i`, or nothing at all."""
    words = sentence.words
    if i == 0 or words[i - 1] + words[i] not in sentence.lower:
        return True  # they stand together nowhere; spares most sentences the search for all spans
    spans = sentence.spans
    return spans[i - 1][1] < spans[i][0]


@dataclass(frozen=True, slots=True)
class Numbers:
    """The number words of one language, compiled."""

    language: str
    cardinals: Mapping[str, int]
    multiples: Mapping[str, int]
    suffixes: Mapping[str, int]
    fixed: Phrases[int]
    vague: Phrases[tuple[int, int | None]]
    before: Phrases[str]
    after: Phrases[str]
    ranges: frozenset[str]
    months: frozenset[str]
    before_years: frozenset[str]
    never_before: Phrases[bool]
    never_after: Phrases[bool]
    spelt: Phrases[bool]


def compile_numbers(data: Mapping[str, Any], language: str = "en") -> Numbers:
    """Compile `numbers.yaml`; raises LexiconError naming the entry that cannot be used."""
    where = f"lexicon/{language}/numbers.yaml"

    def valued(key: str) -> dict[str, int]:
        found = {}
        for entry in entries(data.get(key), f"{where}: {key}"):
            word, _, value = entry.rpartition(" ")
            if not value.isdecimal() or not word:
                raise LexiconError(f"{where}: {key}: want a word and its value, not {entry!r}")
            found[word] = int(value)
        return found

    vague: dict[str, tuple[int, int | None]] = {}
    for entry in entries(data.get("vague"), f"{where}: vague"):
        *word, low, high = entry.split(" ")
        if not word or not low.isdecimal() or not (high == "*" or high.isdecimal()):
            raise LexiconError(f"{where}: vague: want a word, lowest and highest, not {entry!r}")
        vague[" ".join(word)] = (int(low), None if high == "*" else int(high))

    def hedges(key: str) -> Phrases[str]:
        return Phrases(
            {
                word: bound
                for bound, listed in section(data, key, where).items()
                for word in entries(listed, f"{where}: {key}: {bound}")
            }
        )

    def words(key: str) -> tuple[str, ...]:
        return entries(data.get(key), f"{where}: {key}")

    cardinals, multiples, fixed = valued("cardinals"), valued("multiples"), valued("fixed")
    return Numbers(
        language=language,
        cardinals=cardinals,
        multiples=multiples,
        suffixes=valued("suffixes"),
        fixed=Phrases(fixed),
        vague=Phrases(vague),
        before=hedges("before"),
        after=hedges("after"),
        ranges=frozenset(words("ranges")),
        months=frozenset(words("months")),
        before_years=frozenset(words("before_years")),
        never_before=Phrases(dict.fromkeys(words("never_before"), True)),
        never_after=Phrases(dict.fromkeys(words("never_after"), True)),
        spelt=Phrases(dict.fromkeys(cardinals, True)),
    )


def number_at(sentence: Sentence, i: int, numbers: Numbers) -> tuple[int, int, int] | None:
    """The number that begins at word `i`: lowest and highest reading, and the word after it."""
    words = sentence.words
    fixed = numbers.fixed.at(words, i)
    if fixed is not None:
        value, end = fixed
        if end < len(words) and words[end] == "of":
            end += 1
        return value, value, end
    if words[i][0].isdigit():
        return _digits_at(sentence, i, numbers)
    return _words_at(words, i, numbers)


def _digits_at(sentence: Sentence, i: int, numbers: Numbers) -> tuple[int, int, int] | None:
    words = sentence.words
    text, end, count = words[i], i + 1, len(words)
    glued = i and (words[i - 1] in "_/:.#" or words[i - 1][-1].isalpha())
    if glued and not gap_before(sentence, i):
        return None
    if (
        end + 1 < count
        and words[end] in ("_", "/", ":", "²", "³", "°")
        and not gap_before(sentence, end)
        and not gap_before(sentence, end + 1)
    ):
        return None
    while (
        end < count
        and len(words[end]) == 3
        and words[end].isdecimal()
        and gap_before(sentence, end)
        and len(words[end - 1]) <= 3
        and words[end - 1].isdecimal()
        and words[i][0] != "0"
        and not (i and words[i - 1] in numbers.months)
    ):
        text += " " + words[end]
        end += 1
    scale = 1
    if end < count:
        if words[end][0].isalpha() and not gap_before(sentence, end):
            if words[end] not in numbers.suffixes:
                return None
            scale = numbers.suffixes[words[end]]
            end += 1
        elif words[end] in numbers.multiples:
            scale = numbers.multiples[words[end]]
            end += 1
        elif words[end] in ("mio", "mn", "bn"):
            scale = numbers.suffixes[words[end]]
            end += 1
    readings = _readings(text, scale, numbers.language)
    return None if readings is None else (*readings, end)


def _readings(text: str, scale: int, language: str) -> tuple[int, int] | None:
    """Lowest and highest reading of digits with marks; None where they are no whole number."""
    if text.isdecimal():
        if len(text) > 11 or (text[0] == "0" and len(text) > 1):
            return None
        value = int(text) * scale
        return (value, value) if value < _MOST else None
    pieces = _GROUPS.split(text)
    marks = set(_GROUPS.findall(text))
    if not all(piece.isdecimal() for piece in pieces) or len(text) > 16:
        return None
    grouped = (
        len(marks) == 1
        and 1 <= len(pieces[0]) <= 3
        and pieces[0][0] != "0"
        and all(len(piece) == 3 for piece in pieces[1:])
    )
    whole = int("".join(pieces)) * scale if grouped else None
    if len(pieces) > 2 or marks & {"\u00a0", "\u202f", "\u2009", "'", " "}:
        return (whole, whole) if whole is not None and whole < _MOST else None
    decimal = round(float(".".join(pieces)) * scale, 6)
    if scale > 1:
        return (int(decimal), int(decimal)) if decimal == int(decimal) and decimal < _MOST else None
    if whole is None:
        return None
    groups_here = "." if language in _POINT_GROUPS else ","
    if marks == {groups_here}:
        return whole, whole
    return int(pieces[0]), whole  # "1.068" in English: open between its two readings


def _words_at(words: Sequence[str], i: int, numbers: Numbers) -> tuple[int, int, int] | None:
    """Numbers in words: "twenty-one", "two hundred and six thousand", "three dozen"."""
    total = current = 0
    end, seen, count = i, False, len(words)
    while end < count:
        word = words[end]
        value = _cardinal(word, numbers)
        if value is not None and (not seen or (current % 10 == 0 and value < 10) or current >= 100):
            if seen and current and current < 100 and (current < 20 or current % 10):
                break
            current += value
            end += 1
        elif word in numbers.multiples and (seen or word != "score"):
            if not seen and end == i:
                return None
            scale = numbers.multiples[word]
            if scale >= 1000:
                total, current = total + max(current, 1) * scale, 0
            else:
                current = max(current, 1) * scale
            end += 1
        elif (
            word == "and"
            and seen
            and (current >= 100 or total)
            and current % 100 == 0
            and end + 1 < count
            and _cardinal(words[end + 1], numbers) is not None
            and words[end - 1] in ("hundred", "thousand", "million")
        ):
            end += 1
        else:
            break
        seen = True
    return (total + current, total + current, end) if seen else None


def _cardinal(word: str, numbers: Numbers) -> int | None:
    value = numbers.cardinals.get(word)
    if value is not None or "-" not in word:
        return value
    tens, _, ones = word.partition("-")
    high, low = numbers.cardinals.get(tens), numbers.cardinals.get(ones)
    if high is not None and low is not None and high >= 20 and 0 < low < 10:
        return high + low
    return None
