"""Where a report was written is neither a place of the war nor a part of whoever speaks."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tocsin.reading.document import lay_out
from tocsin.reading.facts import Reading
from tocsin.reading.read import read
from tocsin.reading.report import Report
from tocsin.shelf.lexicon import load_lexicon
from tocsin.shelf.shipped import rules_home
from tocsin.shelf.theatres import load_theatres

RULES = rules_home()
LEXICON = load_lexicon(RULES, load_theatres(sorted((RULES / "theatres").glob("*.yaml"))).values())
#: A Wednesday.
PUBLISHED = datetime(2020, 10, 28, 15, tzinfo=UTC)


def reading(title: str, text: str) -> Reading:
    """What a report of that Wednesday tells."""
    return read(Report(id="r", title=title, text=text, published=PUBLISHED), LEXICON)


@pytest.mark.parametrize(
    ("dateline", "rest"),
    [
        ("MOSCOW (Northwire) - ", "Three soldiers died."),
        ("BAKU/YEREVAN -- ", "Both armies reported losses."),
        ("TBILISI, Georgia (Northwire, 28 October) ", "The envoy left."),
        ("Moscow (NW) – ", "the envoy left."),
        ("BAKU, May 3.", " /NW/. A truce was broken."),
        ("YEREVAN—", "A truce was broken."),
        ("RAWALPINDI: ", "At least two soldiers died."),
        ("", "NATO: two soldiers died."),
        ("", "NATO - an alliance - met on Monday."),
        ("", "Moscow said it was ready."),
    ],
)
def test_a_dateline_is_found(dateline: str, rest: str) -> None:
    """A dateline ends at its dash or its bracket; other openings have none."""
    sentence = lay_out(Report(id="r", text=dateline + rest)).sentences[0]
    assert sentence.dateline == len(dateline)


def test_a_dateline_is_no_place_of_a_strike() -> None:
    """An attack is where the text says, not where its reporter sat."""
    found = reading("", "MOSCOW (Northwire) - Shelling hit a market in Martuni on Wednesday.")
    assert [strike.place for strike in found.strikes] == ["Martuni"]
    found = reading("", "MOSCOW (Northwire) - Shelling killed two soldiers, officials said.")
    assert [strike.place for strike in found.strikes] == [None]


@pytest.mark.parametrize(
    "speaker",
    [
        "The president told parliament in Yerevan that shelling killed nine soldiers.",
        "A security official in Yerevan confirmed that shelling killed nine soldiers.",
        "A hospital worker in Yerevan, 90 kilometres away, said shelling killed nine soldiers.",
        "The premier tells deputies in Yerevan that shelling killed nine soldiers.",
    ],
)
def test_where_somebody_spoke_is_no_place_of_a_strike(speaker: str) -> None:
    """R24: what befell there is told otherwise."""
    found = reading("Shelling kills nine soldiers", speaker)
    assert [strike.place for strike in found.strikes] == [None]


@pytest.mark.parametrize(
    ("text", "claimant"),
    [
        ("BAKU -- The border service reported nine soldiers killed.", "border service"),
        ("MOSCOW (Northwire) - The army said nine soldiers were killed.", "army"),
        ("The defence ministry on Wednesday said nine soldiers were killed.", "defence ministry"),
        ("On Monday the border guard said nine soldiers were killed.", "border guard"),
        ("The governor late on Tuesday said nine people were killed.", "governor"),
        ("Ruritania hasn't named them, but says nine people were killed in shelling.", "Ruritania"),
        ("The authorities have not said how nine soldiers were killed.", "authorities"),
    ],
)
def test_a_claimant_is_the_speaker_alone(text: str, claimant: str) -> None:
    """R10: no dateline, no day and no negated verb is a part of a claimant's name."""
    assert [claim.claimant for claim in reading("", text).claims] == [claimant]


def test_what_adds_to_a_list_speaks_for_nobody() -> None:
    """R10: "this adds to" is no saying, and no capital is a claimant with its town."""
    text = "The army said nine soldiers fell. This adds to the list of 80 deaths reported before."
    assert {claim.claimant for claim in reading("", text).claims} <= {"army", None}
