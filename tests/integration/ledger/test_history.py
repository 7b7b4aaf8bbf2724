"""What was told and known, read back from a real server."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from tests.ledger_examples import NOW, SUBJECT, alert, entry, judged, report, verdict

from tocsin.judging.memory import Memory
from tocsin.ledger import history
from tocsin.ledger.commit import Ok, announce, commit
from tocsin.ledger.connection import Store
from tocsin.ledger.history import Query
from tocsin.ledger.stream import newer, newest, republish

FEED, TOKEN = "river-news", "7"


async def publish(store: Store, number: int) -> list[str]:
    """Publish alerts one after the other; answers their sequences."""
    sequences: list[str] = []
    for n in range(number):
        severity = 9 if n % 2 else 17
        raised = alert(f"a{n}", severitynumber=severity, subject=f"story/s{n % 5}/killed")
        outcome = await announce(
            store,
            judged(n, head=n, report=None, verdict=verdict(n, alerts=(raised,))),
        )
        assert isinstance(outcome, Ok)
        sequences += outcome.sequences
    return sequences


async def ids(store: Store, **query: object) -> list[str]:
    """The ids that a query finds."""
    found = await history.alerts(store, Query(**query))  # type: ignore[arg-type]
    assert isinstance(found, list)
    return [one.alert.id for one in found]


async def test_alerts_by_sequence_and_filter(store: Store) -> None:
    """Ranges exclude `after` and include `until`; filters hold together."""
    sequences = await publish(store, 20)
    assert await ids(store) == [f"a{n}" for n in range(20)]
    assert await ids(store, after=sequences[3], until=sequences[6]) == ["a4", "a5", "a6"]
    assert await ids(store, newest=True, limit=2) == ["a19", "a18"]
    assert await ids(store, newest=True, until=sequences[4], limit=2) == ["a4", "a3"]
    assert await ids(store, subject="story/s3/killed") == ["a3", "a8", "a13", "a18"]
    assert await ids(store, subject="story/s3/killed", severity_min=13) == ["a8", "a18"]
    assert await ids(store, type="tocsin.note") == []
    assert await ids(store, theatre="river-war", limit=1) == ["a0"]


async def test_a_rare_alert_is_found_beyond_the_first_page(store: Store) -> None:
    """A filter looks further than one page of the order, in both directions."""
    await publish(store, 3)
    order = await store.redis.zrange(store.keys.order, 0, -1)
    sequence, facts = order[0].split(b"\t", 1)
    many = {
        b"%s%05d\t%s" % (sequence[:-5], 90000 + n, facts.replace(b"killed", b"other")): 0
        for n in range(1200)
    }
    await store.redis.zadd(store.keys.order, many)
    assert await ids(store, subject="story/s2/killed") == ["a2"]
    assert await ids(store, subject="story/s0/killed", newest=True) == ["a0"]


async def test_an_alert_is_known_by_its_id_after_the_stream_forgot_it(store: Store) -> None:
    """The event is given out as it was fixed at commit, with its sequence."""
    (sequence,) = await publish(store, 1)
    await store.redis.xtrim(store.keys.alerts, maxlen=0, approximate=False)
    found = await history.alert(store, "a0")
    assert isinstance(found, history.Published)
    assert found.event["sequence"] == sequence
    assert found.alert.event["subject"] == "story/s0/killed"
    assert (found.alert.story, found.alert.country) == ("s1", "RV")
    assert await history.alert(store, "unknown") is None


async def test_the_case_file_is_all_that_was_judged(store: Store) -> None:
    """Report, reading, memory, now and rules come back as they were (R19)."""
    await store.redis.hset(store.keys.leases, FEED, TOKEN)
    one = judged(memory=replace(judged().memory, mutes=frozenset({"feed/x"})))
    await commit(store, FEED, TOKEN, [one])
    case = await history.case_file(store, "a1")
    assert isinstance(case, history.CaseFile)
    assert (case.report, case.reading, case.memory) == (one.report, one.reading, one.memory)
    assert (case.now, case.rulebook, case.reader) == (NOW, "sha256:rules", "1")


async def test_a_report_is_kept_with_its_reasons(store: Store) -> None:
    """Seven days, or 400 once it has alerted, whatever a later version says."""
    await store.redis.hset(store.keys.leases, FEED, TOKEN)
    quiet = judged(2, head=1, verdict=verdict(2, alerts=()))
    known = Memory(heads={"river-war": 2}, filed=judged(1).verdict.filed)
    later = report(1, version="sha256:b")
    edited = judged(1, memory=known, report=later, verdict=quiet.verdict)
    await commit(store, FEED, TOKEN, [judged(1), quiet, edited])
    stored = await history.report(store, "r1")
    assert isinstance(stored, history.StoredReport)
    assert stored.report.version == "sha256:b"
    assert stored.reasons == quiet.verdict.reasons
    assert stored.reading == edited.reading
    assert await history.report_at(store, "guid-1") == stored
    assert await history.report_at(store, "r1") == stored
    assert await history.report_at(store, "guid-of-none") is None
    alerted = await store.redis.ttl(store.keys.report("r1"))
    silent = await store.redis.ttl(store.keys.report("r2"))
    assert timedelta(days=399).total_seconds() < alerted <= timedelta(days=400).total_seconds()
    assert timedelta(days=6).total_seconds() < silent <= timedelta(days=7).total_seconds()
    assert await history.report(store, "unknown") is None


async def test_a_series_as_of_a_past_moment(store: Store) -> None:
    """Entries come back whole, and none that was recorded later."""
    later = replace(
        entry("e2", value=15), low=10, high=None, bound="at_least", recorded=NOW + timedelta(days=1)
    )
    vague = replace(entry("e3"), value=None, low=20, high=99, bound="approx", reason="odd")
    one = judged()
    whole = replace(one.verdict, entries=(entry("e1"), later, vague))
    await announce(store, replace(one, report=None, verdict=whole))
    assert await history.series(store, SUBJECT) == [entry("e1"), later, vague]
    assert await history.series(store, SUBJECT, as_of=NOW) == [entry("e1"), vague]


async def test_the_stream_is_followed_from_a_place(store: Store) -> None:
    """What is newer than a place comes with its sequence; nothing newer is an empty list."""
    assert await newest(store) == "0-0"
    sequences = await publish(store, 3)
    assert await newest(store) == sequences[2]
    place, events = await newer(store, sequences[0])  # type: ignore[misc]
    assert place == sequences[2]
    assert [event["sequence"] for event in events] == sequences[1:]
    assert await newer(store, place, wait=0.01) == (place, [])


async def test_a_lost_alert_comes_back_under_its_first_sequence(store: Store) -> None:
    """An entry deleted from the stream is rebuilt with its id and sequence (C10)."""
    (sequence,) = await publish(store, 1)
    ((_, before),) = await store.redis.xrange(store.keys.alerts)
    await store.redis.xdel(store.keys.alerts, sequence)
    assert await republish(store, "a0") == sequence
    ((again, fields),) = await store.redis.xrange(store.keys.alerts)
    assert again.decode() != sequence
    assert fields == before | {b"sequence": sequence.encode()}
    _, (event,) = await newer(store, "0-0")  # type: ignore[misc]
    assert event["sequence"] == sequence
    assert await republish(store, "unknown") is None
