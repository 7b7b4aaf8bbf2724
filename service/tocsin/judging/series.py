"""The running totals of a theatre: one series for each claimant, and a board of what was told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from tocsin.judging.doubled import told_as_incident
from tocsin.judging.draft import Draft
from tocsin.judging.edit import before_edit
from tocsin.judging.event import OLD, Event, alertable
from tocsin.judging.figure import one_side, slim
from tocsin.judging.geography import fine
from tocsin.judging.happening import FigureHeard
from tocsin.judging.interval import level, like, relate
from tocsin.judging.memory import Series
from tocsin.judging.subject import NO_THEATRE, UNATTRIBUTED, Who, board_subject, series_subject
from tocsin.reading.facts import INDICATORS, Claim

#: A number of a title, in figures: "1,000", "2.5 million", "3m".
_NUMBER = re.compile(r"\b(\d+(?:,\d{3})*)(?:\.(\d+))?(?: ?(million|m)\b)?")
_LARGE = 50  # dead or wounded; a running total of fewer is told as any incident
_LEVELS = 32  # levels and steps a series remembers


def recount(draft: Draft) -> None:
    """A large figure of no finer place that continues a running total is one of it."""
    events = []
    for event in draft.events:
        running = [claim for claim in event.claims if _continues(draft, event, claim)]
        draft.totals += [replace(claim, basis="cumulative") for claim in running]
        kept = tuple(claim for claim in event.claims if claim not in running)
        if kept or event.strikes:
            events.append(replace(event, claims=kept))
    draft.events = events


def _continues(draft: Draft, event: Event, claim: Claim) -> bool:
    number = level(claim) or 0
    board = draft.series.get(board_subject(draft.theatre, claim.indicator))
    if board is None or number < _LARGE or any(fine(place) for place in event.places):
        return False
    for told in board.told:
        if told.claim is None or not one_side(told.claim, claim):
            continue
        known = level(told.claim) or 0
        if like(told.claim.victims, claim.victims) and 0.8 * known <= number <= 3 * known:
            return True
    return False


def totals_of(draft: Draft, story: str | None) -> Iterator[FigureHeard]:
    """The running totals of a theatre, each in its claimant's own series."""
    chosen: list[Claim] = []
    for claim in (*draft.reading.claims, *draft.totals):
        if claim.basis != "cumulative" or not alertable(claim):
            continue
        if claim.part_of is not None or claim.increment:
            continue
        if draft.theatre == NO_THEATRE:
            draft.silent("unspecific", detail="a running total of no war that is followed")
            return
        claim = _spoken(draft, claim)  # noqa: PLW2901 — the same claim, with its speaker
        same = [index for index, one in enumerate(chosen) if _one_total(draft, one, claim)]
        if not same:
            chosen.append(claim)
        elif _rather(claim, chosen[same[0]]):
            chosen[same[0]] = claim
    for claim in chosen:
        subject = _series_of(draft, claim)
        who = draft.names.claimant(claim.claimant)
        series = draft.series.get(subject)
        entry = draft.enter(subject, claim, who)
        heard = FigureHeard(
            subject=subject,
            entry=entry,
            claim=claim,
            who=who,
            said=draft.said,
            report=draft.report.id,
            publisher=draft.publisher.family,
            story=story,
            places=draft.reading.places,
            before=before_edit(draft, claim, who),
            series=series,
            known=series.levels if series else (),
            added=tuple(
                one
                for one in draft.reading.claims
                if one.increment and one.indicator == claim.indicator
            ),
            elsewhere=_elsewhere(draft, claim, who),
            old=draft.now - draft.said > OLD,
        )
        _move(draft, subject, claim, entry)
        if _in_passing(draft, heard):
            detail = "a running total never heard of, and not in the title"
            draft.silent("unspecific", subject=subject, entry=entry, detail=detail)
        elif claim.claimant is None and claim.value is None:
            detail = "a vague total, and nobody is named"
            draft.silent("unspecific", subject=subject, entry=entry, detail=detail)
        elif told_as_incident(draft, claim):
            detail = "as many were told of one attack"
            draft.silent("corroborated", subject=subject, entry=entry, detail=detail)
        else:
            yield heard


