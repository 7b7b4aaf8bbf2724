"""Whether we see: feeds that are gone, fail, fell silent or changed shape, and theatres gone dark.

Pure: `look` is given what is known of every feed and what was told before, and answers a verdict.
What was told stands in marks, so a state is told once, and a look that could not be committed is
only repeated.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from tocsin.judging.blindness import Dark, blindness
from tocsin.judging.memory import Wanted
from tocsin.judging.notice import NoticeType, notice
from tocsin.judging.rulebook import Rulebook, Severity
from tocsin.judging.verdict import Alert, Verdict
from tocsin.reading.theatre import Theatre

#: So many failures in a row make a feed one that fails.
FAILURES: Final = 5
#: A feed's rhythm is known after so many days on which it spoke, and is that of the last so many.
RHYTHM_KNOWN, RHYTHM_KEPT = 7, 14
#: No silence is shorter than a day: nights and slow mornings are none.
LEAST_SILENCE: Final = timedelta(days=1)
#: What is taken for silence while the rhythm is not known.
UNKNOWN_SILENCE: Final = timedelta(days=3)
#: A feed is one of a theatre's while it told of it within this time.
OF_THEATRE: Final = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Watched:
    """One feed, as far as our sight hangs on it. Times are UTC; None where it never happened.

    `heard` is its last good answer, `spoke` when an answer last brought anything new. `lulls` are
    seconds: for each of the last days on which it spoke, the longest silence that ended on it.
    `theatres` says when it last told of each. `lost` names what its entries had and have no more
    ("dates", "links", "words"), since `misshapen_since`.
    """

    feed: str
    name: str
    heard: datetime | None = None
    spoke: datetime | None = None
    failures: int = 0
    failing_since: datetime | None = None
    reason: str = ""
    gone: bool = False
    lulls: tuple[float, ...] = ()
    theatres: Mapping[str, datetime] = field(default_factory=dict)
    lost: tuple[str, ...] = ()
    misshapen_since: datetime | None = None

    @property
    def patience(self) -> timedelta:
        """How long it may say nothing new: twice the longest of its lulls, a day at least."""
        usual = timedelta(seconds=2 * max(self.lulls, default=0.0))
        known = len(self.lulls) >= RHYTHM_KNOWN
        return max(usual, LEAST_SILENCE if known else UNKNOWN_SILENCE)

    @property
    def silent_since(self) -> datetime | None:
        """Since when it answers and says nothing new beyond its own rhythm; None: it speaks.

        Counted to its last answer and not to the clock, so that our own downtime is no silence.
        """
        if self.heard is None or self.spoke is None or self.failures or self.gone:
            return None
        return self.spoke if self.heard - self.spoke > self.patience else None

    @property
    def fails(self) -> bool:
        """Whether it failed so often in a row that it is no passing fault."""
        return self.failures >= FAILURES

    def dark_since(self) -> datetime | None:
        """When it ceased to bring anything: gone, failing, or silent for too long."""
        if self.gone or self.fails:
            return self.failing_since or self.heard
        silent = self.silent_since
        return None if silent is None else silent + self.patience

    def of(self, theatre: str, now: datetime) -> bool:
        """Whether it is one of the feeds that tell of a theatre."""
        told = self.theatres.get(theatre)
        return told is not None and now - told < OF_THEATRE


def sight_wanted(feeds: Iterable[Watched], rulebook: Rulebook) -> Wanted:
    """What `look` needs to know of what was told."""
    of_feeds = (_mark(kind, feed) for feed in feeds for kind in _KINDS)
    return Wanted("", marks=(*of_feeds, *(f"blind:{theatre}" for theatre in rulebook.theatres)))


def look(
    feeds: Sequence[Watched],
    marks: Mapping[str, str],
    rulebook: Rulebook,
    now: datetime,
    *,
    source: str = "/tocsin/default",
) -> Verdict:
    """What operators and readers are to be told of our own seeing, now (R21, R26, F24).

    `marks` are those of `sight_wanted`. The verdict has the new ones.
    """
    alerts: list[Alert] = []
    told: dict[str, str] = {}
    for feed in feeds:
        for kind, since, severity, words in _states(feed):
            mark, stamp = _mark(kind, feed), since.isoformat(timespec="minutes")
            if marks.get(mark) != stamp:
                told[mark] = stamp
                alerts.append(
                    notice(
                        kind, f"feed/{feed.feed}", words,
                        severity=severity, source=source, since=since, now=now,
                    )
                )  # fmt: skip
    for theatre in rulebook.theatres.values():
        of, dark = _sight(theatre, feeds, now)
        mark = f"blind:{theatre.id}"
        found = blindness(theatre, of, dark, marks.get(mark, ""), now, source=source)
        if found is not None:
            alert, told[mark] = found
            alerts.append(alert)
    return Verdict("", alerts=tuple(alerts), marks=told)


def blind_theatres(
    feeds: Sequence[Watched], rulebook: Rulebook, now: datetime
) -> Iterator[tuple[str, int, int]]:
    """The theatres that half or more of their feeds tell nothing of: name, dark feeds, of all."""
    for theatre in rulebook.theatres.values():
        of, dark = _sight(theatre, feeds, now)
        if of and 2 * len(dark) >= of:
            yield theatre.name, len(dark), of


def _sight(theatre: Theatre, feeds: Iterable[Watched], now: datetime) -> tuple[int, list[Dark]]:
    """How many feeds tell of a theatre, and those of them that bring nothing."""
    own = [feed for feed in feeds if feed.of(theatre.id, now)]
    return len(own), [Dark(feed.name, began) for feed in own if (began := feed.dark_since())]


_KINDS: tuple[NoticeType, ...] = (
    "tocsin.feed.gone",
    "tocsin.feed.failing",
    "tocsin.feed.silent",
    "tocsin.feed.changed",
)


def _states(feed: Watched) -> Iterator[tuple[NoticeType, datetime, Severity, str]]:
    """The states of a feed that operators are told of, and when each began."""
    if feed.gone and feed.failing_since is not None:
        yield (
            "tocsin.feed.gone", feed.failing_since, "medium",
            f"{feed.name} is gone (410) and is polled no more",
        )  # fmt: skip
    elif feed.fails and feed.failing_since is not None:
        yield (
            "tocsin.feed.failing", feed.failing_since, "low",
            f"{feed.name} fails: {feed.reason}, {FAILURES} times in a row",
        )  # fmt: skip
    if feed.silent_since is not None:
        yield (
            "tocsin.feed.silent", feed.silent_since, "low",
            _silence(feed.name, feed.silent_since, feed.patience),
        )  # fmt: skip
    if feed.misshapen_since is not None and feed.lost:
        yield (
            "tocsin.feed.changed", feed.misshapen_since, "low",
            f"{feed.name} changed its shape: its entries have lost their {', '.join(feed.lost)}",
        )  # fmt: skip


def _mark(kind: NoticeType, feed: Watched) -> str:
    return f"{kind.removeprefix('tocsin.feed.')}:{feed.feed}"


def _silence(name: str, since: datetime, patience: timedelta) -> str:
    allowed = f"its rhythm allows {_span(patience)}"
    return f"{name} answers and says nothing new since {since:%-d %B %H:%M} UTC; {allowed}"


def _span(length: timedelta) -> str:
    hours = round(length.total_seconds() / 3_600)
    return f"{hours} hours" if hours <= 72 else f"{round(hours / 24)} days"
