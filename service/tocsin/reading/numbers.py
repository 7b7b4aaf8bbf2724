"""Numbers in a sentence: digits in any grouping, words, ranges, hedges and vague words.

A quantity is what the text allows and no more: "dozens" has no value, "1.068" in English has two
readings and is left open between them, and a number that is a date, an age, a measure or a name
is not here at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tocsin.reading.concordance import Found
from tocsin.reading.document import Sentence
from tocsin.reading.facts import Bound
from tocsin.reading.numerals import Numbers, gap_before, number_at


class Quantity(NamedTuple):
    """How many, as the text has it; `first` and `last` are its words, half-open, hedges included.

    `core` is the first word of the number itself. `kind` tells a written number ("number") from a
    vague word ("vague"). `increment` is "another 49" or "49 more".
    """

    value: int | None
    low: int | None
    high: int | None
    bound: Bound
    first: int
    last: int
    core: int
    kind: str = "number"
    increment: bool = False


_OPEN = frozenset({"at_least", "at_most"})
_AND = frozenset({"and", "or", "to", "of", "-", "–"})
_QUOTES = frozenset({"“", "‘", '"', "'"})


_WENT = frozenset({"gone", "went", "goes", "going", "climbed", "risen", "moved", "jumped"})
#: "In the camp 12 people were killed": no number of the camp.
_AREAS = frozenset(
    {"camp", "zone", "sector", "block", "ward", "operation", "unit", "section", "of"}
)
_THE = (["the"], ["this"], ["that"], ["their"], ["its"], ["group"])
_PEOPLE = frozenset(
    {"people", "civilians", "soldiers", "fighters", "militants", "men", "women", "children"}
    | {"villagers", "residents", "troops", "persons", "policemen", "workers", "migrants"}
)
_ONE_PERSON = frozenset(
    {"man", "woman", "boy", "girl", "child", "teenager", "youth", "pensioner", "lad", "widow"}
)


def find_quantities(sentence: Sentence, found: Found, numbers: Numbers) -> list[Quantity]:
    """All quantities of a sentence, in order."""
    words, vague = sentence.words, found.of(numbers.vague)
    quantities: list[Quantity] = []
    free, refused = 0, -2
    for i in sorted({*found.odd, *vague, *found.of(numbers.fixed), *found.of(numbers.spelt)}):
        word = words[i]
        if i < free:
            continue
        joined = refused == i - 2 and words[i - 1] in _AND  # "aged 19 and 21"
        quantity = None if joined else _quantity(sentence, i, vague.get(i), numbers)
        if quantity is not None:
            quantities.append(quantity)
            free = quantity.last
        elif word[0].isdigit():
            refused = i
    return quantities


def _quantity(
    sentence: Sentence, i: int, vague: tuple[tuple[int, int | None], int] | None, numbers: Numbers
) -> Quantity | None:
    words = sentence.words
    if vague is not None and i and words[i - 1] in ("as", "how"):
        return None  # "as many as 5,000": the number follows; "how many have died?": none does
    if vague is not None:
        (low, high), end = vague
        if end < len(words) and words[end] == "of":
            end += 1
        if end < len(words) and numbers.never_after.at(words, end) is not None:
            return None  # "a few hours"
        return _hedged_vague(words, (i, end), low, high, numbers)
    exact = number_at(sentence, i, numbers)
    if exact is None:
        return None
    low, high, end = exact
    if _is_name_or_measure(sentence, i, end, numbers) or _is_age(words, i):
        return None
    if low == high and end + 1 < len(words) and words[end] in numbers.ranges:
        joined = words[end]
        at = i - 2 if i > 1 and words[i - 1] in _QUOTES else i - 1  # between “10 and 30 dead”
        between = at >= 0 and words[at] == "between"
        upper = number_at(sentence, end + 1, numbers)
        if (
            upper is not None
            and not (i > 0 and words[i - 1] == "from")
            and (joined != "and" or between)
            and low < upper[0] == upper[1] < max(12 * low, 12)
            and not _is_name_or_measure(sentence, end + 1, upper[2], numbers)
        ):
            first = at if between else i
            return Quantity(None, low, upper[0], "approx", first, upper[2], i)
        if joined in "-–‑" and not gap_before(sentence, end + 1) and words[end + 1][0].isdigit():
            return None  # a score: "3-1"
    return _hedged(words, (i, end), low, high, numbers)


def _is_age(words: Sequence[str], i: int) -> bool:
    """Whether a number is how old one person is: "a man of 52"."""
    return i > 1 and words[i - 1] == "of" and words[i - 2] in _ONE_PERSON


def _hedged(
    words: Sequence[str], span: tuple[int, int], low: int, high: int, numbers: Numbers
) -> Quantity:
    i, end = span
    first, bound, increment = i, "exact", False
    for _ in range(3):
        hedge = numbers.before.ending_at(words, first) if first else None
        if hedge is None or (words[hedge[1]] == "up" and words[hedge[1] - 1] in _WENT):
            break  # "has gone up to six" is six
        increment = (
            increment
            or words[hedge[1]] in ("another", "further")
            or (hedge[1] + 1 < first and words[hedge[1] + 1] in ("further", "additional"))
            or words[hedge[1]] == "additional"
        )
        if bound == "exact" or (bound == "approx" and hedge[0] in _OPEN):
            bound = hedge[0]  # "at least some 40": at least, however rough
        first = hedge[1]
    tail = numbers.after.at(words, end) if end < len(words) else None
    if tail is None and end + 1 < len(words) and words[end] == "-":
        tail = numbers.after.at(words, end + 1)
    if tail is not None:
        bound, end = tail
    if low != high:
        return Quantity(None, low, high, "approx", first, end, i, "number", increment)
    return Quantity(low, *interval(low, bound), _bound(bound), first, end, i, "number", increment)


def _hedged_vague(
    words: Sequence[str], span: tuple[int, int], low: int, high: int | None, numbers: Numbers
) -> Quantity:
    i, end = span
    first = i
    for _ in range(2):
        hedge = numbers.before.ending_at(words, first) if first else None
        if hedge is None:
            break
        first = hedge[1]
        if hedge[0] == "at_least":
            high = None
        elif hedge[0] == "at_most":
            low = 0
    return Quantity(None, low, high, "approx", first, end, i, "vague")


def _bound(name: str) -> Bound:
    match name:
        case "at_least" | "at_most" | "approx":
            return name
        case _:
            return "exact"


def interval(value: int, bound: str) -> tuple[int | None, int | None]:
    """Low and high of a value under a bound; approx is half a unit of its last non-zero digit."""
    match bound:
        case "at_least":
            return value, None
        case "at_most":
            return None, value
        case "approx":
            unit = 1
            while value and value % (unit * 10) == 0:
                unit *= 10
            return max(0, value - unit // 2), value + unit // 2
        case _:
            return value, value


def _is_name_or_measure(sentence: Sentence, i: int, end: int, numbers: Numbers) -> bool:
    """Whether the number at `i` is a date, a year, an age, a measure, money or part of a name."""
    words = sentence.words
    count = len(words)
    after = words[end] if end < count else ""
    before = words[i - 1] if i else ""
    if after and numbers.never_after.at(words, end) is not None:
        return True
    joined = after == "-" and not gap_before(sentence, end)  # "injures 12 -governor" is two
    if joined and end + 1 < count and not gap_before(sentence, end + 1):
        following = words[end + 1]
        if following[0].isalpha() and following not in ("plus", "odd", "strong"):
            return True
    if before and numbers.never_before.ending_at(words, i, 3) is not None:
        return not (before in _AREAS and words[i - 2 : i - 1] in _THE and after in _PEOPLE)
    if (
        before in ("-", "–", "‑")
        and i > 1
        and not gap_before(sentence, i)
        and not gap_before(sentence, i - 1)
    ):
        return words[i - 2][0].isalnum()
    if not words[i][0].isdigit():
        return False
    value = words[i]
    if before == "," and after == "," and len(value) <= 2:
        return True  # "Anna Smith, 27, died"
    if len(value) <= 2 and (
        before in numbers.months
        or (before == "." and i > 1 and words[i - 2] in numbers.months)
        or (after in numbers.months and not (end + 1 < count and words[end + 1] in ("have", "be")))
    ):
        return True
    return (
        len(value) == 4
        and value.isdecimal()
        and 1900 <= int(value) <= 2099
        and end == i + 1
        and (
            before in numbers.before_years
            or before in numbers.months
            or before == ","
            or before.isdecimal()
            or (before in "-–/" and not gap_before(sentence, i))
        )
    )
