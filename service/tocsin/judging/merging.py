"""Two open stories that a report shows to be one: the younger goes on in the older.

A report that belongs to both is needed, and a day or a large figure that it shares with each;
nothing they know may speak against it. Subjects are never renamed: what was told under the
younger stays there, and counts as told of the older from then on.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from tocsin.judging.chronology import OPEN
from tocsin.judging.draft import remember
from tocsin.judging.event import Event
from tocsin.judging.geography import apart
from tocsin.judging.interval import level, like
from tocsin.judging.memory import Known, Story, Told
from tocsin.judging.story import Likeness, likeness
from tocsin.judging.tallies import LARGE, dead_of, figures_agree
from tocsin.judging.traits import Rarity, join_traits

T = TypeVar("T")
_KEPT = 32  # of each collection of a story


def twins(event: Event, story: Story, stories: Iterable[Story]) -> list[Story]:
    """The stories that `event`, which has joined `story`, shows to be the same."""
    if not _shares(event, story):
        return []
    others = [one for one in stories if one.id != story.id and not one.merged]
    rarity = Rarity(event.words, (one.words for one in others))
    return [
        one
        for one in others
        if _shares(event, one)
        and not _contradict(story, one)
        and _is_firmly(likeness(event, one, rarity))
    ]


def absorb(older: Story, younger: Story) -> Story:
    """The older story with all that the younger knew and told; it is found where that was."""
    told = older.told
    for one in younger.told:
        mine = replace(one, subject=_moved(one.subject, younger, older))
        if not _outdone(mine, told):
            told = remember(told, mine)
    figures = (_known(one, younger, older) for one in younger.figures)
    return replace(
        older,
        theatre=older.theatre or younger.theatre,
        last=max(older.last, younger.last),
        title=older.title if older.titled or not younger.titled else younger.title,
        titled=older.titled or younger.titled,
        keys=_joined(older.keys, younger.keys, 96),
        told=told,
        places=_joined(older.places, younger.places),
        days=_stated(older, younger),
        stated=older.stated or younger.stated,
        overnight=older.overnight or younger.overnight,
        attackers=_joined(older.attackers, younger.attackers, 4),
        kinds=_joined(older.kinds, younger.kinds),
        struck=older.struck or younger.struck,
        reports=_joined(older.reports, younger.reports),
        origins=_joined(older.origins, younger.origins),
        publishers=_joined(older.publishers, younger.publishers),
        claimants=_joined(older.claimants, younger.claimants),
        denied_by=_joined(older.denied_by, younger.denied_by),
        figures=_joined(older.figures, tuple(figures)),
        words=join_traits(older.words, younger.words),
        targets=_joined(older.targets, younger.targets),
        confirmed=older.confirmed or younger.confirmed,
    )


def _is_firmly(found: Likeness) -> bool:
    return found.kinship == "same" and found.firm


def _shares(event: Event, story: Story) -> bool:
    """Whether a report gives the day of a story, or a large figure of it."""
    day = event.stated and bool(set(event.days) & set(story.days))
    return day or figures_agree(event.claims, story) >= LARGE


def _contradict(one: Story, other: Story) -> bool:
    """Whether what two stories know cannot be of one event."""
    if one.theatre != other.theatre or apart(one.places, other.places):
        return True
    if max(one.founded, other.founded) - min(one.last, other.last) > OPEN:
        return True
    fewer, more = sorted((dead_of(one), dead_of(other)))
    if fewer and 2 * fewer < more:
        return True  # four dead and twenty: what a report tells of both are two attacks
    days = one.stated and other.stated and not set(one.days) & set(other.days)
    return days or bool(
        one.attackers and other.attackers and not set(one.attackers) & set(other.attackers)
    )


def _stated(one: Story, other: Story) -> tuple[str, ...]:
    """The days of both; where only one was told its day, that is the day."""
    if one.stated != other.stated:
        return (one if one.stated else other).days
    return _joined(one.days, other.days, 4)


def _outdone(new: Told, told: tuple[Told, ...]) -> bool:
    """Whether as much was told already under the same subject, of the same people."""
    for one in told:
        if (one.rule, one.subject) != (new.rule, new.subject):
            continue
        if new.claim is None or one.claim is None:
            return True
        if like(one.claim.victims, new.claim.victims):
            return (level(one.claim) or 0) >= (level(new.claim) or 0)
    return False


def _known(known: Known, younger: Story, older: Story) -> Known:
    return replace(known, subject=_moved(known.subject, younger, older))


def _moved(subject: str, younger: Story, older: Story) -> str:
    return subject.replace(f"story/{younger.id}/", f"story/{older.id}/")


def _joined(one: tuple[T, ...], other: tuple[T, ...], most: int = _KEPT) -> tuple[T, ...]:
    return tuple(dict.fromkeys((*one, *other)))[:most]
