"""Basis: whether a figure is one incident's, a running total, or history told as background."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from itertools import pairwise

from tocsin.reading import facts
from tocsin.reading.concordance import Places
from tocsin.reading.dating import BasisWords, Dating
from tocsin.reading.figures import Figure
from tocsin.reading.history import after_superlative, is_history

#: No single incident is told with so many dead or wounded: such a figure is a running total.
_TOO_MANY_FOR_ONE = 1000
#: Nor with so many driven out.
_TOO_MANY_DRIVEN_OUT = 100_000
#: So many whom a side has lost, or who "have been killed" in no one attack, are a running total.
_MANY = 100
#: What leads to a toll that stands behind the news: "troops sent in as death toll passes 500".
_AS = frozenset({"as", "amid"})
#: "four of its soldiers" fell in one place; so many of them fell in a war.
_MANY_OF_ITS_OWN = 30
_STILL = frozenset({"still", "remain", "remaining", "remains", "fate"})
#: A participle that says what is counted, and not what came of it.
_NO_PARTICIPLES = frozenset(
    {"including", "according", "counting", "excluding", "following", "during", "being"}
)
#: "bringing the total number of those killed to ▢": a sum is named within so many words of it.
_SUMMED = 10
#: Whose siege is an attack of hours, and no war.
_HOUSES = frozenset(
    {"hotel", "prison", "jail", "school", "mall", "market", "restaurant", "cafe", "café", "embassy"}
    | {"hostage", "police", "church", "mosque", "university", "airport", "barracks", "hospital"}
)
_SUMS = frozenset({"bringing", "brings", "brought", "making", "makes", "taking", "takes", "took"})


def basis_of(figure: Figure, dating: Dating) -> facts.Basis:
    """The basis of one figure, from the words of its sentence."""
    words, published = dating.words, dating.published
    clause = clause_of(words, figure, dating.lexicon) if dating.tells else (0, 0)
    if figure.group.quantity.increment:
        earlier = is_history((figure.first, clause[1]), figure, dating)
        return "historical" if earlier else "incident"  # "39 others from an earlier attack"
    if figure.whole is not None:
        return basis_of(figure.whole, dating)
    war = _killed_by_a_war(figure, dating)
    if war is not None and not dating.days:
        years = any(max(0, war - 5) <= i < figure.last for i in dating.years)
        past = "has" not in words[war:] and (years or _stands(dating.historical, clause))
        return "historical" if past else "cumulative"
    if is_history(clause, figure, dating) or _before_the_war(clause, figure, dating):
        return "historical"
    if _is_total(clause, figure, dating):
        return "cumulative"
    if published is not None and _this_year(words, figure, str(published.year), dating.lexicon):
        return "cumulative"
    return "incident"


def _before_the_war(clause: tuple[int, int], figure: Figure, dating: Dating) -> bool:
    """Whether so many died before a war began: "14,000 died there before the invasion"."""
    last, size = clause[1], figure.group.quantity.low or figure.group.quantity.high or 0
    before = last < len(dating.words) and dating.words[last] == "before"
    return before and size >= _MANY and _stands(dating.wars, (last + 1, last + 5))


def _this_year(words: Sequence[str], figure: Figure, year: str, lexicon: BasisWords) -> bool:
    """Whether a year that is not over is counted: "200 have died at sea in 2026"."""
    told = words[figure.group.last : figure.last]
    after = words[figure.last : figure.last + 6]
    perfect = "have" in told or "has" in told
    if figure.verb < figure.group.first or not (perfect or lexicon.events.isdisjoint(words)):
        return False
    return any(pair == ("in", year) for pair in pairwise(after))


def _is_total(clause: tuple[int, int], figure: Figure, dating: Dating) -> bool:
    words, lexicon, group = dating.words, dating.lexicon, figure.group
    if _cumulative((0, len(words)) if figure.toll else clause, dating):
        return True
    if figure.indicator == "captured" and _still_held(figure, words):
        return True
    size = group.quantity.low or group.quantity.high or 0
    one_event = figure.verb < group.first and not figure.toll  # "an attack this month killed ▢"
    if not one_event and _stands(dating.spells, clause):
        return True
    if figure.toll and (
        group.node in ("soldiers", "combatants")
        or any(figure.first <= i < group.first and not _of_a_house(words, i) for i in dating.wars)
    ):
        return True
    if _already(figure, dating) or _is_sum(figure, words):
        return True
    core = words[group.quantity.last : group.quantity.last + 2]
    if list(core) in (["of", "its"], ["of", "their"]) and size >= _MANY_OF_ITS_OWN:
        return True  # "927 of their troops have been killed": a side counts its own
    if words[figure.verb] in lexicon.losses and size >= _MANY:
        return True
    if size >= _MANY and lexicon.events.isdisjoint(words) and _runs_on(figure, dating):
        return True  # "hundreds have been killed", and in no one attack
    if figure.indicator == "displaced":  # whom a war drives out, it drives out day by day
        if size >= _TOO_MANY_DRIVEN_OUT:
            return True
        return _stands(dating.wars, clause) and not _stands(dating.days, clause)
    return figure.indicator in ("killed", "wounded") and size >= _TOO_MANY_FOR_ONE


def _of_a_house(words: Sequence[str], i: int) -> bool:
    """Whether word `i` is the siege of one house, which is one attack: "the hotel siege"."""
    return words[i] == "siege" and not _HOUSES.isdisjoint(words[max(0, i - 1) : i])


def _stands(places: Places[bool], within: tuple[int, int]) -> bool:
    """Whether a phrase begins within some words, half-open."""
    if not places:
        return False
    first, last = within
    return any(first <= i < last for i in places)


def shared_basis(
    figures: Sequence[Figure], bases: Sequence[facts.Basis], dating: Dating
) -> list[facts.Basis]:
    """The bases of one sentence: what is joined to a running total is one too."""
    shared: list[facts.Basis] = []
    before: Figure | None = None
    for figure, basis in zip(figures, bases, strict=True):
        joined = (
            before is not None
            and basis == "incident"
            and shared[-1] == "cumulative"
            and not figure.group.quantity.increment
            and figure.first - before.last <= 6
            and not _stands(dating.days, (figure.first, len(dating.words)))
        )
        past = before is not None and shared[-1] == "historical" and _joins(before, figure, dating)
        shared.append("historical" if past else "cumulative" if joined else basis)
        before = figure
    return shared


def _joins(before: Figure, figure: Figure, dating: Dating) -> bool:
    """Whether one verb follows another of the same subject: "killed 30,000 and displaced ▢"."""
    between = dating.words[before.last : figure.first]
    return len(between) <= 1 and all(word in ("and", ",") for word in between)


def carried(figure: Figure, basis: facts.Basis, dating: Dating) -> facts.Basis:
    """The basis after a sentence of running totals: "have been killed", of no day, is one too."""
    if basis != "incident" or figure.group.quantity.increment:
        return basis
    return "cumulative" if _perfect(figure, dating) else basis


def _runs_on(figure: Figure, dating: Dating) -> bool:
    """Whether "have been killed", "have killed ▢" or "as the toll passes ▢" is told of no day."""
    if dating.days or dating.historical:
        return False
    words, before = dating.words, dating.words[max(0, figure.verb - 2) : figure.verb]
    active = figure.verb < figure.group.first and ("have" in before or "has" in before)
    passing = figure.toll and figure.verb > 0 and not _AS.isdisjoint(words[: figure.verb])
    return active or passing or _perfect(figure, dating)


def _still_held(figure: Figure, words: Sequence[str]) -> bool:
    """Whether captives are those a war has left: "about 100 hostages are still being held"."""
    first, last = min(figure.first, figure.group.first), max(figure.last, figure.group.last)
    return not _STILL.isdisjoint(words[max(0, first - 3) : last + 4])


def _already(figure: Figure, dating: Dating) -> bool:
    """Whether something other than an attack "has already claimed ▢": it has gone on for long."""
    words, first = dating.words, min(figure.first, figure.group.first)
    before = pairwise(words[max(0, first - 4) : first + 1])
    told = ("has", "already") in before
    return told and dating.lexicon.events.isdisjoint(words)


def _is_sum(figure: Figure, words: Sequence[str]) -> bool:
    """Whether the news only added to it: "two were killed, making it a total of ▢"."""
    core = figure.group.quantity.core
    before = words[max(0, core - _SUMMED) : core]
    return "total" in before and not _SUMS.isdisjoint(before)


def _perfect(figure: Figure, dating: Dating) -> bool:
    """Whether "have been killed" is told of a figure, and of no day."""
    return not dating.days and "have" in dating.words[figure.group.last : figure.last]


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
        if words[last] == "," and _goes_on(words, last + 1):
            break
        last += 1
    return first, last


def _goes_on(words: Sequence[str], i: int) -> bool:
    """Whether a participle tells what came of it: ", shattering a calm that held since …"."""
    return i < len(words) and words[i].endswith("ing") and words[i] not in _NO_PARTICIPLES


def _cumulative(clause: tuple[int, int], dating: Dating) -> bool:
    words, lexicon = dating.words, dating.lexicon
    first, last = clause
    for i in dating.cumulative:
        if not first <= i < last or after_superlative(i, dating):
            continue
        if i and words[i - 1] in lexicon.known:
            continue  # "here is what we know so far"
        if lexicon.weak.at(words, i) is None or not _has_a_day(clause, dating):
            return True
    return any(
        first <= i < last
        and i + 2 < len(words)
        and words[i + 1] in lexicon.of
        and _stands(dating.wars, (i + 2, i + 5))
        and not after_superlative(i, dating)
        for i in dating.spans
    )


def _has_a_day(clause: tuple[int, int], dating: Dating) -> bool:
    """Whether some words name a day, or what happens on one: an attack."""
    events = dating.lexicon.events
    return _stands(dating.days, clause) or not events.isdisjoint(dating.words[slice(*clause)])


def _killed_by_a_war(figure: Figure, dating: Dating) -> int | None:
    """Where the war stands that killed, not an attack: "fighting that has left 25 dead"."""
    if not dating.wars:
        return None
    words, verb = dating.words, min(figure.verb, figure.group.first)
    if words[verb] in ("kills", "kill", "injures", "injure", "wounds"):
        return None  # a headline's present is of the day
    if verb and words[verb - 1] in ("leaves", "leave"):
        return None
    if figure.verb >= figure.group.first:  # "left 25 people dead"
        before = words[max(0, verb - 2) : verb]
        if not any(word in ("left", "leaving", "leaves") for word in before):
            return None
    for i in range(verb - 1, max(-1, verb - 14), -1):
        if words[i] in (",", ";", ":", "after", "as", "when", "amid", "since"):
            return None
        if i in dating.wars:
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
