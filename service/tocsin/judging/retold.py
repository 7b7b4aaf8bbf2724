"""Whether what a report has of an attack was told before, in other words.

An attack is mourned, condemned and explained for days. Such a report is known by its title and by
what it lacks: a figure that is new. And one in doubt that has only the figures of the other is the
other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from tocsin.judging.chronology import ONE_WAVE, OPEN
from tocsin.judging.event import Event
from tocsin.judging.geography import agreement, fine
from tocsin.judging.interval import level, like
from tocsin.judging.memory import Story
from tocsin.judging.tallies import figures_agree, no_more, one_off
from tocsin.reading.facts import Claim

#: What is said of an attack once it is known: by those it befell, who answer it, who study it, who
#: mend what it broke.
_AFTERWARDS = re.compile(
    r"\b(?:mourn(?:s|ed|ing|ers)?|grie(?:f|ves?|ving)|funerals?|memorials?|relatives of|outrage"
    r"|condemn(?:s|ed|ation)?|analysts?|experts?|explained|inspectors?|cause of"
    r"|investigat\w+|prob(?:es|ing)"
    r"|touring|tours|embed(?:s|ded) with|(?:see|goes) inside|survivors?"
    r"|summon(?:s|ed)|warns|urge[sd]|vow(?:s|ed)|advise[sd]?|calls? (?:for|on)|apologi[sz]e[sd]?"
    r"|demand(?:s|ed)|celebrates?|respond(?:s|ed) after|(?:days?|weeks?|months?) after"
    r"|restored|restoring|restores? power|rebuild(?:s|ing)?|repairs?|reopen(?:s|ed)?|resilien\w+"
    r"|hunts?|hunted|manhunt|arrest(?:s|ed)?|detain(?:s|ed)?|charged|named as|identified"
    r"|gives? birth|buri(?:es|ed|al)|laid to rest|recover(?:s|ing)|reunited|returns? home"
    r"|residents without|blame each other)\b",
    re.IGNORECASE,
)


def aftermath(title: str, event: Event, stories: Iterable[Story]) -> str:
    """Why a strike is the occasion of its report and no news; empty if it may be new.

    Its title says what came after, and within 72 hours of it `stories`, those known before this
    report, had an attack told in the same place or area, with the figures of the report if any.
    """
    if not _AFTERWARDS.search(title):
        return ""
    known = (story for story in stories if not event.claims or _same_toll(event, story))
    # Who attacked a town on a day that is given, and is not named in the story, attacked anew.
    anew = set(event.attackers) if event.stated and any(map(fine, event.places)) else set()
    known = (story for story in known if not anew or anew & set(story.attackers))
    before = next((story for story in known if _occasion(event, story)), None)
    return f"its title is of what came after: {before.title}" if before else ""


def _same_toll(event: Event, story: Story) -> bool:
    return figures_agree(event.claims, story) > 0 and no_more(event.claims, story)


def nothing_else(event: Event, story: Story) -> bool:
    """Whether a report without a finer place gives figures, and they are the story's.

    That is all of them; where no place is given at all, the dead of one attacker and kind within
    hours, give or take one. One dead is said of too many attacks to know one by, unless it says of
    whom.
    """
    if any(fine(place) for place in event.places) or event.said - story.last > OPEN:
        return False
    alike = set(event.attackers) & set(story.attackers) and set(event.kinds) & set(story.kinds)
    if (
        alike
        and not event.places
        and event.said - story.last <= ONE_WAVE
        and one_off(event.claims, story)
    ):
        return True
    telling = any((level(one) or 0) > 1 or one.victims != "people" for one in event.claims)
    return telling and all(_is_known(one, story) for one in event.claims)


def _is_known(claim: Claim, story: Story) -> bool:
    return any(
        known.claim.indicator == claim.indicator
        and level(known.claim) == level(claim)
        and like(known.claim.victims, claim.victims)
        for known in story.figures
    )


def _occasion(event: Event, story: Story) -> bool:
    if not (story.struck and story.told) or event.theatre != story.theatre:
        return False
    if event.said - story.last > OPEN:
        return False
    if event.attackers and story.attackers and not set(event.attackers) & set(story.attackers):
        return False
    return agreement(event.places, story.places) in ("same", "coarse")
