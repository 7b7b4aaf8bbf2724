"""From a reading to what happened: stories found or founded, series moved, truces stepped.

No rule is asked here. Everything relevant goes into the draft, told or not: known is not told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from tocsin.judging import ceasefire as truces
from tocsin.judging.draft import Draft, digest
from tocsin.judging.event import Event, alertable
from tocsin.judging.figure import one_side, slim
from tocsin.judging.geography import fine
from tocsin.judging.happening import FigureHeard, Happening, StrikeReported, TruceStep, WordsHeard
from tocsin.judging.interval import level, like, relate
from tocsin.judging.memory import Known, Series, Story
from tocsin.judging.origins import origin
from tocsin.judging.story import choose, found_story, grow
from tocsin.judging.subject import (
    NO_THEATRE,
    UNATTRIBUTED,
    Who,
    board_subject,
    incident_subject,
    keyword_subject,
    series_subject,
    slug,
    strike_subject,
    truce_subject,
)
from tocsin.judging.verdict import Reason, Silence
from tocsin.reading.facts import INDICATORS, Ceasefire, Claim, Strike

_OLD = timedelta(hours=72)
_KEPT = 24  # figures a story remembers; levels and steps a series does
_LEVELS = 32


def hear(draft: Draft) -> list[Happening]:
    """All that the report made happen, gravest kinds first."""
    happened: list[Happening] = []
    if not draft.reading.conflict:
        if draft.reading.claims or draft.reading.strikes:
            _quiet(draft, "not_conflict", detail="the report is not about armed conflict")
        return [_words(draft, None)]
    main: str | None = None
    for number, event in enumerate(draft.events):
        story, possibly = _place(draft, event, number)
        main = main or story.id
        happened += _strike(draft, event, story, possibly)
        happened += _figures(draft, event, story.id)
    happened += _totals(draft, main)
    happened += _truces(draft)
    if any(claim.basis == "historical" for claim in draft.reading.claims):
        _quiet(draft, "historical", detail="a figure of the past, told as background")
    return [*happened, _words(draft, main)]


def _quiet(draft: Draft, silence: Silence, *, subject: str | None = None, detail: str = "") -> None:
    draft.reasons.append(Reason(silence, subject=subject, detail=detail))


def _words(draft: Draft, story: str | None) -> WordsHeard:
    report = draft.report
    entry = digest(report.id, report.version)
    return WordsHeard(keyword_subject(report.id), entry, story, draft.reading.places)


def _place(draft: Draft, event: Event, number: int) -> tuple[Story, str | None]:
    """The story of an event, grown by it; and the one it is possibly the same as."""
    taken = {story_id for story_id in draft.touched if story_id in draft.stories}
    open_stories = tuple(story for story in draft.stories.values() if story.id not in taken)
    story, likeness = choose(event, open_stories, draft.report.id)
    possibly = None
    if story is None or likeness is None or likeness.kinship != "same":
        possibly = story.id if story is not None else None
        story = found_story(draft.report, event, number)
    grown = grow(story, event, draft.report)
    speakers = [draft.names.claimant(claim.claimant) for claim in event.claims]
    speakers += [draft.names.claimant(strike.claimant) for strike in event.strikes]
    sources = dict.fromkeys(who.id for who in speakers) or {UNATTRIBUTED: None}
    denials = [s.claimant for s in event.strikes if s.stance == "denied" and s.claimant]
    denials += [name for claim in event.claims for name in claim.disputed_by]
    grown = replace(
        grown,
        origins=_added(
            grown.origins, (origin(draft.report, who, draft.rulebook) for who in sources)
        ),
        publishers=_added(grown.publishers, [draft.publisher.name]),
        claimants=_added(
            grown.claimants,
            filter(None, (*_claimants(event.claims), *_claimants(event.strikes))),
        ),
        denied_by=_added(grown.denied_by, denials),
    )
    draft.keep_story(grown)
    return grown, possibly


def _strike(
    draft: Draft, event: Event, story: Story, possibly: str | None
) -> Iterator[StrikeReported]:
    if not event.strikes:
        return
    before = next((one for one in draft.memory.stories if one.id == story.id), None)
    subject = strike_subject(story.id)
    places = [place for place in event.places if fine(place)] or list(event.places[:1])
    quiet = _since_last_strike(draft, [slug(place.name) for place in places])
    if _unspecific(event):
        _quiet(draft, "unspecific", subject=subject, detail="no finer place, day or kind is given")
        return
    if before is not None and (before.struck or before.told):
        again = draft.report.id in before.reports
        _quiet(draft, "reprint" if again else "corroborated", subject=subject, detail=before.title)
        return
    yield StrikeReported(
        subject=subject,
        entry=digest(subject, draft.report.id, draft.report.version),
        story=story.id,
        strike=event.strikes[0],
        places=event.places,
        claims=event.claims,
        possibly=possibly,
        quiet=quiet,
        old=_is_old(draft, event),
    )


def _unspecific(event: Event) -> bool:
    """Fighting somewhere in a country, told in passing, is no specific attack."""
    headlined = any(strike.field == "title" for strike in event.strikes)
    kinds = set(event.kinds) - {"other", "ground"}
    return not (headlined or kinds or event.stated or any(fine(place) for place in event.places))


def _since_last_strike(draft: Draft, places: list[str]) -> timedelta:
    """How long the places were quiet, at most as long as we have watched their theatre."""
    stamp = draft.said.isoformat()
    watch = f"watch:{draft.theatre}"
    began = draft.memory.marks.get(watch)
    if began is None:
        draft.marks[watch] = stamp
    last = [draft.memory.marks.get(f"strike:{place}") for place in places]
    for place in places:
        draft.marks[f"strike:{place}"] = max(stamp, draft.memory.marks.get(f"strike:{place}", ""))
    known = max(filter(None, (*last, began)), default=stamp)
    return max(timedelta(0), draft.said - datetime.fromisoformat(known))


def _figures(draft: Draft, event: Event, story_id: str) -> Iterator[FigureHeard]:
    """One figure an indicator for the incident, and one more for each other kind or side."""
    for indicator in INDICATORS:
        for claim in _main(draft, event.claims, indicator):
            story = draft.stories[story_id]
            who = draft.names.claimant(claim.claimant)
            subject = incident_subject(story_id, indicator)
            entry = draft.enter(subject, claim, who, "heard")
            yield FigureHeard(
                subject=subject,
                entry=entry,
                claim=claim,
                who=who,
                said=draft.said,
                report=draft.report.id,
                publisher=draft.publisher.family,
                story=story_id,
                places=event.places,
                claims=event.claims,
                before=_before(draft, claim, who),
                known=tuple(
                    number
                    for figure in story.figures
                    if figure.subject == subject and like(figure.claim.victims, claim.victims)
                    for number in (level(figure.claim),)
                    if number is not None
                ),
                old=_is_old(draft, event),
            )
            known = Known(subject, slim(claim), who.id, draft.said, entry, draft.report.id)
            draft.keep_story(replace(story, figures=(*story.figures, known)[-_KEPT:]))


def _main(draft: Draft, claims: tuple[Claim, ...], indicator: str) -> list[Claim]:
    toll = draft.reading.toll.get(indicator)  # type: ignore[call-overload]
    totals = [
        claim
        for claim in claims
        if claim.indicator == indicator and claim.part_of is None and not claim.increment
    ]

    def preference(claim: Claim) -> tuple[bool, int, bool]:
        answers = toll is not None and (claim.low, claim.high) == (toll.low, toll.high)
        return answers, level(claim) or 0, claim.claimant is not None

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


def _totals(draft: Draft, story: str | None) -> Iterator[FigureHeard]:
    """The running totals of a theatre, each in its claimant's own series."""
    if draft.theatre == NO_THEATRE:
        return
    chosen: list[Claim] = []
    for claim in draft.reading.claims:
        if claim.basis != "cumulative" or not alertable(claim):
            continue
        if claim.part_of is not None or claim.increment:
            continue
        same = [index for index, one in enumerate(chosen) if _one_total(draft, one, claim)]
        if not same:
            chosen.append(claim)
        elif _exactness(claim) > _exactness(chosen[same[0]]):
            chosen[same[0]] = claim
    for claim in chosen:
        subject = _series_of(draft, claim)
        who = draft.names.claimant(claim.claimant)
        series = draft.series.get(subject)
        entry = draft.enter(subject, claim, who, "heard")
        yield FigureHeard(
            subject=subject,
            entry=entry,
            claim=claim,
            who=who,
            said=draft.said,
            report=draft.report.id,
            publisher=draft.publisher.family,
            story=story,
            places=draft.reading.places,
            before=_before(draft, claim, who),
            series=series,
            known=series.levels if series else (),
            added=tuple(
                one
                for one in draft.reading.claims
                if one.increment and one.indicator == claim.indicator
            ),
            elsewhere=_elsewhere(draft, claim, who),
            old=draft.now - draft.said > _OLD,
        )
        _move(draft, subject, claim, entry)


