"""The desk of a sink for people: of all that waits, what is told, held or dropped now.

Pure: it sees everything that waits for one sink and what that sink was told before, and gives the
same answer until one of these or the clock moves. The rules are DESIGN.md's "When something is
told":

- one report is at most one message, the gravest first; several of one story are one message too;
- after a story was told it rests for the cooldown; what it held is told as one at its end, newest
  figure of each subject only, and only if it still differs from what was told;
- the graver breaks through, and corrections know no cooldown: both take the held along;
- a quiet change waits for its story's next message, or for the digest;
- what is corrected while it still waits is not told as it was, and what is taken back, not at all;
- after an outage one message catches up: corrections first, then each story once;
- so does one after a downtime of ours, when all that came in meanwhile has been judged.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Literal

from tocsin.sinks.message import Line, Message, Occasion
from tocsin.sinks.parcel import OPERATORS, Parcel
from tocsin.sinks.standing import Told, since, standing, story_of
from tocsin.sinks.terms import SinkTerms

HoldReason = Literal["cooldown", "quiet", "pace", "downtime"]
DropReason = Literal["no_longer_differs", "taken_back_unsaid"]

#: Notes and warnings of blindness speak of the service itself: nothing rests because of them.
_NEVER_RESTS = OPERATORS | {"tocsin.note", "tocsin.theatre.blind"}


#: What came in during a downtime is told when no more of it came for so long, or at the latest.
_SETTLED, _SETTLED_AT_LAST = timedelta(minutes=1), timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Manners:
    """How a sink's people want to be told; from its settings."""

    cooldown: timedelta = timedelta(minutes=30)
    digest: timedelta = timedelta(hours=4)
    catch_up: timedelta = timedelta(minutes=30)
    pace: timedelta = timedelta(seconds=1)

    @classmethod
    def of(cls, terms: SinkTerms) -> Manners:
        """As a sink's settings have them."""
        return cls(terms.cooldown, terms.digest, terms.catch_up, terms.pace)


@dataclass(frozen=True, slots=True)
class Hold:
    """Not before `until`."""

    parcel: Parcel
    until: datetime
    reason: HoldReason


@dataclass(frozen=True, slots=True)
class Drop:
    """Never, and why."""

    parcel: Parcel
    reason: DropReason


@dataclass(frozen=True, slots=True)
class Decision:
    """At most one message now; everything else that waits is held or dropped."""

    send: Message | None = None
    hold: tuple[Hold, ...] = ()
    drop: tuple[Drop, ...] = ()


@dataclass(slots=True)
class _Group:
    """All that waits of one story, in commit order."""

    story: str
    parcels: list[Parcel] = field(default_factory=list)

    @property
    def rank(self) -> tuple[bool, int, tuple[int, int]]:
        """Corrections first, then the gravest, then the oldest."""
        return (
            not any(parcel.corrects for parcel in self.parcels),
            -max(parcel.severity for parcel in self.parcels),
            self.parcels[0].order,
        )


def decide(
    waiting: Sequence[Parcel],
    told: Mapping[str, Told],
    manners: Manners,
    now: datetime,
    *,
    down_since: datetime | None = None,
) -> Decision:
    """Decide on all that waits for one sink. `told` is by story; `down_since` of an outage."""
    if not waiting:
        return Decision()
    groups = _by_story(waiting)
    if down_since is not None and now - down_since > manners.catch_up:
        return _tell("catch_up", groups, told, ())
    late = [group for group in groups if _is_late(group)]
    settled = _settled(late)
    if late and settled <= now:
        rest = [p for group in groups if group not in late for p in group.parcels]
        return _tell(
            "downtime", late, told, tuple(Hold(p, now + manners.pace, "pace") for p in rest)
        )
    hold = [Hold(p, settled, "downtime") for group in late for p in group.parcels]
    groups = [group for group in groups if group not in late]
    ready: list[_Group] = []
    quiet: list[_Group] = []
    for group in groups:
        until, reason = _rests(group, told.get(group.story), manners, now)
        if until <= now:
            (quiet if reason == "quiet" else ready).append(group)
        else:
            hold += [Hold(parcel, until, reason) for parcel in group.parcels]
    if not ready and quiet:
        gathered = [*quiet, *(g for g in groups if _is_quiet(g) and g not in quiet)]
        kept = tuple(h for h in hold if h.reason != "quiet")
        return _tell("digest", gathered, told, kept)
    hold += [Hold(p, now + manners.pace, "pace") for g in quiet for p in g.parcels]
    if not ready:
        return Decision(hold=tuple(hold))
    first, *later = sorted(ready, key=lambda group: group.rank)
    hold += [Hold(p, now + manners.pace, "pace") for g in later for p in g.parcels]
    return _tell("alert", [first], told, tuple(hold))


