"""Where things stand in a theatre: the one note that a first poll gives in place of its alerts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from tocsin.judging.draft import digest
from tocsin.judging.envelope import stamp
from tocsin.judging.interval import level
from tocsin.judging.memory import Series, Story, Truce
from tocsin.judging.note import note
from tocsin.judging.rulebook import Rulebook
from tocsin.judging.verdict import Alert, Verdict
from tocsin.judging.wording import amount, says


def standing(
    theatre: str,
    verdicts: Iterable[Verdict],
    rulebook: Rulebook,
    now: datetime,
    *,
    source: str = "/tocsin/default",
) -> Alert | None:
    """The note of what a backlog taught of one theatre; None where it taught nothing.

    Its id is from theatre, `source` and the day: the first polls of a start give one note.
    """
    stories: dict[str, Story] = {}
    series: dict[str, Series] = {}
    truces: dict[str, Truce] = {}
    for verdict in verdicts:
        stories |= {one.id: one for one in verdict.stories if one.theatre == theatre}
        prefix = f"theatre/{theatre}/"
        series |= {one.subject: one for one in verdict.series if one.subject.startswith(prefix)}
        truces |= {one.subject: one for one in verdict.truces if one.theatre == theatre}
    lines = [*_truce_lines(truces.values()), *_series_lines(series.values())]
    lines += story_lines(stories.values())
    if not lines:
        return None
    known = rulebook.theatres.get(theatre)
    name = known.name if known else theatre
    identity = digest("note", theatre, source, now.date().isoformat())
    return note(
        identity,
        f"theatre/{theatre}/note",
        f"{name}: where things stand",
        lines,
        now,
        source=source,
        theatre=theatre,
    )


def _truce_lines(truces: Iterable[Truce]) -> Iterable[str]:
    for truce in sorted(truces, key=lambda one: one.since, reverse=True):
        parties = "–".join(party.removeprefix("other:") for party in truce.parties)
        yield f"Ceasefire {truce.status.replace('_', ' ')}: {parties}, {stamp(truce.since)}"


def _series_lines(series: Iterable[Series]) -> Iterable[str]:
    """The newest total of each claimant; a theatre's boards are not among them."""
    own = [one for one in series if one.subject.count("/") > 2]
    for one in sorted(own, key=lambda one: level(one.claim) or 0, reverse=True):
        said = says(one.claim.claimant, "asserted")
        yield f"{amount(one.claim)}{said}, {stamp(one.said)}"


def story_lines(stories: Iterable[Story]) -> Iterable[str]:
    """Each story with the gravest toll it has heard, the newest first."""
    for story in sorted(stories, key=lambda one: one.last, reverse=True):
        dead = [level(one.claim) or 0 for one in story.figures if one.claim.indicator == "killed"]
        toll = f", {max(dead):,} killed" if dead else ""
        yield f"{story.title}{toll}, {stamp(story.last)}"
