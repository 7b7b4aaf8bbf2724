"""One line that says what changed, who says so, how many origins there are, and who denies it."""

from __future__ import annotations

import re
from typing import assert_never

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
from tocsin.reading.facts import Claim, Place, Strike

_LONGEST = 220
_VAGUE = re.compile(
    r"\b(?:(?:tens|hundreds) of thousands|thousands|hundreds|scores|dozens|several|a few|many)\b",
    re.IGNORECASE,
)
_KINDS = {
    "air": "Air strike",
    "missile": "Missile strike",
    "drone": "Drone strike",
    "artillery": "Shelling",
    "ground": "Attack",
    "bombing": "Bombing",
    "other": "Attack",
}
_STATUSES = {
    "proposed": "proposed",
    "agreed": "agreed",
    "in_effect": "in effect",
    "extended": "extended",
    "delayed": "delayed",
    "violated": "violated",
    "suspended": "suspended",
    "expired": "expired",
    "collapsed": "collapsed",
    "rejected": "rejected",
}


def headline(draft: Draft, telling: Telling) -> str:
    """The line for people; claims stay claims."""
    happening = telling.happening
    story = draft.stories.get(getattr(happening, "story", None) or "")
    match happening:
        case StrikeReported():
            line = _strike(happening, telling.changes, story)
        case FigureHeard():
            line = _figure(draft, happening, telling.changes, story)
        case FigureGone():
            line = _gone(happening)
        case StoryConfirmed():
            count = independent(story.origins) if story else 1
            line = f"Confirmed by {count} independent origins: {story.title if story else ''}"
        case StoryMerged(into=into):
            line = f"The same as told before: {draft.stories[into].title}"
        case TruceStep():
            line = _truce(draft, happening)
        case WordsHeard():
            words = ", ".join(dict.fromkeys(hit.quote for hit in telling.found[:3]))
            line = f"“{words}” in: {draft.report.title or draft.report.text[:120]}"
        case _:
            assert_never(happening)
    line = " ".join(line.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1].rstrip() + "…"


def number(claim: Claim) -> str:
    """A claim's figure in words as short as it can be truthfully: "at least 1,068", "35–44"."""
    if claim.value is not None:
        lead = {"exact": "", "at_least": "at least ", "at_most": "up to ", "approx": "about "}
        return f"{lead[claim.bound]}{claim.value:,}"
    vague = _VAGUE.search(claim.quote) if claim.bound == "approx" else None
    if vague is not None:
        return vague.group().casefold()
    if claim.low is not None and claim.high is not None:
        return f"{claim.low:,}–{claim.high:,}"
    if claim.low is not None:
        return f"at least {claim.low:,}"
    return f"up to {claim.high:,}" if claim.high is not None else "an unknown number"


def _strike(strike: StrikeReported, changes: tuple[Change, ...], story: Story | None) -> str:
    where = strike.strike.place or _where(strike.places)
    line = _KINDS[strike.strike.kind] + (f" on {where}" if where else "")
    if strike.strike.attacker:
        verb = "blamed on" if strike.strike.stance == "accused" else "by"
        line += f" {verb} {strike.strike.attacker}"
    if changes:
        line += ": " + ", ".join(_amount(change) for change in changes)
    if strike.possibly is not None:
        line += " (possibly the same as one told before)"
    return line + _who_says(strike.strike, story)


def _figure(
    draft: Draft, heard: FigureHeard, changes: tuple[Change, ...], story: Story | None
) -> str:
    theatre = draft.rulebook.theatres.get(draft.theatre)
    wide = theatre.name if theatre and heard.claim.basis == "cumulative" else None
    where = heard.claim.place or wide or _where(heard.places)
    speaker = heard.claim.claimant
    line = (f"{speaker}: " if speaker else "") + ", ".join(_amount(change) for change in changes)
    line += f" ({where})" if where else ""
    marks = [change.mark for change in changes if change.mark]
    if marks:
        line += f" — {marks[0]}"
    return line + _confirmed(story if heard.subject.startswith("story/") else None)


def _amount(change: Change) -> str:
    claim = change.after
    who = "" if claim.victims == "people" else f" {claim.victims}"
    line = f"{claim.indicator}{who} "
    if change.before is None:
        return line + number(claim)
    match change.reason:
        case "claimants_diverge":
            before = change.before.claimant or "others"
            return line + f"{number(claim)}, {before} says {number(change.before)}"
        case _:
            moved = f" ({change.delta:+,})" if change.delta else ""
            return line + f"{number(change.before)} → {number(claim)}{moved}"


def _gone(gone: FigureGone) -> str:
    claim = gone.claim
    return f"Taken back: {claim.indicator} {number(claim)} is no longer in the report"


def _truce(draft: Draft, step: TruceStep) -> str:
    theatre = draft.rulebook.theatres.get(draft.theatre)
    names = {party.id: party.name for party in theatre.parties} if theatre else {}
    parties = "–".join(
        names.get(one, one.removeprefix("other:").replace("-", " ").title())
        for one in step.after.parties
        if one != "other:unknown"
    )
    line = f"Ceasefire {_STATUSES[step.status]}: {parties}"
    if step.after.number > 1:
        line += f" (truce no. {step.after.number})"
    if step.ceasefire.violator:
        line += f", by {step.ceasefire.violator}"
    if step.status == "agreed" and step.ceasefire.status == "in_effect":
        line += ", one side's announcement"
    if step.ceasefire.broker:
        line += f", brokered by {step.ceasefire.broker}"
    if step.truce is not None:
        line += f" (was {_STATUSES.get(step.truce.status, step.truce.status)})"
    return line + (f", says {step.ceasefire.claimant}" if step.ceasefire.claimant else "")


def _who_says(strike: Strike, story: Story | None) -> str:
    verb = {"asserted": "says", "accused": "accuses", "denied": "denies"}[strike.stance]
    said = f", {strike.claimant} {verb}" if strike.claimant else ""
    return said + _confirmed(story)


def _confirmed(story: Story | None) -> str:
    if story is None:
        return ""
    count = independent(story.origins)
    line = f"; {count} origins" if count > 1 else ""
    return line + (f"; denied by {', '.join(story.denied_by[:2])}" if story.denied_by else "")


def _where(places: tuple[Place, ...]) -> str | None:
    names = [place.name for place in places if fine(place)] or [place.name for place in places]
    return ", ".join(names[:2]) or None
