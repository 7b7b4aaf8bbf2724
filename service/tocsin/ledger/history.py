"""What was told and known, for the API, the pages and `explain`: reading only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from tocsin.judging.memory import Filed
from tocsin.judging.verdict import Entry
from tocsin.ledger.alert_record import Placed, Published, padded, placed, published
from tocsin.ledger.connection import Away, Store, reach
from tocsin.ledger.documents import CaseFile, StoredReport, unpack
from tocsin.ledger.entries import unpack_entry

#: How many places of the order are looked at in one round trip.
_PAGE: Final = 500


@dataclass(frozen=True, slots=True)
class Query:
    """Which alerts: after one sequence, up to and with another, all that is given holding.

    `newest` gives the last ones first, else they come in commit order. `severity_min` is a
    `severitynumber`.
    """

    after: str | None = None
    until: str | None = None
    type: str | None = None
    theatre: str | None = None
    severity_min: int = 0
    subject: str | None = None
    limit: int = 100
    newest: bool = False

    def matches(self, alert: Placed) -> bool:
        """Whether an alert's flat facts are asked for."""
        return (
            (self.type is None or alert.type == self.type)
            and (self.theatre is None or alert.theatre == self.theatre)
            and (self.subject is None or alert.subject == self.subject)
            and alert.severity >= self.severity_min
        )


async def alerts(store: Store, query: Query) -> list[Published] | Away:
    """The alerts that `query` asks for, also when older than the stream.

    Raises `ValueError` if `after` or `until` is no sequence.
    """
    found: list[Placed] = []
    low = b"-" if query.after is None else f"({padded(query.after)}\xff".encode("latin-1")
    high = b"+" if query.until is None else f"({padded(query.until)}\xff".encode("latin-1")
    while len(found) < query.limit:
        page = await _page(store, low, high, newest=query.newest)
        if isinstance(page, Away):
            return page
        found += filter(query.matches, map(placed, page))
        if len(page) < _PAGE:
            break
        if query.newest:
            high = b"(" + page[-1]
        else:
            low = b"(" + page[-1]
    return await _open(store, [one.id for one in found[: query.limit]])


async def _page(store: Store, low: bytes, high: bytes, *, newest: bool) -> list[bytes] | Away:
    trip = store.redis.pipeline(transaction=False)
    if newest:
        trip.zrevrangebylex(store.keys.order, high, low, start=0, num=_PAGE)
    else:
        trip.zrangebylex(store.keys.order, low, high, start=0, num=_PAGE)
    answer = await reach(trip.execute())
    if isinstance(answer, Away):
        return answer
    page: list[bytes] = answer[0]
    return page


async def _open(store: Store, ids: Sequence[str]) -> list[Published] | Away:
    if not ids:
        return []
    trip = store.redis.pipeline(transaction=False)
    for ident in ids:
        trip.hgetall(store.keys.alert(ident))
    answer = await reach(trip.execute())
    if isinstance(answer, Away):
        return answer
    opened = (published(ident, kept) for ident, kept in zip(ids, answer, strict=True))
    return [one for one in opened if one is not None]


async def alert(store: Store, ident: str) -> Published | Away | None:
    """One alert by its id."""
    found = await _open(store, [ident])
    if isinstance(found, Away):
        return found
    return found[0] if found else None


async def case_file(store: Store, ident: str) -> CaseFile | Away | None:
    """What the verdict behind an alert was made from; None for one that no report caused."""
    packed = await reach(store.redis.get(store.keys.case(ident)))
    return unpack(CaseFile, packed) if isinstance(packed, bytes) else _none(packed)


async def report(store: Store, ident: str) -> StoredReport | Away | None:
    """The newest version of a report, while its text is kept."""
    packed = await reach(store.redis.get(store.keys.report(ident)))
    return unpack(StoredReport, packed) if isinstance(packed, bytes) else _none(packed)


async def filed(store: Store, ident: str) -> Filed | Away | None:
    """What was made of a report's newest version, while that is kept."""
    packed = await reach(store.redis.get(store.keys.filed(ident)))
    return unpack(Filed, packed) if isinstance(packed, bytes) else _none(packed)


async def report_at(store: Store, address: str) -> StoredReport | Away | None:
    """The report with this URL, guid or id, while its text is kept."""
    ident = await reach(store.redis.get(store.keys.address(address)))
    if isinstance(ident, Away):
        return ident
    return await report(store, ident.decode() if isinstance(ident, bytes) else address)


async def series(
    store: Store, subject: str, *, as_of: datetime | None = None
) -> list[Entry] | Away:
    """All entries of a series in the order of recording; with `as_of`, those recorded by then."""
    trip = store.redis.pipeline(transaction=False)
    trip.lrange(store.keys.log(subject), 0, -1)
    answer = await reach(trip.execute())
    if isinstance(answer, Away):
        return answer
    return known([unpack_entry(subject, packed) for packed in answer[0]], as_of)


def known(entries: list[Entry], as_of: datetime | None) -> list[Entry]:
    """Of a series the entries that were recorded by a moment (UTC); None: all of them."""
    return [entry for entry in entries if as_of is None or entry.recorded <= as_of]


def _none(answer: object) -> Away | None:
    return answer if isinstance(answer, Away) else None