def _in_passing(draft: Draft, heard: FigureHeard) -> bool:
    """Whether a total is heard of for the first time further down: where things stand, no news.

    A number in the title is the total's, or another's of who counts both: "more than 1,000", of
    which the text says 1,008 dead and 40 missing.
    """
    claim, title = heard.claim, draft.report.title
    if claim.indicator == "displaced" or claim.field == "title" or not title:
        return False
    beside = [one for one in draft.reading.claims if one.basis == claim.basis]
    alike = [one for one in beside if draft.names.claimant(one.claimant) == heard.who]
    numbers = list(_NUMBER.finditer(title))
    if any(_rounds(number, one) for number in numbers for one in (claim, *alike)):
        return False
    harmed = claim.indicator in ("killed", "wounded")
    if harmed and heard.who.side is not None and (claim.value or 0) >= _LARGE:
        return False  # a party's own body counts its war: a series begins
    return heard.series is None and board_of(draft, heard) is None


def _rounds(number: re.Match[str], claim: Claim) -> bool:
    """Whether a number of a title may be a total's, rounded."""
    whole, part, unit = number.groups()
    value = float(f"{whole.replace(',', '')}.{part or 0}") * (1_000_000 if unit else 1)
    low, high = claim.low or claim.high or 0, claim.high or claim.low or 0
    return low * 0.7 <= value <= high * 1.1


def _spoken(draft: Draft, claim: Claim) -> Claim:
    """An unattributed total beside figures of one speaker only is that speaker's ("it added")."""
    if claim.claimant is not None:
        return claim
    beside = {
        draft.names.claimant(one.claimant).id: one.claimant
        for one in draft.reading.claims
        if one.claimant is not None and one.indicator == claim.indicator and alertable(one)
    }
    return replace(claim, claimant=next(iter(beside.values()))) if len(beside) == 1 else claim


def _one_total(draft: Draft, one: Claim, other: Claim) -> bool:
    """Whether two totals of one report are one, told twice ("over 1,000", then "1,008")."""
    if one.indicator != other.indicator or not like(one.victims, other.victims):
        return False
    speakers = {draft.names.claimant(claim.claimant).id for claim in (one, other)}
    if len(speakers - {UNATTRIBUTED}) > 1 or not one_side(one, other):
        return False
    return relate(one, other) not in ("higher", "lower") or one.victims == other.victims


def _rather(claim: Claim, chosen: Claim) -> bool:
    """Whether of one speaker's two totals the second is told: the fuller, else the exacter.

    A list of those whose names came in later stands beside the total that holds them.
    """
    relation = relate(chosen, claim)
    if claim.claimant and chosen.claimant and relation in ("higher", "lower"):
        return relation == "higher"
    return _exactness(claim) > _exactness(chosen)


def _exactness(claim: Claim) -> tuple[bool, bool, int]:
    return claim.claimant is not None, claim.bound == "exact", level(claim) or 0


def _series_of(draft: Draft, claim: Claim) -> str:
    who = draft.names.claimant(claim.claimant)
    return series_subject(draft.theatre, claim.indicator, claim.victims, who.id)


def _move(draft: Draft, subject: str, claim: Claim, entry: str) -> None:
    series = draft.series.get(subject)
    number = level(claim)
    if series is None:
        levels = () if number is None else (number,)
        draft.keep_series(Series(subject, draft.said, slim(claim), entry, levels=levels))
        return
    if draft.said < series.said:
        return
    before = level(series.claim)
    moved = () if number is None or before in (None, number) else (number - (before or 0),)
    draft.keep_series(
        replace(
            series,
            said=draft.said,
            claim=slim(claim),
            entry=entry,
            steps=(*series.steps, *moved)[-_LEVELS:],
            levels=(*series.levels, *(() if number is None else (number,)))[-_LEVELS:],
        )
    )


def _elsewhere(draft: Draft, claim: Claim, who: Who) -> tuple[int, ...]:
    """What the source has said of other indicators: a figure that equals one is suspect."""
    found = []
    for indicator in INDICATORS:
        if indicator == claim.indicator:
            continue
        series = draft.series.get(series_subject(draft.theatre, indicator, claim.victims, who.id))
        number = level(series.claim) if series else None
        if number is not None:
            found.append(number)
    return tuple(found)


def board_of(draft: Draft, heard: FigureHeard) -> Series | None:
    """What was last told of the indicator in the theatre, by anyone."""
    return draft.series.get(board_subject(draft.theatre, heard.claim.indicator))
