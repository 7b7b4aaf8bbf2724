"""Ledger entries as compact tuples: a million of them must fit beside everything else.

An entry is a JSON list in the order below, cut after its last value; frequent words are numbers.
Times are Unix seconds. Version 1 only grows: new values go to the end, new words to their list.
"""

from __future__ import annotations

from typing import Any, Final

import orjson

from tocsin.judging.verdict import Entry
from tocsin.ledger.documents import moment

_BOUNDS: Final = ("exact", "at_least", "at_most", "approx")
_BASIS: Final = ("", "incident", "cumulative", "historical")
_VICTIMS: Final = (
    "",
    "people",
    "civilians",
    "children",
    "women",
    "aid workers",
    "medical workers",
    "journalists",
    "combatants",
    "soldiers",
    "militants",
)
_REASONS: Final = (
    "first_report",
    "raised",
    "lowered",
    "range_narrowed",
    "claimants_diverge",
    "claimants_converge",
    "counter_reset",
    "retroactive_batch",
    "rounding_only",
    "stale_repeat",
    "digits_suspect",
    "conflation_suspect",
    "corroborated",
    "told_with_strike",
    "reprint",
    "late",
    "below_delta",
    "backlog",
    "muted",
    "historical",
    "unspecific",
    "told_by_another_rule",
)


def pack_entry(entry: Entry) -> bytes:
    """The compact bytes of an entry; its series is the key it lies under."""
    exact = entry.low == entry.high == entry.value
    values: list[Any] = [
        entry.id,
        int(entry.said.timestamp()),
        int(entry.recorded.timestamp() - entry.said.timestamp()),
        entry.value,
        None if exact else [entry.low, entry.high],
        _code(_BOUNDS, entry.bound),
        _code(_REASONS, entry.reason),
        entry.report,
        entry.alert,
        _code(_BASIS, entry.basis),
        _code(_VICTIMS, entry.victims),
        "" if entry.claimant == _claimant(entry.series) else entry.claimant,
        entry.status,
    ]
    while not values[-1]:
        values.pop()
    return orjson.dumps(values)


def unpack_entry(series: str, packed: bytes) -> Entry:
    """The entry of its compact bytes."""
    values = orjson.loads(packed)
    values += [None] * (13 - len(values))
    ident, said, lag, value, interval, bound, reason, report, alert, basis, *rest = values
    low, high = interval or (value, value)
    return Entry(
        id=ident,
        series=series,
        said=moment(said),
        recorded=moment(said + (lag or 0)),
        value=value,
        low=low,
        high=high,
        bound=_word(_BOUNDS, bound),
        reason=_word(_REASONS, reason),
        report=report or "",
        alert=alert,
        basis=_word(_BASIS, basis),
        victims=_word(_VICTIMS, rest[0]),
        claimant=rest[1] or _claimant(series),
        status=rest[2] or "",
    )


def _claimant(series: str) -> str:
    """The claimant that the subject of a theatre's series names; "" where it names none."""
    parts = series.split("/")
    return parts[4] if len(parts) == 5 and parts[0] == "theatre" else ""


def _code(words: tuple[str, ...], word: str) -> int | str:
    return words.index(word) if word in words else word


def _word(words: tuple[str, ...], code: int | str | None) -> str:
    return code if isinstance(code, str) else words[code or 0]