def _by_story(waiting: Iterable[Parcel]) -> list[_Group]:
    """Group by the story of each report's gravest alert, so that no report is split."""
    in_order = sorted(waiting, key=lambda parcel: parcel.order)
    lead: dict[str, Parcel] = {}
    for parcel in in_order:
        report = _report(parcel)
        if report not in lead or parcel.severity > lead[report].severity:
            lead[report] = parcel
    groups: dict[str, _Group] = {}
    for parcel in in_order:
        story = story_of(lead[_report(parcel)])
        groups.setdefault(story, _Group(story)).parcels.append(parcel)
    return list(groups.values())


def _report(parcel: Parcel) -> str:
    report = parcel.data.get("report")
    return str(report["id"]) if isinstance(report, dict) and report.get("id") else parcel.id


def _is_quiet(group: _Group) -> bool:
    return not any(
        p.loud or p.corrects or p.replayed or p.type in _NEVER_RESTS for p in group.parcels
    )


def _is_late(group: _Group) -> bool:
    """Whether all of it came in while we did not look; what is quiet waits for the digest."""
    return not _is_quiet(group) and all(p.late and not p.replayed for p in group.parcels)


def _settled(late: Sequence[_Group]) -> datetime:
    """When all that came in during a downtime is there to be told."""
    taken = [parcel.taken for group in late for parcel in group.parcels]
    if not taken:
        return datetime.max.replace(tzinfo=UTC)
    return min(max(taken) + _SETTLED, min(taken) + _SETTLED_AT_LAST)


def _rests(
    group: _Group, told: Told | None, manners: Manners, now: datetime
) -> tuple[datetime, HoldReason]:
    """Until when this story rests, and why; a moment not after `now` means that it is told."""
    if _is_quiet(group):
        return min(parcel.taken for parcel in group.parcels) + manners.digest, "quiet"
    cooled = told.at + manners.cooldown if told else now
    if any(p.corrects or p.replayed or p.type in _NEVER_RESTS for p in group.parcels):
        return now, "cooldown"
    if told and any(p.loud and p.severity > told.severity for p in group.parcels):
        return now, "cooldown"
    return cooled, "cooldown"


def _tell(
    occasion: Occasion,
    groups: Sequence[_Group],
    told: Mapping[str, Told],
    hold: tuple[Hold, ...],
) -> Decision:
    """One message of these stories: newest of each subject, what no longer differs left out."""
    lines: list[Line] = []
    folded: list[str] = []
    drop: list[Drop] = []
    for group in sorted(groups, key=lambda one: one.rank):
        before = told.get(group.story)
        unsaid = _taken_back_unsaid(group.parcels)
        drop += [Drop(parcel, "taken_back_unsaid") for parcel in unsaid]
        group.parcels = [parcel for parcel in group.parcels if parcel not in unsaid]
        newest = _newest(group.parcels)
        for parcel in sorted(newest, key=lambda p: (not p.corrects, -p.severity, p.order)):
            if _same_again(parcel, before):
                drop.append(Drop(parcel, "no_longer_differs"))
            else:
                lines.append(Line(parcel, since(before, parcel)))
                if occasion == "alert" and before and parcel.due > parcel.taken:
                    occasion = "held"
        kept = {parcel.id for parcel in newest}
        folded += [parcel.id for parcel in group.parcels if parcel.id not in kept]
    if not lines:
        stale = [p for g in groups for p in g.parcels if p.id in set(folded)]
        drop += [Drop(parcel, "no_longer_differs") for parcel in stale]
        return Decision(hold=hold, drop=tuple(drop))
    return Decision(Message(occasion, tuple(lines), tuple(folded)), hold, tuple(drop))


def _taken_back_unsaid(parcels: Sequence[Parcel]) -> list[Parcel]:
    """Retractions of what still waits here, and what they retract."""
    waiting = {parcel.id for parcel in parcels}
    retractions = [
        parcel
        for parcel in parcels
        if parcel.type == "tocsin.alert.retracted" and parcel.cause in waiting
    ]
    unsaid = {parcel.cause for parcel in retractions} | {parcel.id for parcel in retractions}
    return [parcel for parcel in parcels if parcel.id in unsaid]


def _newest(parcels: Sequence[Parcel]) -> list[Parcel]:
    """The newest alert of each subject; corrections and replays always stand for themselves."""
    by_subject: dict[str, Parcel] = {}
    corrected = {parcel.cause for parcel in parcels if parcel.corrects}
    for parcel in parcels:
        if parcel.id in corrected:
            continue
        alone = parcel.corrects or parcel.replayed
        subject = str(parcel.event.get("subject") or "")
        by_subject[parcel.id if alone or not subject else subject] = parcel
    return list(by_subject.values())


def _same_again(parcel: Parcel, told: Told | None) -> bool:
    """Whether a held figure is back where this sink was told it stood."""
    if told is None or parcel.type != "tocsin.figure.changed" or parcel.replayed:
        return False
    stands = standing(parcel)
    held = parcel.due > parcel.taken
    return held and bool(stands) and all(told.standing.get(k) == v for k, v in stands.items())
