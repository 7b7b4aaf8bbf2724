"""Reports of any topic grouped into stories by their words alone, online and in one pass.

Judging places the events of a war by where, when and who; this places what it has no facts for.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from math import log1p

from tocsin.judging.event import Event, said_at
from tocsin.judging.memory import Filed, Memory, Story, Wanted
from tocsin.judging.story import found_story
from tocsin.judging.subject import NO_THEATRE
from tocsin.judging.traits import Rarity, join_traits, trait_keys, traits
from tocsin.judging.verdict import Verdict
from tocsin.reading.facts import Reading
from tocsin.reading.report import Report

_ALIKE = 0.1  # resemblance from which two texts tell of one event
_FADES = 0.04  # what each e-fold of days between them costs
_OPEN = timedelta(days=120)


def wanted_by_words(report: Report) -> Wanted:
    """The stories that share a name with the report, and the one it is in already."""
    return Wanted(report.id, (NO_THEATRE,), trait_keys(traits(report)))


def group(report: Report, reading: Reading, memory: Memory, now: datetime) -> Verdict:
    """The story of a report by its words: a verdict of one story, and no alerts."""
    said = said_at(report, now)
    words = traits(report)
    rarity = Rarity(words, (story.words for story in memory.stories))
    best: Story | None = None
    score = _ALIKE
    for story in memory.stories:
        apart = max(said - story.last, story.founded - said, timedelta(0))
        if apart > _OPEN:
            continue
        likeness = rarity.resemblance(story.words) - _FADES * log1p(apart.total_seconds() / 86_400)
        if likeness >= score or report.id in story.reports:
            best, score = story, max(score, likeness)
    story = best or found_story(report, Event(theatre=None, said=said), 0)
    joined = join_traits(story.words, words)
    grown = replace(
        story,
        last=max(story.last, said),
        keys=trait_keys(joined),
        reports=tuple(dict.fromkeys((*story.reports, report.id)))[-32:],
        words=joined,
    )
    filed = Filed(report.id, report.version, report.published, reading, stories=(grown.id,))
    return Verdict(report.id, filed=filed, stories=(grown,), heads=(NO_THEATRE,))
