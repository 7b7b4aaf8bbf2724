"""One line that says what changed, who says so, how many origins there are, and who denies it."""

from __future__ import annotations

import re
from typing import assert_never

from tocsin.judging.counts_told import amounts, by_speaker, counted_by, of_one_word
from tocsin.judging.deed import deed_of
from tocsin.judging.draft import Draft
from tocsin.judging.geography import fine
from tocsin.judging.happening import (
    Change,
    FigureGone,
    FigureHeard,
    StoryConfirmed,
    StoryMerged,
    StrikeReported,
    TruceStep,
    WordsHeard,
)
from tocsin.judging.memory import Story
from tocsin.judging.origins import independent
from tocsin.judging.telling import Telling
from tocsin.judging.truce_line import truce_line
from tocsin.judging.wording import amount, in_text, says
from tocsin.reading.actors import is_common
from tocsin.reading.facts import Place
from tocsin.reading.theatre import Theatre

_LONGEST = 220
_LANDS = ("country", "region")
#: Nobody attacks a sea: ships in it are.
_WATERS = re.compile(r"\b(?:Sea|Gulf|Strait|Ocean|Channel)\b")
#: Two who accuse each other have not accused anybody else together.
_EACH_OTHER = re.compile(r"\b(?:each other|one another)\b|\btrad(?:e[sd]?|ing) (?:accus|blame)")


def headline(draft: Draft, telling: Telling) -> str:
    """The line for people; claims stay claims."""
    happening = telling.happening
    story = draft.stories.get(getattr(happening, "story", None) or "")
    match happening:
        case StrikeReported():
            line = _strike(draft, happening, telling.changes, story)
        case FigureHeard():
            line = _figure(draft, happening, telling.changes, story)
        case FigureGone():
            line = _gone(happening)
        case StoryConfirmed():
            count = independent(story.origins) if story else 1
            line = f"Confirmed by {count} independent origins: {story.title if story else ''}"
        case StoryMerged(story=younger, into=into):
            titles = (draft.stories[one].title for one in (into, younger))
            line = f"Told as two, and one event: {' | '.join(dict.fromkeys(titles))}"
        case TruceStep():
            line = truce_line(draft, happening)
        case WordsHeard():
            words = ", ".join(dict.fromkeys(hit.quote for hit in telling.found[:3]))
            line = f"“{words}” in: {draft.report.title or draft.report.text[:120]}"
        case _:
            assert_never(happening)
    line = " ".join(line.split())
    line = line[:1].upper() + line[1:]
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1].rstrip() + "…"


def _strike(
    draft: Draft, reported: StrikeReported, changes: tuple[Change, ...], story: Story | None
) -> str:
    strike = reported.strike
    where = strike.place or (None if _is_digest(draft) else _where(reported.places))
    if strike.bare and changes:  # that it was an attack nobody says
        said = says(counted_by(changes, strike), strike.stance)
        line = amounts(of_one_word(changes))
        line += f" ({'near ' if strike.near else ''}{where})" if where else ""
        return line + said + _again(reported) + _confirmed(story)
    line = _struck(reported, changes, where)
    said = says(strike.claimant, strike.stance)
    if not strike.attacker and strike.stance == "accused" and _EACH_OTHER.search(strike.quote):
        said = f", as {in_text(strike.claimant or 'both sides')} accuse each other"
    if strike.attacker and strike.stance == "accused":
        line += f" blamed on {in_text(strike.attacker)}"
        line += f" by {in_text(strike.claimant)}" if strike.claimant else ""
        said = ""
    elif strike.attacker and strike.suspected:
        line += f", {in_text(strike.attacker)} suspected"
    elif strike.attacker:
        line += f" by {in_text(strike.attacker)}"
    if changes:
        changes = of_one_word(changes)
        counter = counted_by(changes, strike)
        if said and counter is None:  # who tells of the attack need not be who counted
            line, said = line + said, ""
        elif counter != strike.claimant:
            said = says(counter, "asserted")
        line += f": {amounts(changes, draft.reading.claims)}"
    elif strike.intercepted and not strike.downed:
        flew = strike.kind in ("air", "missile", "drone", "artillery")
        line += ", intercepted" if flew else ", foiled"
    return line + said + _again(reported) + _confirmed(story)


