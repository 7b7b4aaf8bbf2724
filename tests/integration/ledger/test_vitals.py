"""How the store fares, and that what should end has an end."""

from __future__ import annotations

from datetime import timedelta

from tests.ledger_examples import NOW, judged, report
from tests.waiting import until

from tocsin.ledger.commit import announce, commit
from tocsin.ledger.connection import Store
from tocsin.ledger.feed_state import FeedState
from tocsin.ledger.leases import claim_due, enroll, finish
from tocsin.ledger.outbox import Outbox
from tocsin.ledger.seen import member
from tocsin.ledger.vitals import Vitals, vitals

#: Kinds of keys that are kept for as long as Tocsin is, or are trimmed member by member.
LASTING = {
    *("alerts", "heads", "series", "log", "truces", "mutes", "due", "hosts", "pauses", "leases"),
    *("fence", "added", "stopped", "sinks"),
}


async def test_lag_is_the_age_of_the_oldest_alert_not_taken(store: Store) -> None:
    """Who has all is at zero; who read and was silent is behind, and so is an outsider."""
    assert (await vitals(store)).lags == {}  # type: ignore[union-attr]
    outbox = Outbox(store, "replica")
    for sink in ("quick", "silent", "slow"):
        await outbox.enroll(sink)
    await store.redis.xgroup_create(store.keys.alerts, "outsider", "0")
    await announce(store, judged(report=None))
    read = await outbox.read("quick")
    assert isinstance(read, list)
    await outbox.take_over("quick", [(entry, True) for entry in read], NOW)
    await outbox.read("silent")
    seen: list[Vitals] = []

    async def behind() -> bool:
        seen.append(await vitals(store))  # type: ignore[arg-type]
        lags = seen[-1].lags
        return min(lags[group] for group in ("silent", "slow", "outsider")) > timedelta(0)

    await until(behind)
    assert seen[-1].lags["quick"] == timedelta(0)
    assert seen[-1].alerts == 1
    assert seen[-1].memory > 0


def test_a_store_without_a_limit_is_never_nearly_full() -> None:
    """The alarm comes at four fifths of the limit, if there is one."""
    assert not Vitals(10**12, 0, 0, {}).nearly_full
    assert not Vitals(70, 100, 0, {}).nearly_full
    assert Vitals(81, 100, 0, {}).nearly_full


async def test_what_should_end_has_an_end(store: Store) -> None:
    """After a poll every key has a time to live, but those that last by intent (C26)."""
    await enroll(store, {"north": "news.example"})
    (lease,) = await claim_due(store, 1)
    await commit(store, "north", lease.token, [judged()])
    shown = [member(report())]
    await finish(store, lease, FeedState("north"), timedelta(hours=1), now=NOW, shown=shown)
    endless = {
        key.decode().split(":")[1]
        for key in await store.redis.keys()
        if await store.redis.ttl(key) == -1
    }
    assert endless <= LASTING
