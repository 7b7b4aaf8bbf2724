"""All keys on one page, with their types and lifetimes.

Every key begins with one hash tag, `{tocsin}` unless settings say otherwise, so that scripts that
touch several stay within one slot of a Cluster (C21). Ids may come from outside (a feed's address,
a path of the API): a short plain one stands in its key as it is, any other as its hash (H13).

===================  ======  =====================================  ===============================
key                  type    holds                                  kept
===================  ======  =====================================  ===============================
alerts:v1            stream  the alerts: public output and outbox   7 days, and until taken over
alerts:order         zset    every alert's place and flat facts     400 days
alert:ALERT          hash    sequence, event                        as the order
case:ALERT           string  its case file                          as the order
report:REPORT        string  the newest version's text and reasons  7 days, or as its alert
address:URL-OR-GUID  string  the report that has it                 as the report
filed:REPORT         string  what was made of that version          30 days, if it held facts
rulebook:DIGEST      string  the rules that were in force           as the order
heads                hash    a counter a theatre, one for `none`    for ever
story:STORY          string  the story                              30 days after its last report
stories:KEY          zset    the newest stories found under a key   30 days
series:SUBJECT       string  the newest of one figure               as its log
log:SUBJECT          list    its entries, oldest first              theatre: for ever; else 90 days
truces:THEATRE       hash    every truce of it, by subject          for ever
mark:NAME            string  one small dated fact                   400 days
mutes                zset    what is silenced, until when           until then
seen:FEED            zset    entries seen, when last shown          30 days; all that it shows
feed:FEED            string  what its last poll left                400 days after the last poll
due                  zset    feeds by when they are next due        while enrolled
hosts                hash    each feed's host                       while enrolled
pauses               zset    hosts that asked for peace, till when  until then
leases               hash    the fencing token of each feed held    while held
fence                string  the newest fencing token               for ever
added                hash    feeds added while running              until removed
stopped              hash    feeds paused by an operator            until resumed
sinks                hash    each sink's place in the alert stream  while enrolled
sink:SINK            string  how it fares: failures, pauses         while enrolled
waiting:SINK         zset    alerts taken over, when next due       until sent or dead
held:SINK            zset    alerts being sent, end of the lease    until settled
parcels:SINK         hash    their sequence and event               until sent or dead
tries:SINK           hash    their attempts and last reason         until sent or dead
fences:SINK          hash    their fencing tokens                   until sent or dead
had:SINK             zset    alerts that it has had, since when     90 days
told:SINK/STORY      string  what a story last told its people      7 days
dead:SINK            hash    its dead letters                       90 days
died:SINK            zset    when each of them died                 90 days
graves               set     sinks that have had dead letters       for ever
===================  ======  =====================================  ===============================
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from hashlib import blake2b
from typing import Final

STREAM_KEPT: Final = timedelta(days=7)
ALERT_KEPT: Final = timedelta(days=400)
REPORT_KEPT: Final = timedelta(days=7)
FILED_KEPT: Final = timedelta(days=30)
STORY_KEPT: Final = timedelta(days=30)
STORY_FOUND: Final = timedelta(days=30)
INCIDENT_KEPT: Final = timedelta(days=90)
MARK_KEPT: Final = timedelta(days=400)
SEEN_KEPT: Final = timedelta(days=30)
FEED_KEPT: Final = timedelta(days=400)
HAD_KEPT: Final = timedelta(days=90)
TOLD_KEPT: Final = timedelta(days=7)
DEAD_KEPT: Final = timedelta(days=90)

_PLAIN = re.compile(r"[A-Za-z0-9._/+-]{1,96}")


@lru_cache(maxsize=1024)  # a report's own name is asked for again and again
def name(text: str) -> str:
    """`text` as a part of a key: itself if short and plain, else `:` and its hash.

    No plain text has a colon, so the two never meet.
    """
    if _PLAIN.fullmatch(text):
        return text
    return ":" + blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


@dataclass(frozen=True, slots=True)
class Keys:
    """The names of all keys under one prefix, and how long an operator keeps alerts and reports.

    `alerts_kept` holds for an alert, its case, the report that raised it and the rules of its time;
    `reports_kept` for a report that raised nothing.
    """

    prefix: str = "tocsin"
    alerts_kept: timedelta = ALERT_KEPT
    reports_kept: timedelta = REPORT_KEPT

    def _key(self, kind: str, of: str | None = None) -> str:
        tag = "{" + self.prefix + "}:"
        return f"{tag}{kind}" if of is None else f"{tag}{kind}:{name(of)}"

    # ── alerts ───────────────────────────────────────────────────────────────────────────────
    @property
    def alerts(self) -> str:
        """The alert stream: a contract with consumers."""
        return self._key("alerts:v1")

    @property
    def order(self) -> str:
        """Every alert in commit order, with its flat facts, also when older than the stream."""
        return self._key("alerts:order")

    def alert(self, alert: str) -> str:
        """One alert: its sequence and its event."""
        return self._key("alert", alert)

    def case(self, alert: str) -> str:
        """The case file of one alert."""
        return self._key("case", alert)

    # ── reports ──────────────────────────────────────────────────────────────────────────────
    def report(self, report: str) -> str:
        """The newest version of a report, with the reasons it was judged by."""
        return self._key("report", report)

    def address(self, address: str) -> str:
        """The report that has a URL or a guid."""
        return self._key("address", address)

    def filed(self, report: str) -> str:
        """What was made of a report's newest version."""
        return self._key("filed", report)

    def rulebook(self, digest: str) -> str:
        """The sources of one set of rules."""
        return self._key("rulebook", digest)

    # ── the ledger ───────────────────────────────────────────────────────────────────────────
    @property
    def heads(self) -> str:
        """One counter a theatre: it moves with every commit that touches the theatre."""
        return self._key("heads")

    def story(self, story: str) -> str:
        """One story."""
        return self._key("story", story)

    def stories(self, story_key: str) -> str:
        """The newest stories under one story key."""
        return self._key("stories", story_key)

    def series(self, subject: str) -> str:
        """The head of one series."""
        return self._key("series", subject)

    def log(self, subject: str) -> str:
        """All entries of one series."""
        return self._key("log", subject)

    def truces(self, theatre: str) -> str:
        """All truces of one theatre."""
        return self._key("truces", theatre)

    def mark(self, mark: str) -> str:
        """One small dated fact."""
        return self._key("mark", mark)

    @property
    def mutes(self) -> str:
        """Subjects, stories and feeds that are silenced."""
        return self._key("mutes")

    # ── feeds ────────────────────────────────────────────────────────────────────────────────
    def seen(self, feed: str) -> str:
        """The entries of a feed that were committed."""
        return self._key("seen", feed)

    def feed(self, feed: str) -> str:
        """A feed's own state."""
        return self._key("feed", feed)

    @property
    def due(self) -> str:
        """All enrolled feeds by the server's time (ms) at which each is next due."""
        return self._key("due")

    @property
    def hosts(self) -> str:
        """The host of each enrolled feed."""
        return self._key("hosts")

    @property
    def pauses(self) -> str:
        """Hosts that are left in peace until a time (ms)."""
        return self._key("pauses")

    @property
    def leases(self) -> str:
        """The fencing token of each feed that is held."""
        return self._key("leases")

    @property
    def fence(self) -> str:
        """The newest fencing token given out."""
        return self._key("fence")

    @property
    def added(self) -> str:
        """Feeds that were added while running, beside those declared in a file."""
        return self._key("added")

    @property
    def stopped(self) -> str:
        """Feeds that an operator paused: also how a declared one is removed."""
        return self._key("stopped")

    # ── sinks ────────────────────────────────────────────────────────────────────────────────
    @property
    def sinks(self) -> str:
        """The stream id up to which each sink has taken over; its group is named as the sink."""
        return self._key("sinks")

    def sink(self, sink: str) -> str:
        """How one sink fares."""
        return self._key("sink", sink)

    def waiting(self, sink: str) -> str:
        """The alerts that wait for one sink, by the time (ms) at which each is next due."""
        return self._key("waiting", sink)

    def held(self, sink: str) -> str:
        """The alerts being sent, by the server's time (ms) at which their lease ends."""
        return self._key("held", sink)

    def parcels(self, sink: str) -> str:
        """What is to be sent."""
        return self._key("parcels", sink)

    def tries(self, sink: str) -> str:
        """What became of earlier attempts."""
        return self._key("tries", sink)

    def fences(self, sink: str) -> str:
        """How often each alert was claimed: the token that its holder must show."""
        return self._key("fences", sink)

    def had(self, sink: str) -> str:
        """The alerts that a sink has had."""
        return self._key("had", sink)

    def told(self, sink: str, story: str) -> str:
        """What one story last told one sink for people."""
        return self._key("told", f"{sink}/{story}")

    def dead(self, sink: str) -> str:
        """The dead letters of one sink."""
        return self._key("dead", sink)

    def died(self, sink: str) -> str:
        """When each dead letter was written."""
        return self._key("died", sink)

    @property
    def graves(self) -> str:
        """The sinks that have had dead letters, also those that are no more."""
        return self._key("graves")
