"""Two replicas, one feed, and anything in any order: what must hold of the ledger all the same."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from datetime import timedelta
from typing import Any, TypeVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from tests.ledger_examples import NOW, judged, report
from tests.redis_process import RedisProcess

from tocsin.judging.memory import Wanted
from tocsin.ledger.commit import Fenced, Ok, commit
from tocsin.ledger.connection import Store, connect
from tocsin.ledger.feed_state import FeedState
from tocsin.ledger.keys import Keys
from tocsin.ledger.leases import Lease, claim_due, enroll, finish
from tocsin.ledger.recall import recall
from tocsin.ledger.seen import member, unseen
from tocsin.ledger.writes import Judged

T = TypeVar("T")
FEED = "north"
replicas = st.sampled_from(["one", "other"])
reports = st.integers(0, 7)


class Replicas(RuleBasedStateMachine):
    """What two replicas may do: claim, judge, commit what was judged long ago, die."""

    server: RedisProcess

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.Runner()
        self.store = Store(connect(self.server.url), Keys("tocsin-test"))
        self.run(self.store.redis.flushall())
        self.run(enroll(self.store, {FEED: "news.example"}))
        self.leases: dict[str, Lease] = {}
        self.judged: dict[str, list[Judged]] = {"one": [], "other": []}
        self.newest = 0  # the highest token given out
        self.committed: set[int] = set()

    def run(self, call: Coroutine[Any, Any, T]) -> T:
        """Run one call to its end."""
        return self.loop.run(call)

    @rule(replica=replicas)
    def claim(self, replica: str) -> None:
        """Claim what is due; each token is higher than all before."""
        for lease in self.run(claim_due(self.store, 1)):
            assert int(lease.token) > self.newest
            self.newest = int(lease.token)
            self.leases[replica] = lease

    @rule()
    def run_out(self) -> None:
        """The lease of whoever holds the feed ends, and they do not know it."""
        self.run(self.store.redis.zadd(self.store.keys.due, {FEED: 0}))

    @rule(replica=replicas, number=reports)
    def judge(self, replica: str, number: int) -> None:
        """Recall, and judge, against the heads as they are now."""
        (memory,) = self.run(recall(self.store, [Wanted(f"r{number}", heads=("river-war",))], NOW))
        self.judged[replica].append(judged(number, head=memory.heads["river-war"]))

    @rule(replica=replicas)
    def commit(self, replica: str) -> None:
        """Commit what was judged, however long ago, under whatever lease there is."""
        lease, batch = self.leases.get(replica), self.judged[replica]
        if lease is None or not batch:
            return
        answers = self.run(commit(self.store, FEED, lease.token, batch))
        if int(lease.token) < self.newest:
            assert answers == Fenced()
            return
        if isinstance(answers, Fenced):  # finished meanwhile
            return
        assert isinstance(answers, list)
        for one, answer in zip(batch, answers, strict=True):
            number = int(one.verdict.report[1:])
            if isinstance(answer, Ok):
                assert number not in self.committed
                self.committed.add(number)
        self.judged[replica] = []

    @rule(replica=replicas)
    def die(self, replica: str) -> None:
        """Forget everything."""
        self.leases.pop(replica, None)
        self.judged[replica] = []

    @rule(replica=replicas)
    def finish(self, replica: str) -> None:
        """End the poll; only the holder of the newest token can."""
        lease = self.leases.pop(replica, None)
        if lease is not None:
            state = FeedState(FEED, etag=lease.token)
            ended = self.run(finish(self.store, lease, state, timedelta(0), now=NOW))
            assert ended is None or ended == Fenced()
            if int(lease.token) < self.newest:
                assert ended == Fenced()

    @invariant()
    def told_once_and_seen_if_told(self) -> None:
        """One alert for each committed report, none twice, and seen exactly if told."""
        entries = self.run(self.store.redis.xrange(self.store.keys.alerts))
        ids = [fields[b"id"].decode() for _, fields in entries]
        assert sorted(ids) == sorted(f"a{number}" for number in self.committed)
        new = self.run(unseen(self.store, FEED, [member(report(n)) for n in range(8)]))
        assert new == [n not in self.committed for n in range(8)]

    @invariant()
    def heads_count_commits(self) -> None:
        """The head has moved once for each commit."""
        head = self.run(self.store.redis.hget(self.store.keys.heads, "river-war"))
        assert int(head or 0) == len(self.committed)

    @invariant()
    def the_feed_is_never_forgotten(self) -> None:
        """However polls end, the feed will be due again."""
        assert self.run(self.store.redis.zscore(self.store.keys.due, FEED)) is not None

    def teardown(self) -> None:
        """Close what was opened."""
        self.run(self.store.redis.aclose())
        self.loop.close()


def test_nothing_is_lost_or_told_twice_by_two_replicas(server: RedisProcess) -> None:
    """Whatever they do in whatever order (C1, C12, C13, C24, R29)."""
    Replicas.server = server
    run_state_machine_as_test(
        Replicas,
        settings=settings(
            max_examples=30,
            stateful_step_count=30,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
