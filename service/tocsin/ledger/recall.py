"""What judging asks of the past, fetched in two round trips whatever the ledger's age.

The heads are read before the documents: whatever moves in between has moved a head when the verdict
is committed, and the answer is `STALE`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any, Final, TypeVar

from tocsin.judging.memory import Filed, Memory, Series, Story, Truce, Wanted
from tocsin.ledger.connection import Away, Store, reach
from tocsin.ledger.documents import unpack
from tocsin.ledger.keys import Keys

#: The newest stories kept under one story key, and the most looked at for one report.
STORIES_A_KEY: Final = 32
CANDIDATES: Final = 32

T = TypeVar("T")


async def recall(store: Store, wanted: Sequence[Wanted], now: datetime) -> list[Memory] | Away:
    """Fetch the memory for each of `wanted`. `now` decides which mutes still count."""
    known = await _first_trip(store, wanted, now)
    if isinstance(known, Away):
        return known
    candidates = [known.candidates(one, store.keys) for one in wanted]
    stories = await _second_trip(store, _distinct(candidates))
    if isinstance(stories, Away):
        return stories
    return [
        known.memory(one, store.keys, tuple(stories[id_] for id_ in found if id_ in stories))
        for one, found in zip(wanted, candidates, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class _Known:
    """What the first trip brought, for all reports together."""

    heads: dict[str, int]
    strings: dict[str, bytes | None]  # by key
    mutes: frozenset[str]
    truces: dict[str, list[Truce]]
    found: dict[Wanted, list[str]]  # the stories under its keys, the likeliest first

    def document(self, kind: type[T], key: str) -> T | None:
        packed = self.strings[key]
        return None if packed is None else unpack(kind, packed)

    def candidates(self, wanted: Wanted, keys: Keys) -> list[str]:
        """The stories to look at: those the report is in already, then the likeliest."""
        filed = self.document(Filed, keys.filed(wanted.report))
        return _distinct([filed.stories if filed else (), self.found.get(wanted, [])])

    def memory(self, wanted: Wanted, keys: Keys, stories: tuple[Story, ...]) -> Memory:
        series = {one: self.document(Series, keys.series(one)) for one in wanted.series}
        marks = {one: self.strings[keys.mark(one)] for one in wanted.marks}
        return Memory(
            heads={**dict.fromkeys(wanted.heads, 0), **self.heads},
            filed=self.document(Filed, keys.filed(wanted.report)),
            stories=stories,
            series={subject: one for subject, one in series.items() if one is not None},
            truces={one.subject: one for theatre in wanted.truces for one in self.truces[theatre]},
            marks={mark: said.decode() for mark, said in marks.items() if said is not None},
            mutes=self.mutes,
        )


async def _first_trip(store: Store, wanted: Sequence[Wanted], now: datetime) -> _Known | Away:
    keys = store.keys
    theatres = _distinct(one.truces for one in wanted)
    seeking = [one for one in wanted if one.story_keys]
    strings = _distinct(
        [
            keys.filed(one.report),
            *(keys.series(subject) for subject in one.series),
            *(keys.mark(mark) for mark in one.marks),
        ]
        for one in wanted
    )
    trip = store.redis.pipeline(transaction=False)
    trip.hgetall(keys.heads)
    trip.mget(strings or [keys.fence])
    trip.zrangebyscore(keys.mutes, now.timestamp(), "+inf")
    for theatre in theatres:
        trip.hvals(keys.truces(theatre))
    for one in seeking:
        # Summed times order by how many keys a story is found under, then by how new it is.
        trip.zunion([*map(keys.stories, one.story_keys)], aggregate="SUM", withscores=True)
    answers = await reach(trip.execute())
    if isinstance(answers, Away):
        return answers
    heads, texts, mutes, *rest = answers
    return _Known(
        heads={head.decode(): int(count) for head, count in heads.items()},
        strings=dict(zip(strings, texts, strict=False)),
        mutes=frozenset(one.decode() for one in mutes),
        truces={
            theatre: [unpack(Truce, packed) for packed in values]
            for theatre, values in zip(theatres, rest, strict=False)
        },
        found={
            one: [story.decode() for story, _ in reversed(union[-CANDIDATES:])]
            for one, union in zip(seeking, rest[len(theatres) :], strict=True)
        },
    )


async def _second_trip(store: Store, stories: Sequence[str]) -> dict[str, Story] | Away:
    if not stories:
        return {}
    packed = await reach(store.redis.mget([store.keys.story(story) for story in stories]))
    if isinstance(packed, Away):
        return packed
    found: zip[tuple[str, Any]] = zip(stories, packed, strict=True)
    return {story: unpack(Story, one) for story, one in found if one is not None}


def _distinct(groups: Iterable[Iterable[str]]) -> list[str]:
    return list(dict.fromkeys(chain.from_iterable(groups)))
