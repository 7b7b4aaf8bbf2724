"""What follows an alert rather than a rule: a figure taken back, a story confirmed or merged.

Each follows what was told before, names it, and goes to every sink that had it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from tocsin.judging.draft import Draft
from tocsin.judging.happening import FigureGone, StoryConfirmed, StoryMerged
from tocsin.judging.interval import like, relate
from tocsin.judging.memory import Story, Told
from tocsin.judging.origins import independent
from tocsin.judging.rulebook import SEVERITY_NUMBER, Rule, Severity
from tocsin.judging.telling import Telling
from tocsin.judging.vouching import confirmed_before
from tocsin.reading.facts import Claim

#: After so long a second origin is no news of an attack: it is the talk of the day after.
_CONFIRMING = timedelta(hours=48)
_WORD = re.compile(r"[^\W\d_]{4,}")
_TAKEN_BACK = re.compile(
    r"\bcorrection:|\b(?:story|article|report|headline) (?:has been|was) corrected\b"
    r"|\b(?:earlier|previous) version\b|\bretract(?:ed|s|ion)\b"
    r"|\bwithdr(?:ew|awn) (?:its|the|that|this) (?:report|figure|toll|statement)\b",
    re.IGNORECASE,
)


def follow(draft: Draft, tellings: list[Telling]) -> list[Telling]:
    """The tellings that follow earlier ones, beside those that this report brings itself."""
    return [*_taken_back(draft), *_merged(draft), *_confirmed(draft, tellings)]


def _taken_back(draft: Draft) -> Iterator[Telling]:
    """Figures this report was the one to tell, which its new version has no more."""
    filed = draft.memory.filed
    if filed is None or filed.version == draft.report.version:
        return
    for story_id in filed.stories:
        story = draft.stories.get(story_id)
        for told in story.told if story else ():
            rule = _rule(draft, told)
            if rule is None or story is None or told.claim is None or told.status == "gone":
                continue
            if told.report != draft.report.id or not _gone(draft, told.claim):
                continue
            if _supported(draft, story, told.claim):
                detail = "another report still says so"
                draft.silent("corroborated", subject=told.subject, detail=detail)
                continue
            gone = FigureGone(
                subject=told.subject,
                entry=told.entry,
                claim=told.claim,
                who=draft.names.claimant(told.claim.claimant),
                said=draft.said,
                story=story_id,
                places=story.places,
            )
            yield Telling(rule, gone, severity_named(told.severity), told)


def _gone(draft: Draft, claim: Claim) -> bool:
    """Whether the figure is gone while its sentence stands, or is said to be taken back.

    A lead rewritten about something else takes nothing back, and of a report that is of no war any
    more no figures are read: only its own word counts.
    """
    report = draft.report
    for other in draft.reading.claims:
        if other.indicator == claim.indicator and like(other.victims, claim.victims):
            return False
    text = f"{report.title} {report.summary} {report.text}"
    if _TAKEN_BACK.search(text):
        return True
    if not draft.reading.conflict:
        return False
    words = {word.casefold() for word in _WORD.findall(claim.quote)}
    standing = {word.casefold() for word in _WORD.findall(text)}
    return len(words) >= 2 and words <= standing


def _supported(draft: Draft, story: Story, claim: Claim) -> bool:
    return any(
        known.report != draft.report.id
        and known.claim.indicator == claim.indicator
        and like(known.claim.victims, claim.victims)
        and relate(claim, known.claim) in ("equal", "narrower", "higher")
        for known in story.figures
    )


def _merged(draft: Draft) -> Iterator[Telling]:
    """Stories that were told and turned out to be older ones: said in the thread they had."""
    for story_id in draft.merged:
        story = draft.stories[story_id]
        told = next((one for one in reversed(story.told) if one.alert), None)
        rule = _rule(draft, told) if told else None
        if told is not None and rule is not None:
            kind = told.subject.rpartition("/")[2]
            happening = StoryMerged(
                f"story/{story_id}/{kind}", told.entry, story_id, story.merged, story.places
            )
            yield Telling(rule, happening, severity_named(told.severity), told)


def _confirmed(draft: Draft, tellings: list[Telling]) -> Iterator[Telling]:
    """Stories whose alerts now rest on as many independent origins as their rule asks."""
    telling_now = {getattr(one.happening, "story", None) for one in tellings}
    before = {story.id: story for story in draft.memory.stories}
    for story_id in sorted(draft.touched.intersection(before) - telling_now):
        story = draft.stories[story_id]
        if story.merged:
            continue
        told = next((one for one in story.told if one.alert and _asks(draft, one, story)), None)
        rule = _rule(draft, told) if told else None
        if story.confirmed or told is None or rule is None:
            continue
        draft.keep_story(replace(story, confirmed=True))
        if draft.said - story.founded > _CONFIRMING:
            draft.silent("corroborated", subject=told.subject, detail="days after it was told")
            continue
        twin = confirmed_before(story, draft.stories.values())
        if twin is not None:
            draft.silent("corroborated", subject=told.subject, detail=twin.title)
            continue
        subject = f"story/{story_id}/{told.subject.rpartition('/')[2]}"
        happening = StoryConfirmed(subject, told.entry, story_id, story.places)
        yield Telling(rule, happening, severity_named(told.severity), told)


def _asks(draft: Draft, told: Told, story: Story) -> bool:
    rule = _rule(draft, told)
    return rule is not None and 0 < rule.confirm <= independent(story.origins)


def _rule(draft: Draft, told: Told) -> Rule | None:
    return next((rule for rule in draft.rulebook.rules if rule.id == told.rule), None)


def severity_named(number: int) -> Severity:
    """The level of a CloudEvents severity number."""
    return next(name for name, value in SEVERITY_NUMBER.items() if value == number)
