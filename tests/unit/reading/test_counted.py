"""Whose dead a number counts where no noun for them stands beside it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tocsin.reading.facts import Claim
from tocsin.reading.read import read
from tocsin.reading.report import Report
from tocsin.shelf.lexicon import load_lexicon
from tocsin.shelf.shipped import rules_home

LEXICON = load_lexicon(rules_home())


def claims_of(text: str) -> tuple[Claim, ...]:
    """The claims of a report of 12 May 2024."""
    published = datetime(2024, 5, 12, tzinfo=UTC)
    return read(Report(id="r", text=text, published=published), LEXICON).claims


@pytest.mark.parametrize(
    "text",
    [
        "The number of its servicemen killed has risen to 512, the ministry said.",
        "The military death toll climbed to 512.",
        "The army's dead reached 512.",
        "Losses among its troops have reached 512.",
        "The republic's military losses rose to 512.",
        "Another 20 soldiers fell, the ministry said, taking its losses to 512.",
        "It named 20 more military casualties, bringing the death toll to 512.",
        "It lost 20 more of its soldiers on Monday; the army death toll is 512.",
        "The death toll among the region's servicemen rose to 512.",
    ],
)
def test_a_toll_of_an_army_counts_soldiers(text: str) -> None:
    """R5: each way to tell an army's dead makes one series, of soldiers, and a running one."""
    toll = next(claim for claim in claims_of(text) if claim.value == 512)
    assert (toll.indicator, toll.victims, toll.basis) == ("killed", "soldiers", "cumulative")


@pytest.mark.parametrize(
    ("text", "value", "victims"),
    [
        ("The army said 49 casualties were recorded among its military.", 49, "people"),
        ("The army recorded 49 casualties among its military.", 49, "soldiers"),
        ("It told of 14 civilian deaths.", 14, "civilians"),
        ("35 more of its soldiers were killed.", 35, "soldiers"),
        ("The death toll in the attack on the army base rose to 19.", 19, "people"),
        ("The death toll of the shelling rose to 19, the army said.", 19, "people"),
        ("The death toll in the town rose to 19.", 19, "people"),
    ],
)
def test_whose_dead_they_are(text: str, value: int, victims: str) -> None:
    """A casualty noun's own adjective and those "among" whom they fell are counted, no others."""
    assert [(claim.value, claim.victims) for claim in claims_of(text)] == [(value, victims)]


def test_a_toll_ends_where_the_wounded_begin() -> None:
    """What follows a toll with a word of its own is that word's figure."""
    told = claims_of("The death toll in the raid has risen to 19, with over 60 wounded.")
    assert [(claim.indicator, claim.value, claim.bound) for claim in told] == [
        ("killed", 19, "exact"),
        ("wounded", 60, "at_least"),
    ]
    told = claims_of("The death toll in the raid has grown to 21 from the previous 19.")
    assert [claim.value for claim in told] == [21, 19]


def test_a_pronoun_speaks_for_who_spoke_before() -> None:
    """R10: "it said" after a figure gives it the claimant of the sentence before."""
    told = claims_of("The border guard said nine men were hurt. In all, 73 soldiers died, it said.")
    assert [claim.claimant for claim in told] == ["border guard", "border guard"]
