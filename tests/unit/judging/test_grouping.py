"""Reports of any topic, grouped by their words alone, as they come."""

from __future__ import annotations

from tests.unit.judging.desk import Desk, at

from tocsin.judging.grouping import group, wanted_by_words
from tocsin.judging.traits import Rarity, traits
from tocsin.reading.facts import Reading
from tocsin.reading.report import Report

_TEXTS = (
    ("a", "A baker, Orla Quist, 54, was shot at 14 Mill Lane in Harbourton, police said."),
    ("b", "Two men were hurt in a brawl outside the Copper Kettle in Westbrook, police said."),
    ("c", "Harbourton mourns Orla Quist. The baker of Mill Lane was shot on Monday, police said."),
    ("d", "Police said on Tuesday that two men hurt outside the Copper Kettle are recovering."),
    ("e", "Police said on Tuesday that a man was robbed in the park in Eastfield."),
)


def stories(texts: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """Which story each report is put in, one after the other."""
    desk, found = Desk(), {}
    for hour, (name, text) in enumerate(texts):
        report = Report(name, text=text, published=at(1, hour), version=text)
        memory = desk.recall(wanted_by_words(report))
        verdict = group(report, Reading(name, conflict=False), memory, at(1, hour))
        desk.commit(verdict)
        found[name] = verdict.stories[0].id
    return found


def test_reports_of_one_event_are_one_story_in_any_wording() -> None:
    """R14: names, streets and numbers bring them together; common words do not."""
    found = stories(_TEXTS)
    assert found["a"] == found["c"]
    assert found["b"] == found["d"]
    assert len(set(found.values())) == 3


def test_an_edit_stays_in_its_story() -> None:
    """R13: a later version of a report is in the story it was in."""
    found = stories((*_TEXTS, ("a", "Orla Quist of Mill Lane has died, Harbourton police said.")))
    assert found["a"] == found["c"]


def test_a_word_tells_as_much_as_it_is_rare_among_the_candidates() -> None:
    """R14: what every candidate shares brings nobody together."""
    words = traits(Report("a", text=_TEXTS[0][1]))
    common = words[:6]
    alone = Rarity(words, (common,)).resemblance(common)
    crowded = Rarity(words, (common,) * 60).resemblance(common)
    assert crowded < alone / 4