def _again(reported: StrikeReported) -> str:
    return " (possibly the same as one told before)" if reported.possibly is not None else ""


def _is_digest(draft: Draft) -> bool:
    """Whether a report tells of several events, and another's place may stand beside this one."""
    return draft.reading.genre != "news" and sum(map(fine, draft.reading.places)) > 1


def _struck(reported: StrikeReported, changes: tuple[Change, ...], where: str | None) -> str:
    """What was done, and where; of a figure of several places its text's own words."""
    strike = reported.strike
    deed, at = deed_of(strike)
    if where is None or where == strike.attacker:
        return deed  # no place of the attack, but whose it was
    site = any(one.name == where and one.precision == "site" for one in reported.places)
    at = "near" if strike.near else "at" if at == "in" and site else at
    wide = any(one.name == where and one.precision in _LANDS for one in reported.places)
    doer = strike.attacker
    if _WATERS.search(where):
        at = "in"
    elif at == "on" and wide and (doer is None or is_common(doer) or where in doer):
        at = "in"  # robbers who attack a convoy attack no country, nor does its own army
    told = [one.after.whereabouts for one in changes if one.after.place == where]
    places = next((words for words in told if words and not words.startswith("near ")), where)
    return f"{deed} {at} {places}"


def _figure(
    draft: Draft, heard: FigureHeard, changes: tuple[Change, ...], story: Story | None
) -> str:
    theatre = draft.rulebook.theatres.get(draft.theatre)
    wide = None
    if theatre and heard.claim.basis == "cumulative":
        wide = _of_its_health_ministry(draft, heard.claim.claimant, theatre)
        homes = (one.home[0] for one in theatre.parties if one.home and one.id == heard.who.side)
        wide = wide or next(homes, None) or _wide(theatre, draft)
    where = heard.claim.whereabouts or heard.claim.place or wide or _where(heard.places)
    speaker = heard.claim.claimant
    own, others = by_speaker(draft, changes, speaker)
    line = (f"{in_text(speaker)}: " if speaker else "") + amounts(own, draft.reading.claims)
    line += f" ({where})" if where else ""
    for name, said in others.items():
        line += f"; {in_text(name)}: {amounts(tuple(said))}"
    marks = [change.mark for change in changes if change.mark]
    if marks:
        line += f" — {marks[0]}"
    return line + _confirmed(story if heard.subject.startswith("story/") else None)


def _gone(gone: FigureGone) -> str:
    return f"Taken back: {amount(gone.claim)}, no longer in the report"


def _confirmed(story: Story | None) -> str:
    if story is None:
        return ""
    count = independent(story.origins)
    line = f"; {count} origins" if count > 1 else ""
    deniers = ", ".join(in_text(name) for name in story.denied_by[:2])
    return line + (f"; denied by {deniers}" if deniers else "")


def _of_its_health_ministry(draft: Draft, speaker: str | None, theatre: Theatre) -> str | None:
    """The land or town that a health ministry is named after: it counts the dead of no other."""
    name = speaker or ""
    if "health" not in name.casefold():
        return None
    lands = [*(place.name for place in draft.reading.places), *_lands(theatre)]
    return next((land for land in lands if land in name), None)


def _wide(theatre: Theatre, draft: Draft) -> str | None:
    """A war's name; of one in several lands only the lands that the report tells of."""
    lands = _lands(theatre)
    if len(lands) == 1:
        return theatre.name
    own = {place[3] for place in theatre.places}
    countries = [place for place in draft.reading.places if place.precision == "country"]
    named = [place.name for place in countries if place.country in own or place.name in lands]
    return ", ".join(dict.fromkeys(named)) or None


def _lands(theatre: Theatre) -> list[str]:
    return re.split(r", | and (?:the )?", theatre.name)


def _where(places: tuple[Place, ...]) -> str | None:
    names = [place.name for place in places if fine(place)] or [place.name for place in places]
    return ", ".join(names[:2]) or None
