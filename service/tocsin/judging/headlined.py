"""Which rules of words have told of a title: the same one is told by a rule once.

An outlet changes its address, another prints the agency's: the headline is the same to the letter.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from tocsin.judging.draft import Draft
from tocsin.judging.rulebook import Rule
from tocsin.reading.report import Report

#: The same words two days later may tell of the next time.
_REMEMBERED = timedelta(hours=48)


def title_mark(report: Report) -> tuple[str, ...]:
    """The name under which a title's tellings are remembered; none for a report without one."""
    words = " ".join(report.title.casefold().split())
    return (f"title:{hashlib.sha256(words.encode()).hexdigest()[:16]}",) if words else ()


def is_headlined(draft: Draft, rule: Rule) -> bool:
    """Whether the rule told of a report with this very title within the last 48 hours."""
    told = _told(draft)
    return rule.id in told and draft.said - told[rule.id] < _REMEMBERED


def keep_headline(draft: Draft, rule: Rule) -> None:
    """Remember that the rule has told of this title now."""
    for mark in title_mark(draft.report):
        told = _told(draft) | {rule.id: draft.said}
        draft.marks[mark] = " ".join(f"{name}={at.isoformat()}" for name, at in told.items())


def _told(draft: Draft) -> dict[str, datetime]:
    """When each rule last told of the title, by its id."""
    mark = next(iter(title_mark(draft.report)), "")
    kept = draft.marks.get(mark) or draft.memory.marks.get(mark, "")
    pairs = (one.rpartition("=") for one in kept.split())
    return {name: datetime.fromisoformat(at) for name, _, at in pairs}
