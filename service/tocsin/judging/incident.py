"""The figures of one incident: one for each indicator, and one more for each other kind or side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tocsin.judging.doubled import told_as_total
from tocsin.judging.draft import Draft
from tocsin.judging.edit import before_edit
from tocsin.judging.event import Event, is_old
from tocsin.judging.figure import slim
from tocsin.judging.geography import fine
from tocsin.judging.happening import FigureHeard, Quiet
from tocsin.judging.interval import level, like
from tocsin.judging.memory import Known
from tocsin.judging.occasion import occasion
from tocsin.judging.outside import crime
from tocsin.judging.subject import UNATTRIBUTED, incident_subject
from tocsin.reading.facts import INDICATORS, Claim, Indicator

_KEPT = 24  # figures a story remembers
_OPENING = 400  # characters: what such a page is about stands so near its beginning


def figures_of(draft: Draft, event: Event, story_id: str) -> Iterator[FigureHeard]:
    """The figures that an event brings to its story: all are known, those that are news heard."""
    dead = _main(draft, event.claims, "killed")
    for indicator in INDICATORS:
        for claim in _main(draft, event.claims, indicator) if indicator != "killed" else dead:
            if indicator != "killed" and _of_others(claim, dead, event.claims):
                subject = incident_subject(story_id, indicator)
                draft.silent("unspecific", subject=subject, detail="it goes with other dead")
                continue
            _note_others(draft, event, claim, story_id)
            heard = _heard(draft, event, claim, story_id)
            _know(draft, heard, story_id)
            background = _background(draft, event, heard)
            if background is not None:
                draft.silent(
                    background.silence,
                    subject=heard.subject,
                    entry=heard.entry,
                    detail=background.detail,
                )
            else:
                yield heard


def _note_others(draft: Draft, event: Event, claim: Claim, story_id: str) -> None:
    """Enter in the ledger what others say of the figure that is told: "43, says the radio"."""
    subject = incident_subject(story_id, claim.indicator)
    mine = draft.names.claimant(claim.claimant).id
    for other in event.claims:
        who = draft.names.claimant(other.claimant)
        same = other.indicator == claim.indicator and like(other.victims, claim.victims)
        if same and who.id not in (mine, UNATTRIBUTED) and not (other.part_of or other.increment):
            entry = draft.enter(subject, other, who)
            detail = f"{other.claimant} says {level(other)}, in the same report"
            draft.silent("corroborated", subject=subject, entry=entry, detail=detail)


def _heard(draft: Draft, event: Event, claim: Claim, story_id: str) -> FigureHeard:
    who = draft.names.claimant(claim.claimant)
    subject = incident_subject(story_id, claim.indicator)
    before = [
        level(figure.claim)
        for figure in draft.stories[story_id].figures
        if figure.subject == subject and like(figure.claim.victims, claim.victims)
    ]
    return FigureHeard(
        subject=subject,
        entry=draft.enter(subject, claim, who),
        claim=claim,
        who=who,
        said=draft.said,
        report=draft.report.id,
        publisher=draft.publisher.family,
        story=story_id,
        places=event.places,
        claims=(*event.claims, *_dead(draft, story_id)),
        before=before_edit(draft, claim, who),
        known=tuple(number for number in before if number is not None),
        old=is_old(event, draft.now),
    )


def _dead(draft: Draft, story_id: str) -> tuple[Claim, ...]:
    """The most dead a story has told of: its level holds for what else changes in it."""
    told = [
        one.claim
        for one in draft.stories[story_id].told
        if one.claim is not None and one.claim.indicator == "killed" and one.status != "gone"
    ]
    return tuple(sorted(told, key=lambda claim: level(claim) or 0)[-1:])


def _know(draft: Draft, heard: FigureHeard, story_id: str) -> None:
    story = draft.stories[story_id]
    claim = slim(heard.claim)
    known = Known(heard.subject, claim, heard.who.id, draft.said, heard.entry, heard.report)
    draft.keep_story(replace(story, figures=(*story.figures, known)[-_KEPT:]))


def _background(draft: Draft, event: Event, heard: FigureHeard) -> Quiet | None:
    """Why a figure is too little to be told of as one incident's; None if it is enough.

    Hundreds dead somewhere in a country, on no day and in no attack, are background. So is a figure
    further down in a report of something else: of no attack, and with nobody named for it; and one
    of a live page or an explainer that names no place: it may be of any incident in it. What was
    told of before goes on, and what an edit has moved is what its report is about.
    """
    vague = _vague(draft, event, heard)
    if vague:
        return Quiet("unspecific", vague)
    if _goes_on(draft, heard):
        return None
    if told_as_total(draft, heard.claim):
        return Quiet("corroborated", "as many were told as a running total")
    return occasion(draft.report, event)


def _vague(draft: Draft, event: Event, heard: FigureHeard) -> str:
    """What a figure lacks; empty if it lacks nothing."""
    claim = heard.claim
    vague = claim.value is None and claim.bound == "approx"
    anywhere = not any(fine(place) for place in event.places)
    if vague and anywhere and not event.stated and not event.strikes:
        return "a vague figure of no place and no day"
    headed = claim.field == "title" or not draft.report.title
    if draft.reading.genre != "news" and not headed and _is_listed(claim):
        return "one of many figures of a page that goes on or explains, and of no place"
    if _goes_on(draft, heard):
        return ""
    moved = heard.before is not None and level(heard.before) != level(claim)
    if not (headed or moved or event.strikes or claim.claimant):
        return "in passing: no attack is told, nobody is named, and it is not in the title"
    if not (moved or event.places or event.strikes):
        return "no place is given"
    return crime(event)


def _goes_on(draft: Draft, heard: FigureHeard) -> bool:
    """Whether a figure is one of a story told of before, or of those who fled."""
    story = draft.stories[heard.story] if heard.story else None
    return bool(story and story.told) or heard.claim.indicator == "displaced"


def _is_listed(claim: Claim) -> bool:
    """Whether a figure stands below the opening of its text and nowhere in particular."""
    return claim.place is None and claim.start >= _OPENING


def _of_others(claim: Claim, dead: list[Claim], claims: tuple[Claim, ...]) -> bool:
    """Whether a figure belongs with other dead than those told.

    21 of theirs died, and three of ours were hurt where two of ours had died before. Who was taken
    and killed is told as killed.
    """
    if claim.indicator == "captured":
        same = [(one.field, one.start) for one in claims if one.indicator == "killed"]
        return (claim.field, claim.start) in same
    if claim.side is None or not dead:
        return False
    if any(one.side in (None, claim.side) for one in dead):
        return False
    return any(one.indicator == "killed" and one.side == claim.side for one in claims)


def _main(draft: Draft, claims: tuple[Claim, ...], indicator: Indicator) -> list[Claim]:
    toll = draft.reading.toll.get(indicator)
    totals = [
        claim
        for claim in claims
        if claim.indicator == indicator and claim.part_of is None
        if not (claim.increment or claim.either)
    ]

    def preference(claim: Claim) -> tuple[bool, bool, bool, int, bool]:
        answers = toll is not None and claim.low is not None and claim.low == toll.low
        # Of what several count, the report leads with the one it trusts.
        headed = None not in (claim.value, claim.claimant) and claim.field == "title"
        headed = headed and not any(
            one.claimant == claim.claimant and (level(one) or 0) > (level(claim) or 0)
            for one in totals
        )
        number = level(claim) or 0
        return not claim.attackers, headed, answers, number, claim.claimant is not None

    chosen: list[Claim] = []
    for claim in sorted(totals, key=preference, reverse=True):
        side = draft.names.claimant(claim.claimant).side
        rivals = [
            one
            for one in chosen
            if like(one.victims, claim.victims)
            and (side is None or draft.names.claimant(one.claimant).side in (None, side))
        ]
        if not rivals and (level(claim) or 0) > 0:
            chosen.append(claim)
    return chosen[:3]
