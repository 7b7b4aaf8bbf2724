"""A second language is files: Indonesian, read with `rules/lexicon/id` alone."""

from __future__ import annotations

import pytest
from tests.accuracy.own_set import PUBLISHED, lexicon

from tocsin.reading.facts import Claim
from tocsin.reading.read import read
from tocsin.reading.report import Report


def claims(text: str, language: str | None = "id") -> tuple[Claim, ...]:
    """The claims of a text."""
    return read(
        Report(id="x", summary=text, language=language, published=PUBLISHED), lexicon()
    ).claims


@pytest.mark.parametrize(
    ("text", "indicator", "low", "victims", "claimant"),
    [
        (
            "Serangan rudal menewaskan sedikitnya 21 warga sipil, kata jaksa agung pada hari Rabu.",
            "killed",
            21,
            "civilians",
            "jaksa agung",
        ),
        (
            "Menurut militer Thailand, tiga tentara tewas dalam baku tembak di perbatasan.",
            "killed",
            3,
            "soldiers",
            "militer Thailand",
        ),
        (
            "Kementerian kesehatan mengatakan bahwa ledakan bom itu melukai dua puluh lima orang.",
            "wounded",
            25,
            "people",
            "Kementerian kesehatan",
        ),
        ("Ribuan warga mengungsi akibat pertempuran.", "displaced", 2000, "people", None),
    ],
)
def test_indonesian_is_read(
    text: str, indicator: str, low: int, victims: str, claimant: str | None
) -> None:
    """R1, R8, R10: verbs, groups, hedges, number words and speakers are all the language's own."""
    (claim,) = claims(text)
    assert (claim.indicator, claim.low) == (indicator, low)
    assert (claim.victims, claim.claimant) == (victims, claimant)


def test_a_running_total_groups_its_digits_by_points() -> None:
    """R4, R11: "1.068" is 1,068 in a language that groups so; the toll says what it counts."""
    text = "Jumlah tentara yang tewas dalam konflik di perbatasan telah mencapai 1.068 orang."
    (claim,) = claims(text)
    assert (claim.value, claim.victims, claim.basis) == (1068, "soldiers", "cumulative")


def test_a_flood_is_no_war() -> None:
    """R3: the topics' weights, learned from English, hold for their words in any language."""
    (claim,) = claims("Banjir di kota itu telah menewaskan 12 orang, kata pejabat.")
    assert not claim.relevant


def test_a_language_nobody_states_is_known_by_its_small_words() -> None:
    """An entry of a feed that names no language is read with the words it is written in."""
    text = "Serangan itu menewaskan 12 orang dan melukai 30 orang yang berada di pasar."
    assert [claim.value for claim in claims(text, language=None)] == [12, 30]
    english = Report(id="x", summary="The raid in the market of Di Dan killed 12 people.")
    assert lexicon().words_for(english).language == "en"
