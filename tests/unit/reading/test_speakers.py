"""Who is named as speaking for an attack, and when nobody is (R10)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from tests.accuracy.own_set import lexicon

from tocsin.reading.read import read
from tocsin.reading.report import Report

_NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
_IN_AN_ATTACK = "In an attack on Odesa, forces used what Ukrainians said were new drones."


def _speaker(title: str, summary: str = "") -> str | None:
    reading = read(Report(id="r", title=title, summary=summary, published=_NOW), lexicon())
    (strike, *_) = reading.strikes
    return strike.claimant


@pytest.mark.parametrize(
    ("title", "summary", "speaker"),
    [
        ("Rockets hit Kharkiv, officials say", "", "officials"),
        ("Shelling hits town", "Jo Bell reports on the shelling of the town of Izium.", None),
        ("Missiles hit Kyiv", "BBC's Jo Bell reports from Kyiv, hit by missiles on Sunday.", None),
        ("Missile strikes hit Kyiv", "Missiles hit Kyiv, with troops said to be near.", None),
        (
            "Gunfire at base",
            "Shots were heard at a base in Mali, in what residents of the camp said was an attack.",
            "residents of the camp",
        ),
        ("Drone attack on Odesa", _IN_AN_ATTACK, None),
        ("Russian missiles hit Lviv", "The mayor said on Sunday missiles hit Lviv.", "mayor"),
        ("Militants claim to have carried out attack on convoy", "", "Militants"),
        ("Missiles hit Kharkiv: you could have told me it was war", "", None),
        ("Harbour war live news: drone strike on Odesa", "", None),
        ("Missiles hit Odesa; the mayor says the winter will be long", "", None),
        ("Missiles hit Odesa; the mayor says", "", "mayor"),
        ("Missiles hit Odesa port (mayor)", "", "mayor"),
        ("Missiles hit Odesa", "Earlier in the day the mayor said missiles hit Odesa.", "mayor"),
        ("Missiles hit Odesa port (video)", "", None),
        ("Strike in Belgorod", "The president wouldn't confirm a drone strike on Belgorod.", None),
        ("Ukraine blamed by Russia for blast in Belgorod", "", "Russia"),
        ("Blast in Belgorod", "Kyiv dismisses claims that it bombed Belgorod.", None),
        (
            "Missile strike on Odesa",
            "Mayor says it was an accident and Kyiv has denied reports that missiles hit Odesa.",
            None,
        ),
    ],
)
def test_a_speaker_is_a_name_and_never_a_clause(
    title: str, summary: str, speaker: str | None
) -> None:
    """R10: verbs, participles and the outlet's own reporters name nobody."""
    assert _speaker(title, summary) == speaker


def test_what_is_disputed_is_denied_by_nobody() -> None:
    """R10: "the disputed valley" is no denial, and no name ends with "the"."""
    title = "Twelve soldiers killed in a clash in the disputed valley"
    reading = read(Report(id="r", title=title, published=_NOW), lexicon())
    assert [claim.disputed_by for claim in reading.claims] == [()]


def test_a_short_name_is_the_same_one_every_time() -> None:
    """R25: "a spokesperson for the group" is the group named before, whatever the hash seed."""
    summary = (
        "The River Front jihadist group said its leader was killed in battle. "
        "A spokesperson for the group said nine fighters were killed on Sunday."
    )
    reading = read(
        Report(id="r", title="Leader killed", summary=summary, published=_NOW), lexicon()
    )
    nine = next(claim for claim in reading.claims if claim.value == 9)
    assert nine.claimant == "River Front jihadist group"