def _one_total(draft: Draft, one: Claim, other: Claim) -> bool:
    """Whether two totals of one report are one, told twice ("over 1,000", then "1,008")."""
    if one.indicator != other.indicator or not like(one.victims, other.victims):
        return False
    speakers = {draft.names.claimant(claim.claimant).id for claim in (one, other)}
    if len(speakers - {UNATTRIBUTED}) > 1 or not one_side(one, other):
        return False
    return relate(one, other) not in ("higher", "lower") or one.victims == other.victims


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


def _before(draft: Draft, claim: Claim, who: Who) -> Claim | None:
    """The same figure in the report's last version; None where this is no edit of one."""
    filed = draft.memory.filed
    if filed is None or filed.version == draft.report.version:
        return None
    for old in filed.reading.claims:
        same_kind = (old.indicator, old.basis) == (claim.indicator, claim.basis)
        if same_kind and like(old.victims, claim.victims) and old.part_of is None:
            speaker = draft.names.claimant(old.claimant)
            if UNATTRIBUTED in (speaker.id, who.id) or speaker.id == who.id:
                return old
    return None


def _truces(draft: Draft) -> Iterator[TruceStep]:
    seen: set[tuple[str, ...]] = set()
    for said in _ceasefires(draft):
        parties = truces.parties_of(said, draft.names, draft.truces)
        if not parties or parties in seen:
            continue
        seen.add(parties)
        yield from _step(draft, said, parties)


