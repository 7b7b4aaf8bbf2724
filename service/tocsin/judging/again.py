"""Why a report that seems to be of another event tells of a story again.

What both have in common is held against the day and the figures that part them.
"""

from __future__ import annotations

from dataclasses import dataclass

from tocsin.judging.chronology import Moment, adjacent, earlier, is_foretold, predates
from tocsin.judging.event import Event
from tocsin.judging.geography import Agreement
from tocsin.judging.memory import Story
from tocsin.judging.tallies import dead, dead_of, no_more

#: So much of the names and numbers in common, and figures or time decide.
SIMILAR = 0.15
#: So much, and where no more is told a day of its own does not make it another.
_RETOLD = 0.25
#: So much at least, where days later the same kind of thing is hit.
_SLIGHT = 0.1


@dataclass(frozen=True, slots=True)
class Seen:
    """The aspects in which an event and a story were compared."""

    where: Agreement
    when: Moment
    alike: float
    figures: int


def redated(event: Event, story: Story, seen: Seen) -> str:
    """Why a report that gives another day than a story's tells of it; empty if of another event."""
    if seen.where == "same" and seen.figures and not event.titled:
        return "the same place and figure, told in passing"
    kinds = set(event.kinds) & set(story.kinds)
    if seen.figures and kinds and one_attacker(event, story) and predates(event, story):
        return "the same attacker, kind and figures, and only now a day"
    hit = set(event.targets) & set(story.targets)
    if hit and seen.where == "same" and "ground" in kinds and not event.claims:
        return "the same was stormed the day before" if adjacent(event.days, story.days) else ""
    return ""


def retells(event: Event, story: Story, seen: Seen) -> str:
    """Why a report that tells no more than is known tells it again; empty if it may be news."""
    hit = set(event.targets) & set(story.targets)
    if seen.when == "past":
        kinds = set(event.kinds) & set(story.kinds)
        return (
            "the same was hit, told days later" if hit and kinds and seen.alike >= SIMILAR else ""
        )
    if earlier(event, story) and seen.where == "same" and seen.alike >= _RETOLD:
        return "of an earlier day, and no more dead are told"
    if hit and seen.when == "near" and 0 < dead(event.claims) == dead_of(story):
        return "the same was hit within hours, and as many died"
    if not no_more(event.claims, story):
        return ""
    if is_foretold(event, story) and event.titled and _differs(event, story, seen):
        return ""
    if seen.alike >= _RETOLD or (seen.figures and seen.alike >= SIMILAR):
        return "its words, and no more is told"
    if seen.when == "other day":
        return ""
    if seen.where == "same" and seen.when == "near" and not event.claims:
        return "the same place within hours, and no figure"
    if hit and (seen.when != "far" or seen.alike >= _SLIGHT):
        return "the same was hit, and no more is told"
    return ""


def _differs(event: Event, story: Story, seen: Seen) -> bool:
    """Whether what is told a day after a story is of the next attack: other figures, or arms."""
    kinds = {*event.kinds, *story.kinds}
    clash = not set(event.kinds) & set(story.kinds) and not kinds & {"other", "ground"}
    return not seen.figures if event.claims else clash


def one_attacker(event: Event, story: Story) -> bool:
    """Whether a report and a story name an attacker in common."""
    return bool(set(event.attackers) & set(story.attackers))
