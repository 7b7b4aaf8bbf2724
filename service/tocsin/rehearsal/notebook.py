"""What the ledger remembers, kept in memory: verdicts applied to plain dictionaries.

A rule's own tests are judged against this. It keeps to the ledger's contract and nothing more, so
that judging cannot tell the two apart.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from tocsin.judging.memory import Filed, Memory, Series, Story, Truce, Wanted
from tocsin.judging.verdict import Verdict

#: As many stories as the ledger gives for one report.
CANDIDATES = 64


@dataclass(slots=True)
class Notebook:
    """A ledger for one rehearsal, empty at first."""

    filed: dict[str, Filed] = field(default_factory=dict)
    stories: dict[str, Story] = field(default_factory=dict)
    series: dict[str, Series] = field(default_factory=dict)
    truces: dict[str, Truce] = field(default_factory=dict)
    marks: dict[str, str] = field(default_factory=dict)
    heads: dict[str, int] = field(default_factory=dict)

    def recall(self, wanted: Wanted) -> Memory:
        """The memory for one report."""
        filed = self.filed.get(wanted.report)
        own = filed.stories if filed else ()
        keys = set(wanted.story_keys)
        found = [story for story in self.stories.values() if keys.intersection(story.keys)]
        found.sort(key=lambda story: (story.last, story.id), reverse=True)
        ids = dict.fromkeys([*own, *(story.id for story in found[:CANDIDATES])])
        theatres = set(wanted.truces)
        return Memory(
            heads={head: self.heads.get(head, 0) for head in wanted.heads},
            filed=filed,
            stories=tuple(self.stories[id_] for id_ in ids if id_ in self.stories),
            series={key: self.series[key] for key in wanted.series if key in self.series},
            truces={
                truce.subject: truce for truce in self.truces.values() if truce.theatre in theatres
            },
            marks={mark: self.marks[mark] for mark in wanted.marks if mark in self.marks},
        )

    def apply(self, verdict: Verdict) -> None:
        """Write down what was decided."""
        if verdict.filed:
            self.filed[verdict.report] = verdict.filed
        self.stories.update((story.id, story) for story in verdict.stories)
        self.series.update((series.subject, series) for series in verdict.series)
        self.truces.update((truce.subject, truce) for truce in verdict.truces)
        self.marks.update(verdict.marks)
        for head in verdict.heads:
            self.heads[head] = self.heads.get(head, 0) + 1