def _ceasefires(draft: Draft) -> Iterable[Ceasefire]:
    yield from draft.reading.ceasefire
    for strike in draft.reading.strikes:
        attacker = draft.names.belligerent(strike.attacker)
        for truce in tuple(draft.truces.values()):
            broken = truces.broken_by(strike, attacker, truce)
            if broken is not None and draft.said > truce.since:
                yield broken


def _step(draft: Draft, said: Ceasefire, parties: tuple[str, ...]) -> Iterator[TruceStep]:
    subject = truce_subject(draft.theatre, parties)
    before = draft.truces.get(subject)
    who = draft.names.claimant(said.claimant)
    camp = draft.names.camp(who.side)
    status = truces.status_of(said, camp, parties, before)
    entry = digest(subject, draft.report.id, draft.report.version, status)
    taken = truces.step(before, said, status, draft.said)
    if isinstance(taken, str):
        word = truces.Word(said, status, camp, draft.said, parties, draft.theatre, entry)
        after = truces.advance(before, word, anew=taken == "anew")
        draft.keep_truce(after)
        yield TruceStep(
            subject=subject,
            entry=entry,
            truce=before,
            after=after,
            status=status,
            ceasefire=said,
            who=who,
            said=draft.said,
            places=draft.reading.places,
            old=draft.now - draft.said > _OLD,
        )
        return
    draft.reasons.append(Reason(taken.silence, subject=subject, detail=taken.detail))


def board_of(draft: Draft, heard: FigureHeard) -> Series | None:
    """What was last told of the indicator in the theatre, by anyone."""
    return draft.series.get(board_subject(draft.theatre, heard.claim.indicator))


def _is_old(draft: Draft, event: Event) -> bool:
    if draft.now - draft.said > _OLD:
        return True
    if not event.stated or not event.days:
        return False
    try:
        day = datetime.fromisoformat(max(event.days)[:10]).replace(tzinfo=draft.said.tzinfo)
    except ValueError:
        return False
    return draft.said - day > _OLD + timedelta(days=1)


def _claimants(facts: Iterable[Claim | Strike]) -> Iterator[str | None]:
    return (fact.claimant for fact in facts)


def _added(known: tuple[str, ...], new: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*known, *new)))[:_KEPT]
