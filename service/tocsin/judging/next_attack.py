"""Why a report tells of the next attack at a place, and not again of the one before.

A town that is shelled is shelled again, and the words and the numbers of two attacks on it are much
the same. What parts them is who attacked, how, and how much later it is told.
"""

from __future__ import annotations

from datetime import timedelta

from tocsin.judging.again import Seen
from tocsin.judging.event import Event
from tocsin.judging.memory import Story
from tocsin.judging.tallies import LARGE, dead, dead_of

#: So long after a story's last report, an attacker who is not of it has made another attack.
_LATER = timedelta(hours=36)
#: So much of the names and numbers in common, and a wide area may still be the story's place.
_ALIKE = 0.3
#: What is fired from afar is often called by the name of something else that is.
_HANDS = {"air": "afar", "missile": "afar", "drone": "afar", "artillery": "guns", "bombing": "bomb"}


def next_attack(event: Event, story: Story, seen: Seen) -> str:
    """Why an event is an attack after a story's; empty if nothing shows that it is.

    Its title must tell of an attack, more than 12 hours later, and it must give a figure: a video
    of an attack has none. What was hit, or a large figure of the same place, holds them together.
    """
    if seen.when not in ("far", "past") or not (story.struck and event.claims):
        return ""
    if not any(strike.field == "title" for strike in event.strikes):
        return ""
    if set(event.targets) & set(story.targets):
        return ""
    if seen.where == "same" and seen.figures >= LARGE:
        return ""
    heard, told = dead(event.claims), dead_of(story)
    fewer = 0 < heard < told and not seen.figures
    if _clash(event, story, far_fewer=fewer and 2 * heard < told):
        return "another kind of attack, hours later"
    if event.said - story.last < _LATER or not event.attackers or story.attackers:
        return ""
    if fewer or (seen.figures and seen.where != "same" and seen.alike < _ALIKE):
        return "an attacker that its story does not know, a day later, and another toll or place"
    return ""


def _clash(event: Event, story: Story, *, far_fewer: bool) -> bool:
    """Whether nothing that attacked here attacked there; a loose word ("attack") may be anything.

    Where far fewer died, a missile is no drone either.
    """
    here, there = set(event.kinds), set(story.kinds)
    if here & there or not here <= _HANDS.keys() or not there <= _HANDS.keys():
        return False
    return far_fewer or {_HANDS[one] for one in here}.isdisjoint(_HANDS[one] for one in there)
