"""Which story an event belongs to: the newness of a strike, and how a story grows."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Literal

from tocsin.judging.again import SIMILAR, Seen, one_attacker, redated, retells
from tocsin.judging.chronology import moment
from tocsin.judging.event import Event
from tocsin.judging.geography import agreement, fine, place_words, same_name
from tocsin.judging.lookup import story_keys
from tocsin.judging.memory import Story
from tocsin.judging.next_attack import next_attack
from tocsin.judging.tallies import LARGE, close_tolls, figures_agree, fit, risen
from tocsin.judging.traits import Rarity, join_traits, trait_keys
from tocsin.reading.report import Report

#: So much of the names and numbers in common, and two reports tell of one event.
_ALIKE = 0.3
#: So long after its last report a story's town is as well that of the next attack.
_NEXT = timedelta(hours=36)
_SPOTS = 64  # keys of places and days that a story keeps
_KEPT = 32  # of each collection of a story
_LINKS = 3  # merges that are followed

Kinship = Literal["same", "doubt", "different"]


@dataclass(frozen=True, slots=True)
class Likeness:
    """How an event stands to a story: whether it is the same, how strongly, and why.

    `firm`: what agrees is no absence of news, so that the report confirms the story.
    """

    kinship: Kinship
    score: float
    why: str
    firm: bool = True


def choose(
    event: Event, stories: tuple[Story, ...], report: str = ""
) -> tuple[Story | None, Likeness | None]:
    """The story an event joins, else the one it is possibly the same as, else none."""
    best: tuple[Story, Likeness] | None = None
    rarity = Rarity(event.words, (story.words for story in stories))
    for story in stories:
        found = likeness(event, story, rarity, report)
        heir = _heir(story, stories)
        if found.kinship == "different" or heir is None:
            continue
        if best is None or _rank(found) > _rank(best[1]):
            best = (heir, found)
    return best or (None, None)


def _heir(story: Story, stories: tuple[Story, ...]) -> Story | None:
    """Where a story goes on: in itself, or in the one it was merged into, if that is recalled."""
    for _ in range(_LINKS):
        if not story.merged:
            return story
        older = next((one for one in stories if one.id == story.merged), None)
        if older is None:
            return None
        story = older
    return None


def likeness(event: Event, story: Story, rarity: Rarity, report: str = "") -> Likeness:
    """Compare by theatre, place, time, attacker, kind, figures and words, in that order.

    An edit (`report` is in the story already) is
    in doubt the same.
    """
    where = agreement(event.places, story.places)
    # One town is one, whichever war a report counts it to.
    if event.theatre and story.theatre and event.theatre != story.theatre and where != "same":
        return Likeness("different", 0, "another theatre")
    when = moment(event, story)
    if when == "apart":
        return Likeness("different", 0, "another day")
    if where == "apart" and when in ("same", "near") and _is_there(event, story):
        where = "same"
    if where == "apart":
        return Likeness("different", 0, "another place")
    figures = figures_agree(event.claims, story)
    alike = rarity.resemblance(story.words, _own_words(event, story, figures))
    seen = Seen(where, when, alike, figures)
    another = event.attackers and story.attackers and not one_attacker(event, story)
    # each side may blame the other: the same toll at the same place at the same time is one event
    enough = 1 if where == "same" else LARGE
    if another and not (seen.figures >= enough and when in ("same", "near")):
        return Likeness("different", 0, "another attacker")
    after = "" if report in story.reports else next_attack(event, story, seen)
    if after:
        return Likeness("different", 0, after)
    found = _decide(event, story, seen)
    score = _score(event, story, seen)
    again = "" if found.kinship == "same" else retells(event, story, seen)
    if again:
        return Likeness("same", score, again, firm=False)
    if found.kinship == "doubt" and report in story.reports:
        return Likeness("same", score, "the report is of this story, and nothing speaks against it")
    return replace(found, score=score)


def _own_words(event: Event, story: Story, figures: int) -> frozenset[str]:
    """The words of a place, where they show nothing: days later, with a figure of its own."""
    hit = set(event.targets) & set(story.targets)
    if event.said - story.last <= _NEXT or figures or hit or not (event.titled and event.claims):
        return frozenset()
    return place_words(event.places)


def _score(event: Event, story: Story, seen: Seen) -> float:
    return (
        {"same": 3.0, "coarse": 1.0, "unknown": 0.0, "apart": 0.0}[seen.where]
        + {"same": 2.0, "near": 1.5}.get(seen.when, 0.0)
        + (1.0 if one_attacker(event, story) else 0.0)
        + (1.5 if seen.figures else 0.0)
        + fit(event.claims, story)
        + 4.0 * seen.alike
    )


def _decide(event: Event, story: Story, seen: Seen) -> Likeness:
    struck_again = bool(event.strikes) and story.struck
    kinds = set(event.kinds) & set(story.kinds)
    any_kind = "other" in {*event.kinds, *story.kinds}
    clash = struck_again and not kinds and not any_kind
    akin = seen.figures > 0 or seen.alike >= SIMILAR
    if seen.when == "other day":
        why = redated(event, story, seen)
        return Likeness("same" if why else "different", 0, why or "another day")
    if seen.alike >= _ALIKE:
        return Likeness("same", 0, "the same names and numbers")
    if seen.when == "past":
        retold = seen.where == "same" and seen.figures >= LARGE
        why = "a large figure of the same place, told again" if retold else "too long ago"
        return Likeness("same" if retold else "different", 0, why)
    if seen.where == "same":
        if seen.when == "same" or (seen.when == "near" and not clash):
            return Likeness("same", 0, f"the same place, {seen.when} in time")
        nearly = not clash and (close_tolls(event.claims, story) or risen(event.claims, story))
        if akin or nearly or not struck_again:
            return Likeness("same", 0, "the same place, and figures or words agree")
        return Likeness("doubt", 0, "the same place, no time stated")
    if seen.figures >= LARGE:
        return Likeness("same", 0, "a large figure is the same")
    if seen.when in ("same", "near") and not clash and close_tolls(event.claims, story):
        return Likeness("same", 0, "a large toll within hours is nearly the same")
    if seen.where == "coarse":
        if seen.figures and seen.when != "far" and one_attacker(event, story):
            return Likeness("same", 0, "the same area, attacker and figures")
        if seen.when == "near" and not clash and akin:
            return Likeness("same", 0, "the same area, figures or words agree")
        if seen.figures and kinds:
            return Likeness("same", 0, "the same area, kind and figures")
        if seen.when != "far" and one_attacker(event, story):
            return Likeness("doubt", 0, "the same area and attacker, and no finer place")
        if seen.figures and seen.alike >= SIMILAR:
            return Likeness("same", 0, "figures and words agree")
        doubtful = struck_again and seen.when != "far"
        return Likeness("doubt" if doubtful else "different", 0, "only the area is the same")
    if seen.alike >= SIMILAR and (seen.figures or seen.when != "far"):
        return Likeness("same", 0, "no place given, words agree")
    if struck_again and kinds and seen.when != "far":
        return Likeness("doubt", 0, "no place given, the same kind at the same time")
    if struck_again and seen.figures and not clash:
        return Likeness("doubt", 0, "no place given, the same figures")
    return Likeness("different", 0, "no place given")


def found_story(report: Report, event: Event, number: int) -> Story:
    """A new story, named after its founding report (`number`: which of its events)."""
    seed = f"{report.id}\n{report.version}\n{number}\n{','.join(event.days)}"
    return Story(
        id=hashlib.sha256(seed.encode()).hexdigest()[:16],
        theatre=event.theatre,
        founded=event.said,
        last=event.said,
        title=title_of(report),
        titled=event.titled,
    )


def title_of(report: Report) -> str:
    """By what a reader knows the report again, at most 200 characters."""
    return report.title[:200] or (report.summary or report.text)[:120]


def grow(story: Story, event: Event, report: Report) -> Story:
    """The story with this report's event in it."""
    days = tuple(dict.fromkeys((*story.days, *event.days)))
    if event.stated and not story.stated:
        days = event.days
    elif story.stated and not event.stated:
        days = story.days
    words = join_traits(story.words, event.words)
    spots = (key for key in story.keys if not key.startswith("word:"))
    return replace(
        story,
        theatre=story.theatre or event.theatre,
        last=max(story.last, event.said),
        title=story.title if story.titled or not event.titled else title_of(report),
        titled=story.titled or event.titled,
        keys=(*tuple(dict.fromkeys((*spots, *story_keys(event))))[:_SPOTS], *trait_keys(words)),
        places=tuple(dict.fromkeys((*story.places, *event.places)))[:_KEPT],
        days=days[:4],
        stated=story.stated or event.stated,
        overnight=story.overnight or event.overnight,
        attackers=tuple(dict.fromkeys((*story.attackers, *event.attackers)))[:4],
        kinds=tuple(dict.fromkeys((*story.kinds, *event.kinds))),
        struck=story.struck or bool(event.strikes),
        reports=tuple(dict.fromkeys((*story.reports, report.id)))[-_KEPT:],
        words=words,
        targets=tuple(dict.fromkeys((*story.targets, *event.targets)))[:_KEPT],
    )


def _rank(found: Likeness) -> float:
    return found.score + (1.0 if found.kinship == "same" else 0.0)


def _is_there(event: Event, story: Story) -> bool:
    """Whether a report that seems to be of elsewhere is of the story's place.

    It names that place and gives its large figure, or what was hit there is called after the town.
    """
    known = [place for place in story.places if fine(place)]
    if figures_agree(event.claims, story) >= LARGE:
        return any(same_name(one, two) for one in event.named for two in known)
    if not (set(event.targets) & set(story.targets) and set(event.kinds) & set(story.kinds)):
        return False
    return any(same_name(one, two) for one in event.places if fine(one) for two in known)
