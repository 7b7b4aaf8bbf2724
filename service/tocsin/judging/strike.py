"""Where an event belongs, and whether its strike is new: the story joined or founded."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from tocsin.judging.draft import Draft, digest
from tocsin.judging.event import Event, beside_a_clash, is_old
from tocsin.judging.geography import find_place, fine
from tocsin.judging.happening import StrikeReported
from tocsin.judging.interval import level
from tocsin.judging.memory import Story
from tocsin.judging.merging import absorb, twins
from tocsin.judging.occasion import looks_back, occasion
from tocsin.judging.origins import origin
from tocsin.judging.outside import crime
from tocsin.judging.retold import aftermath, nothing_else
from tocsin.judging.story import choose, found_story, grow
from tocsin.judging.subject import UNATTRIBUTED, slug, strike_subject
from tocsin.judging.vouching import vouches
from tocsin.reading.facts import Claim, Strike

_KEPT = 24  # names a story remembers of each kind
#: Newness, log odds: below the first it is in doubt, from the second on it is sure.
_HARDLY, _SURE = 0.7, 1.5
#: For so long after a strike one somewhere in its theatre is none of its own.
_HOURS, _DAYS, _WEEKS = timedelta(hours=12), timedelta(hours=36), timedelta(days=14)


#: What goes on around something else, and what a title tells of by itself.
_AMID = re.compile(
    r"\b(?:amid(?:st)?|despite) [^.,;:]{0,40}?\b(?:(?:air ?)?strikes?|airstrikes?|shelling|attacks?"
    r"|bombardments?|bombings?|missiles?|drones?|raids?|fighting|clashes|violence)\b[^.,;:]*",
    re.IGNORECASE,
)
_DEED = re.compile(
    r"\b(?:strik(?:es?|ing)|struck|attack\w*|bomb\w*|shell\w*|kill\w*|hits?|hitting|raid\w*"
    r"|pound\w*|fir(?:es?|ed|ing)|blasts?|explo\w+|missiles?|drones?|launch\w*|storm\w*|clash\w*"
    r"|air ?strikes?|sho(?:t|ots?)|seiz\w+|captur\w+|target\w*|ambush\w*)\b",
    re.IGNORECASE,
)

#: Weapons that a state fires at another.
_FIRED = frozenset(("air", "missile", "drone", "artillery"))


def place_event(draft: Draft, event: Event, number: int) -> tuple[Story, str | None]:
    """The story of an event, grown by it; and the one it is possibly the same as."""
    others = _of_other_attacks(draft, event)
    known = tuple(story for story in draft.stories.values() if story.id not in others)
    story, likeness = choose(event, known, draft.report.id)
    possibly = None
    same = likeness is not None and likeness.kinship == "same"
    if story is None or not (same or nothing_else(event, story)):
        possibly = story.id if story is not None else None
        story = found_story(draft.report, event, number)
        firm = True
    else:
        firm = likeness is not None and likeness.firm and vouches(event, story)
        firm = firm and not looks_back(draft.report.title)
        story = _merge(draft, event, story)
    grown = grow(story, event, draft.report)
    speakers = [draft.names.claimant(claim.claimant) for claim in event.claims]
    speakers += [draft.names.claimant(strike.claimant) for strike in event.strikes]
    sources = dict.fromkeys(who.id for who in speakers) or {UNATTRIBUTED: None}
    denials = [s.claimant for s in event.strikes if s.stance == "denied" and s.claimant]
    denials += [name for claim in event.claims for name in claim.disputed_by]
    denials = [name for name in denials if not _of_those_struck(name, grown, draft)]
    grown = replace(
        grown,
        origins=_added(
            grown.origins,
            (origin(draft.report, who, draft.rulebook) for who in sources if firm),
        ),
        publishers=_added(grown.publishers, [draft.publisher.name]),
        claimants=_added(
            grown.claimants,
            filter(None, (*_claimants(event.claims), *_claimants(event.strikes))),
        ),
        denied_by=_added(grown.denied_by, denials),
    )
    draft.keep_story(grown)
    draft.settled.append((event, grown.id))
    return grown, possibly


def _of_those_struck(denier: str, story: Story, draft: Draft) -> bool:
    """Whether who denies something fights those who attacked: it is what these say of it."""
    side = draft.names.claimant(denier).side
    camp = draft.names.camp(side)
    return bool(story.attackers) and camp in draft.names.fighting and camp not in story.attackers


def _of_other_attacks(draft: Draft, event: Event) -> set[str]:
    """The stories of other attacks that this report tells of: it parts them."""
    return {
        story
        for other, story in draft.settled
        if beside_a_clash(event, other) or _elsewhere(event, other)
    }


def _elsewhere(event: Event, other: Event) -> bool:
    """Whether two attacks of one report have each a section, or a place and a toll, of its own."""
    sections = [{strike.section for strike in one.strikes} for one in (event, other)]
    if all(sections) and sections[0].isdisjoint(sections[1]):
        return True  # "Separately, …"
    whole = all(one.strikes and one.claims and one.places for one in (event, other))
    here = {place.name for place in event.places}
    return whole and here.isdisjoint(place.name for place in other.places)


def _merge(draft: Draft, event: Event, story: Story) -> Story:
    """The story that this one and those the event shows to be the same go on in: the oldest."""
    for other in twins(event, story, tuple(draft.stories.values())):
        older, younger = sorted((story, other), key=lambda one: (one.founded, one.id))
        draft.keep_story(replace(younger, merged=older.id))
        draft.merged.append(younger.id)
        story = absorb(older, younger)
    return story


def strike_of(
    draft: Draft, event: Event, story: Story, possibly: str | None
) -> Iterator[StrikeReported]:
    """The event's strike, if its story has not told of one yet."""
    if not event.strikes:
        return
    if story.id in draft.struck:
        return
    draft.struck.add(story.id)
    before = next((one for one in draft.memory.stories if one.id == story.id), None)
    subject = strike_subject(story.id)
    places = [place for place in event.places if fine(place)] or list(event.places[:1])
    quiet = _since_last_strike(draft, [slug(place.name) for place in places])
    vague = _unspecific(draft, event, possibly)
    if vague:
        draft.silent("unspecific", subject=subject, detail=vague)
        return
    if before is not None and (before.struck or before.told):
        edited = draft.report.id in before.reports
        draft.silent("reprint" if edited else "corroborated", subject=subject, detail=before.title)
        return
    only = occasion(draft.report, event)
    if only is not None:
        draft.silent(only.silence, subject=subject, detail=only.detail)
        return
    after = aftermath(draft.report.title, event, draft.memory.stories)
    if after:
        draft.silent("stale_repeat", subject=subject, detail=after)
        return
    mark = _heat(draft)
    draft.marks[mark] = max(draft.said.isoformat(), draft.memory.marks.get(mark, ""))
    yield StrikeReported(
        subject=subject,
        entry=digest(subject, draft.report.id, draft.report.version),
        story=story.id,
        strike=event.strikes[0],
        places=event.places,
        claims=event.claims,
        possibly=possibly,
        quiet=quiet,
        old=is_old(event, draft.now),
    )


