"""Basis: whether a figure is one incident's, a running total, or history told as background."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from tocsin.reading import facts
from tocsin.reading.figures import Figure
from tocsin.reading.wordlist import Phrases, entries

#: No single incident is told with so many dead or wounded: such a figure is a running total.
_TOO_MANY_FOR_ONE = 1000
#: Nor with so many driven out.
_TOO_MANY_DRIVEN_OUT = 100_000
#: So many whom a side has lost, or who "have been killed" in no one attack, are a running total.
_MANY = 100
#: "four of its soldiers" fell in one place; so many of them fell in a war.
_MANY_OF_ITS_OWN = 30


@dataclass(frozen=True, slots=True)
class BasisWords:
    """The basis words of one language, compiled."""

    cumulative: Phrases[bool]
    historical: Phrases[bool]
    spells: Phrases[bool]
    wars: frozenset[str]
    losses: frozenset[str]
    weak: Phrases[bool]
    events: frozenset[str]
    known: frozenset[str]
    days: frozenset[str]
    spans: frozenset[str]
    of: frozenset[str]
    superlatives: frozenset[str]
    months: Mapping[str, int]
    seasons: frozenset[str]
    born: frozenset[str]
    parts: frozenset[str]


def compile_basis(data: Mapping[str, Any], language: str = "en") -> BasisWords:
    """Compile `basis.yaml`; raises LexiconError naming the entry that cannot be used."""

    def words(key: str) -> tuple[str, ...]:
        return entries(data.get(key), f"lexicon/{language}/basis.yaml: {key}")

    return BasisWords(
        cumulative=Phrases(dict.fromkeys(words("cumulative"), True)),
        historical=Phrases(dict.fromkeys(words("historical"), True)),
        spells=Phrases(dict.fromkeys(words("spells"), True)),
        wars=frozenset(words("wars")),
        losses=frozenset(words("losses")),
        weak=Phrases(dict.fromkeys(words("weak"), True)),
        events=frozenset(words("events")),
        known=frozenset(words("known")),
        days=frozenset(words("days")),
        spans=frozenset(words("spans")),
        of=frozenset(words("of")),
        superlatives=frozenset(words("superlatives")),
        months=_months(words("months")),
        seasons=frozenset(words("seasons")),
        born=frozenset(words("born")),
        parts=frozenset(words("parts")),
    )


def _months(names: Sequence[str]) -> dict[str, int]:
    """The months by name, by their first three letters, and "sept"."""
    months = {name: n for n, name in enumerate(names, 1)}
    return months | {name[: 4 if name[:4] == "sept" else 3]: n for name, n in months.items()}


def basis_of(
    words: Sequence[str], figure: Figure, published: datetime | None, lexicon: BasisWords
) -> facts.Basis:
    """The basis of one figure, from the words of its sentence."""
    if figure.group.quantity.increment:
        return "incident"
    if figure.whole is not None:
        return basis_of(words, figure.whole, published, lexicon)
    war = _killed_by_a_war(words, figure, lexicon)
    if war is not None and not any(word in lexicon.days for word in words):
        past = "has" not in words[war:] and any(
            _is_past_year(words, i, published) for i in range(max(0, war - 5), figure.last)
        )
        return "historical" if past else "cumulative"
    first, last = clause_of(words, figure, lexicon)
    if _historical(words, (first, last), figure, published, lexicon):
        return "historical"
    if _is_total(words, (first, last), figure, lexicon):
        return "cumulative"
    if published is not None and _this_year(words, figure, str(published.year)):
        return "cumulative"
    return "incident"


def _this_year(words: Sequence[str], figure: Figure, year: str) -> bool:
    """Whether a year that is not over is counted: "200 have died at sea in 2026"."""
    told = words[figure.group.last : figure.last]
    after = words[figure.last : figure.last + 6]
    if "have" not in told and "has" not in told:
        return False
    return any(pair == ("in", year) for pair in pairwise(after))


def _is_total(
    words: Sequence[str], clause: tuple[int, int], figure: Figure, lexicon: BasisWords
) -> bool:
    group = figure.group
    if _cumulative(words, (0, len(words)) if figure.toll else clause, lexicon):
        return True
    size = group.quantity.low or group.quantity.high or 0
    one_event = figure.verb < group.first and not figure.toll  # "an attack this month killed ▢"
    if not one_event and lexicon.spells.all_in(words, *clause):
        return True
    if figure.toll and (
        group.node in ("soldiers", "combatants")
        or any(word in lexicon.wars for word in words[figure.first : group.first])
    ):
        return True
    core = words[group.quantity.last : group.quantity.last + 2]
    if list(core) in (["of", "its"], ["of", "their"]) and size >= _MANY_OF_ITS_OWN:
        return True  # "927 of their troops have been killed": a side counts its own
    if words[figure.verb] in lexicon.losses and size >= _MANY:
        return True
    if size >= _MANY and lexicon.events.isdisjoint(words) and _perfect(words, figure, lexicon):
        return True  # "hundreds have been killed", and in no one attack
    if figure.indicator == "displaced":  # whom a war drives out, it drives out day by day
        if size >= _TOO_MANY_DRIVEN_OUT:
            return True
        told = words[slice(*clause)]
        return not lexicon.wars.isdisjoint(told) and lexicon.days.isdisjoint(told)
    return figure.indicator in ("killed", "wounded") and size >= _TOO_MANY_FOR_ONE


def shared_basis(
    words: Sequence[str], figures: Sequence[tuple[Figure, facts.Basis]], lexicon: BasisWords
) -> list[facts.Basis]:
    """The bases of one sentence: what is joined to a running total is one too."""
    shared: list[facts.Basis] = []
    for n, (figure, basis) in enumerate(figures):
        before = figures[n - 1][0] if n else None
        if (
            before is not None
            and basis == "incident"
            and shared[-1] == "cumulative"
            and not figure.group.quantity.increment
            and figure.first - before.last <= 6
            and not any(word in lexicon.days for word in words[figure.first :])
        ):
            shared.append("cumulative")
        else:
            shared.append(basis)
    return shared


def carried(
    words: Sequence[str], figure: Figure, basis: facts.Basis, lexicon: BasisWords
) -> facts.Basis:
    """The basis after a sentence of running totals: "have been killed", of no day, is one too."""
    if basis != "incident" or figure.group.quantity.increment:
        return basis
    return "cumulative" if _perfect(words, figure, lexicon) else basis


def _perfect(words: Sequence[str], figure: Figure, lexicon: BasisWords) -> bool:
    """Whether "have been killed" is told of a figure, and of no day."""
    return "have" in words[figure.group.last : figure.last] and lexicon.days.isdisjoint(words)


def clause_of(words: Sequence[str], figure: Figure, lexicon: BasisWords) -> tuple[int, int]:
    """The part of the sentence that tells the figure, half-open.

    A relative clause belongs to what stands before it: "a war in the 1990s, which killed 3,000".
    """
    first = figure.first
    while first > 0 and words[first - 1] not in lexicon.parts and words[first - 1] != ";":
        first -= 1
    if first and words[first - 1] in ("which", "when", "that", "where", "in which", "who"):
        first -= 1
        while first > 0 and words[first - 1] not in lexicon.parts and words[first - 1] != ";":
            first -= 1
    last = figure.last
    while last < len(words) and words[last] != ";":
        if words[last] in lexicon.parts and words[last] not in ("since", "with"):
            break
        last += 1
    return first, last


def _historical(
    words: Sequence[str],
    clause: tuple[int, int],
    figure: Figure,
    published: datetime | None,
    lexicon: BasisWords,
) -> bool:
    joint = clause[0]
    if joint and words[joint - 1] in _TIED and _year_before(words, joint - 1, published):
        return True
    before = tuple(words[max(0, joint - 2) : joint])
    if before[1:] == ("after",) and before[0] in lexicon.spans - _DAYS:
        return "," not in words[joint : figure.first]  # "two months after a battle that killed ▢"
    aside = range(0)
    for i, _, _ in lexicon.historical.all_in(words, *clause):
        aside = _anniversary(words, i)
        if not aside or figure.first in aside:
            return not _after_superlative(words, i, lexicon)
    for i in range(*clause):
        word = words[i]
        if i in aside:
            continue
        if word in _TIED and _year_before(words, i, published) and i < figure.first:
            return True
        if word == "last" and i + 1 < len(words) and words[i + 1] in lexicon.seasons:
            return True
        if i == figure.group.quantity.core or _since(words, i):
            continue
        if _is_past_year(words, i, published) and not _after_superlative(words, i, lexicon):
            return not any(before in lexicon.born for before in words[max(0, i - 3) : i])
    return False


_TIED = frozenset({"when", "which", "where"})
_DAYS = frozenset({"days", "day"})


def _since(words: Sequence[str], i: int) -> bool:
    """Whether a year says since when is counted: "since the president took office in 2021"."""
    for j in range(i - 1, max(-1, i - 12), -1):
        if words[j] in (",", ";"):
            return False
        if words[j] == "since":
            return True
    return False


def _anniversary(words: Sequence[str], i: int) -> range:
    """The words of "on the anniversary of …", a day like another, if it stands at word `i`."""
    if words[i] != "anniversary" or "on" not in words[max(0, i - 4) : i]:
        return range(0)
    end = next((j for j in range(i, len(words)) if words[j] in (",", ";")), len(words))
    return range(max(0, i - 4), end)


def _year_before(words: Sequence[str], i: int, published: datetime | None) -> bool:
    """Whether a past year stands right before: "the 1990s, when …"."""
    return any(_is_past_year(words, j, published) for j in range(max(0, i - 4), i))


def _is_past_year(words: Sequence[str], i: int, published: datetime | None) -> bool:
    word = words[i]
    if len(word) != 4 or not word.isdecimal() or not "1800" <= word <= "2099":
        return False
    if i + 1 < len(words) and words[i + 1] in ("s", "'s", "’s"):
        return published is None or int(word) + 10 <= published.year
    return published is not None and int(word) < published.year


def _after_superlative(words: Sequence[str], i: int, lexicon: BasisWords) -> bool:
    return any(before in lexicon.superlatives for before in words[max(0, i - 10) : i])


def _cumulative(words: Sequence[str], clause: tuple[int, int], lexicon: BasisWords) -> bool:
    dated = not (lexicon.days | lexicon.events).isdisjoint(words[slice(*clause)])
    for i, _, _ in lexicon.cumulative.all_in(words, *clause):
        weak = dated and lexicon.weak.at(words, i) is not None
        if i and words[i - 1] in lexicon.known:
            continue  # "here is what we know so far"
        if not weak and not _after_superlative(words, i, lexicon):
            return True
    if lexicon.spans.isdisjoint(words):
        return False
    for i in range(*clause):
        if (
            words[i] in lexicon.spans
            and i + 2 < len(words)
            and words[i + 1] in lexicon.of
            and any(word in lexicon.wars for word in words[i + 2 : i + 5])
            and not _after_superlative(words, i, lexicon)
        ):
            return True
    return False


def _killed_by_a_war(words: Sequence[str], figure: Figure, lexicon: BasisWords) -> int | None:
    """Where the war stands that killed, not an attack: "fighting that has left 25 dead"."""
    verb = min(figure.verb, figure.group.first)
    if words[verb] in ("kills", "kill", "injures", "injure", "wounds"):
        return None  # a headline's present is of the day
    if figure.verb >= figure.group.first:  # "left 25 people dead"
        before = words[max(0, verb - 2) : verb]
        if not any(word in ("left", "leaving", "leaves") for word in before):
            return None
    for i in range(verb - 1, max(-1, verb - 14), -1):
        if words[i] in (",", ";", ":", "after", "as", "when", "amid", "since"):
            return None
        if words[i] in lexicon.wars:
            return i
    return None


def since_of(words: Sequence[str], published: datetime | None, lexicon: BasisWords) -> str | None:
    """The ISO date since when a sentence counts: "since 27 September", "since March 3, 2022"."""
    for i, word in enumerate(words):
        if word != "since":
            continue
        near = [one.rstrip(".") for one in words[i + 1 : i + 7]]
        numbers = [int(one) for one in near if one.isdecimal() and len(one) <= 4]
        month = next((lexicon.months[one] for one in near if one in lexicon.months), None)
        day = next((number for number in numbers if 0 < number < 32), None)
        year = next((number for number in numbers if 1900 <= number < 2100), None)
        if month is None or day is None or (year is None and published is None):
            continue
        year = year or (published.year if published else 0)
        if published and (year, month, day) > (published.year, published.month, published.day):
            year -= 1
        try:
            return date(year, month, day).isoformat()
        except ValueError:  # the 31st of a month that has none
            continue
    return None
