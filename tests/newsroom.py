"""One feed, the server it is on, and everything that polls it, on a clock of the test's."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tests.feed_server import FeedServer

from tocsin.feeds.address import FeedAddress, feed_id
from tocsin.feeds.exchange import Limits
from tocsin.feeds.fulltext import FullText
from tocsin.feeds.politeness import Pace
from tocsin.feeds.workshop import Workshop
from tocsin.intake import Intake, Read
from tocsin.judging.rulebook import Rulebook
from tocsin.ledger.connection import Store
from tocsin.ledger.feed_state import FeedState, feed_states
from tocsin.ledger.leases import claim_due, enroll, hasten
from tocsin.net.guard import LOOPBACK
from tocsin.net.session import Outbound
from tocsin.poll import Poll, Polled

START = datetime(2020, 10, 28, 15, 0, tzinfo=UTC)


class Newsroom:
    """A feed, the server it is on, and everything that polls it; `now` is moved by the test."""

    def __init__(
        self, store: Store, server: FeedServer, outbound: Outbound, poll: Poll, page: str
    ) -> None:
        self.store, self.server, self.outbound, self.poll = store, server, outbound, poll
        self.page = server.on(page)
        url = server.url(page)
        self.feed = FeedAddress(feed_id(url), url, "War", allow=LOOPBACK)
        self.now = START

    async def turn(self, after: timedelta = timedelta(minutes=10)) -> Polled:
        """Let time pass and poll the feed, whenever it was due."""
        self.now += after
        await enroll(self.store, {self.feed.id: self.feed.host})
        await hasten(self.store, [self.feed.id])
        leases = await claim_due(self.store, 1)
        assert isinstance(leases, list)
        assert leases, "the feed is not to be polled now"
        return await self.poll.turn(leases[0], self.feed)

    async def state(self) -> FeedState:
        """What was stored of the feed."""
        states = await feed_states(self.store, [self.feed.id])
        assert isinstance(states, dict)
        return states[self.feed.id]

    def sent(self) -> dict[str, str]:
        """The conditional headers of the newest request."""
        names = {"If-None-Match", "If-Modified-Since"}
        return {k: v for k, v in self.server.seen[-1].headers.items() if k in names}


def opened(
    store: Store,
    server: FeedServer,
    outbound: Outbound,
    workshop: Workshop,
    rulebook: Rulebook,
    page: str = "/feed",
    read: Read | None = None,
) -> Newsroom:
    """A newsroom of its own, as a replica has it: nothing shared but store and workers."""
    read = read or workshop.read
    intake = Intake(store, read, lambda: rulebook, reader="test", source="test")
    poll = Poll(
        store,
        outbound,
        workshop,
        intake,
        pace=lambda _: Pace(),
        limits=Limits(seconds=10),
        clock=lambda: room.now,
        chance=lambda: 0.0,
        full_text=FullText(outbound, workshop),
    )
    room = Newsroom(store, server, outbound, poll, page)
    return room
