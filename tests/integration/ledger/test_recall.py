"""What judging is told of the past: bounded, and the likeliest first."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from tests.ledger_examples import NOW, judged, story

from tocsin.judging.memory import Memory, Story, Wanted
from tocsin.judging.verdict import Verdict
from tocsin.ledger.commit import Ok, announce
from tocsin.ledger.connection import Store
from tocsin.ledger.mutes import mute
from tocsin.ledger.recall import CANDIDATES, STORIES_A_KEY, recall
from tocsin.reading.report import Report


async def tell(store: Store, *stories: Story, known: tuple[Story, ...] = ()) -> None:
    """Commit stories."""
    verdict = Verdict(report="none", stories=stories)
    one = judged(report=None, reading=None, memory=Memory(stories=known), verdict=verdict)
    assert await announce(store, one) == Ok()


async def recalled(store: Store, *keys: str, report: str = "r1") -> list[str]:
    """The ids of the stories recalled for a report that looks under `keys`."""
    (memory,) = await recall(store, [Wanted(report, story_keys=keys)], NOW)
    return [one.id for one in memory.stories]


async def test_the_likeliest_stories_come_first(store: Store) -> None:
    """Found under more keys comes before newer."""
    newer = replace(story("newer", keys=("word:bridge",)), last=NOW + timedelta(hours=5))
    await tell(store, story("nearer", keys=("word:bridge", "place:mill")), newer)
    assert await recalled(store, "word:bridge", "place:mill", "word:none") == ["nearer", "newer"]


async def test_candidates_are_bounded_and_the_newest(store: Store) -> None:
    """However many stories share a key, no more than so many are kept there and looked at."""
    hours = [timedelta(hours=n) for n in range(3 * STORIES_A_KEY)]
    await tell(store, *(replace(story(f"s{n}"), last=NOW + hour) for n, hour in enumerate(hours)))
    key = store.keys.stories("bridge:2024-05-02")
    assert await store.redis.zcard(key) == STORIES_A_KEY
    assert 0 < await store.redis.ttl(key) <= timedelta(days=30).total_seconds()
    found = await recalled(store, "bridge:2024-05-02")
    assert len(found) == CANDIDATES
    assert found[0] == f"s{len(hours) - 1}"


async def test_a_story_that_grew_is_found_under_its_new_keys(store: Store) -> None:
    """A later version is recalled, under the old keys and those that it gained."""
    first = story("s1", keys=("place:mill",))
    grown = replace(first, keys=("place:mill", "place:weir"), title="A longer title")
    await tell(store, first)
    await tell(store, grown, known=(first,))
    (memory,) = await recall(store, [Wanted("r1", story_keys=("place:weir",))], NOW)
    assert memory.stories == (grown,)
    assert await recalled(store, "place:mill") == ["s1"]


async def test_a_reports_own_stories_are_always_recalled(store: Store) -> None:
    """An edited report is compared with what it told before, wherever its new words lead (R13)."""
    one = judged(report=None)
    await announce(store, one)
    assert await recalled(store, "elsewhere", report="r1") == ["s1"]
    assert await recalled(store, "elsewhere", report="r2") == []


async def test_many_reports_are_recalled_at_once_each_with_its_own(store: Store) -> None:
    """One call serves a whole batch, and mutes are known to all of it."""
    await tell(store, story("s1", keys=("a",)), story("s2", keys=("b",)))
    await mute(store, "story/s1", NOW + timedelta(hours=1))
    batch = [Wanted("r1", story_keys=("a",)), Wanted("r2"), Wanted("r3", story_keys=("b", "a"))]
    memories = await recall(store, batch, NOW)
    assert isinstance(memories, list)
    ids = [sorted(one.id for one in memory.stories) for memory in memories]
    assert ids == [["s1"], [], ["s1", "s2"]]
    assert all(memory.mutes == {"story/s1"} for memory in memories)
    assert await recall(store, [], NOW) == []


async def test_a_report_without_facts_leaves_little_behind(store: Store) -> None:
    """Its text is kept for `explain`; nothing is filed, since no edit could be compared with it."""
    plain = judged(verdict=Verdict("r1", filed=judged().verdict.filed), report=Report("r1"))
    await announce(store, plain)
    assert sorted(key.decode().split(":")[1] for key in await store.redis.keys()) == [
        "report",
        "seen",
    ]