def _unspecific(draft: Draft, event: Event, possibly: str | None) -> str:
    """Why a strike is too little to be told of as one; empty if it is enough.

    Where no war is followed, an attack without a weapon of war or an armed group is a crime. What
    is told further down, without a day or a figure, is told in passing.
    """
    civil = crime(event)
    if civil:
        return civil
    titled = not draft.report.title or any(one.field == "title" for one in event.strikes)
    if draft.reading.genre != "news" and not (titled or event.claims):
        return "a page that goes on or explains, no figure, and not in the title"
    if not any(_sited(draft, strike) for strike in event.strikes):
        return _somewhere(draft, event, possibly, titled=titled)
    certain = titled or event.stated or event.claims
    return "" if certain else "in passing: no day, no figure, and not in the title"


def _sited(draft: Draft, strike: Strike) -> bool:
    """Whether a strike names its place: a finer one, or one that no gazetteer knows."""
    place = find_place(strike.place, draft.reading.places)
    return fine(place) if place is not None else strike.place is not None


def _somewhere(draft: Draft, event: Event, possibly: str | None, *, titled: bool) -> str:
    """Why a strike at no finer place is too little; empty if it is enough.

    Fighting somewhere in a country, told in passing or beside its running toll, is no attack; a
    mention without day, town or figure, hours after an attack in the same area, is that attack.
    """
    nothing = "no finer place, day or figure is given"
    harmed = any(one.indicator in ("killed", "wounded") and level(one) for one in event.claims)
    somebodys = event.stated and bool(event.attackers)
    named = titled or any(one.titled for one in event.strikes)
    headed = harmed + named + somebodys > 1
    known = (*draft.reading.claims, *draft.totals)
    if not headed and any(claim.basis == "cumulative" for claim in known):
        return nothing
    if event.claims:
        return ""
    if _amid(draft.report.title):
        return "its title tells of something else, amid attacks"
    if event.theatre is None and not (titled and _between_lands(event)):
        return "no war that is followed, no finer place and no figure"
    if _hot(draft, event):
        return "no finer place or figure is given, and its theatre was struck lately"
    if possibly:
        return "nothing beyond an attack told in the same area"
    if event.stated:
        return ""
    return "" if titled and (event.places or event.theatre) else nothing


def _between_lands(event: Event) -> bool:
    """Whether one land fires a weapon of war at another: that may be the first day of a war."""
    fired = any(one.kind in _FIRED and one.attacker and not one.suspected for one in event.strikes)
    return fired and bool(event.attackers) and bool(event.places)


def _amid(title: str) -> bool:
    """Whether attacks are only what goes on around the thing that a title tells of."""
    around = _AMID.search(title)
    return around is not None and _DEED.search(title.replace(around[0], "")) is None


def _hot(draft: Draft, event: Event) -> bool:
    """Whether attacks of a theatre were told so lately that one somewhere in it is one of them.

    The surer it is new, or the more somebody vouches for it, the shorter that is.
    """
    last = draft.memory.marks.get(_heat(draft))
    if last is None:
        return False
    newness = draft.reading.newness or 0.0
    claimed = any(strike.claimant for strike in event.strikes)
    span = _HOURS if claimed or newness >= _SURE else _DAYS if newness >= _HARDLY else _WEEKS
    return draft.said - datetime.fromisoformat(last) < span


def _heat(draft: Draft) -> str:
    """The mark of the last strike told in a theatre."""
    return f"struck:{draft.theatre}"


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


def _claimants(facts: Iterable[Claim | Strike]) -> Iterator[str | None]:
    return (fact.claimant for fact in facts)


def _added(known: tuple[str, ...], new: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*known, *new)))[:_KEPT]
