"""Words of time: those that tell what a figure counts, and where they stand in a sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from tocsin.reading.concordance import Found, Places
from tocsin.reading.wordlist import Phrases, entries

#: What a month follows that is told as a time, and what counts from one on.
_IN = frozenset({"in", "late", "early", "mid", "mid-", "of"})
_COUNTS_FROM = frozenset({"since", "from", "between", "until", "till", "to", "by", "and"})
#: So many months, or days, ago is past; what is further off may well be ahead.
_PAST_MONTHS, _PAST_DAYS = (2, 8), (21, 240)
_LONGEST_MONTH = 32


@dataclass(frozen=True, slots=True)
class BasisWords:
    """The basis words of one language, compiled; `seasons` are told as "last spring"."""

    cumulative: Phrases[bool]
    historical: Phrases[bool]
    spells: Phrases[bool]
    wars: Phrases[bool]
    losses: frozenset[str]
    weak: Phrases[bool]
    events: frozenset[str]
    known: frozenset[str]
    days: Phrases[bool]
    spans: Phrases[bool]
    of: frozenset[str]
    superlatives: frozenset[str]
    answers: Phrases[bool]
    laid: frozenset[str]
    fates: frozenset[str]
    months: Mapping[str, int]
    calendar: Phrases[int]
    seasons: Phrases[bool]
    born: frozenset[str]
    parts: frozenset[str]

    @property
    def listed(self) -> tuple[Phrases[bool], ...]:
        """The lists that are looked for in every sentence."""
        return (
            *(self.historical, self.cumulative, self.spells, self.seasons),
            *(self.spans, self.wars, self.days, self.answers),
        )

    @property
    def looked_for(self) -> tuple[Phrases[Any], ...]:
        """All lists that a sentence with a figure is searched for."""
        return (*self.listed, self.calendar)


def compile_basis(data: Mapping[str, Any], language: str = "en") -> BasisWords:
    """Compile `basis.yaml`; raises LexiconError naming the entry that cannot be used."""

    def words(key: str) -> tuple[str, ...]:
        return entries(data.get(key), f"lexicon/{language}/basis.yaml: {key}")

    return BasisWords(
        cumulative=Phrases(dict.fromkeys(words("cumulative"), True)),
        historical=Phrases(dict.fromkeys(words("historical"), True)),
        spells=Phrases(dict.fromkeys(words("spells"), True)),
        wars=Phrases(dict.fromkeys(words("wars"), True)),
        losses=frozenset(words("losses")),
        weak=Phrases(dict.fromkeys(words("weak"), True)),
        events=frozenset(words("events")),
        known=frozenset(words("known")),
        days=Phrases(dict.fromkeys(words("days"), True)),
        spans=Phrases(dict.fromkeys(words("spans"), True)),
        of=frozenset(words("of")),
        superlatives=frozenset(words("superlatives")),
        answers=Phrases(dict.fromkeys(words("answers"), True)),
        laid=frozenset(words("laid")),
        fates=frozenset(words("fates")),
        months=_months(words("months")),
        calendar=Phrases(_months(words("months"))),
        seasons=Phrases({f"last {season}": True for season in words("seasons")}),
        born=frozenset(words("born")),
        parts=frozenset(words("parts")),
    )


def _months(names: Sequence[str]) -> dict[str, int]:
    """The months by name, by their first three letters, and "sept"."""
    months = {name: n for n, name in enumerate(names, 1)}
    return months | {name[: 4 if name[:4] == "sept" else 3]: n for name, n in months.items()}


class Dating(NamedTuple):
    """What says when in one sentence: its words of time by their places, and its past years.

    `months` are those that are past by weeks: "on 19 April" a month later.
    """

    words: Sequence[str]
    published: datetime | None
    lexicon: BasisWords
    years: Sequence[int]
    months: Sequence[int]
    historical: Places[bool]
    cumulative: Places[bool]
    spells: Places[bool]
    seasons: Places[bool]
    spans: Places[bool]
    wars: Places[bool]
    days: Places[bool]
    answers: Places[bool]

    @property
    def tells(self) -> bool:
        """Whether anything here can make a figure more than one incident's."""
        return bool(
            self.years
            or self.historical
            or self.cumulative
            or self.spells
            or self.seasons
            or self.spans
            or self.wars
        )


def dating_of(
    words: Sequence[str], found: Found, published: datetime | None, lexicon: BasisWords
) -> Dating:
    """The words of time of one sentence, whose phrases were found before."""
    years = [i for i in found.odd if _is_past_year(words, i, published)]
    months = [i for i in found.of(lexicon.calendar) if _is_past_month(words, i, published, lexicon)]
    return Dating(words, published, lexicon, years, months, *map(found.of, lexicon.listed))


def _is_past_year(words: Sequence[str], i: int, published: datetime | None) -> bool:
    word = words[i]
    if len(word) != 4 or not word.isdecimal() or not "1800" <= word <= "2099":
        return False
    if i + 1 < len(words) and words[i + 1] in ("s", "'s", "’s"):
        return published is None or int(word) + 10 <= published.year
    return published is not None and int(word) < published.year


def _is_past_month(
    words: Sequence[str], i: int, published: datetime | None, lexicon: BasisWords
) -> bool:
    """Whether a month or its day is past: "on 19 April" weeks later, "in April" months later."""
    month, before = lexicon.months.get(words[i]), words[i - 1] if i else ""
    if month is None or published is None or _year_follows(words, i):
        return False
    if before.isdecimal() and i > 1 and words[i - 2] in _COUNTS_FROM:
        return False  # "since 27 September"
    day = next((int(one) for one in (before, *words[i + 1 : i + 2]) if one.isdecimal()), None)
    if day is None:
        months = (published.month - month) % 12
        return before in _IN and _PAST_MONTHS[0] <= months <= _PAST_MONTHS[1]
    if before in _COUNTS_FROM or not 0 < day < _LONGEST_MONTH:
        return False
    days = (published.month - month) % 12 * 30 + published.day - day
    return _PAST_DAYS[0] <= days <= _PAST_DAYS[1]


def _year_follows(words: Sequence[str], i: int) -> bool:
    return any(len(one) == 4 and one.isdecimal() for one in words[i + 1 : i + 4])
