"""Places and theatres: the war's own names, the gazetteer, and what a name stands for."""

from __future__ import annotations

from pathlib import Path

import pytest

from tocsin.reading.facts import Place
from tocsin.reading.lexicon import Lexicon
from tocsin.reading.read import read
from tocsin.reading.report import Report
from tocsin.shelf.gazetteer import GazetteerError, load_gazetteer
from tocsin.shelf.lexicon import load_lexicon
from tocsin.shelf.shipped import rules_home
from tocsin.shelf.theatres import load_theatres


def lexicon() -> Lexicon:
    """The shipped lexicon with the shipped theatres."""
    rules = rules_home()
    theatres = load_theatres(sorted((rules / "theatres").glob("*.yaml")))
    assert isinstance(theatres, dict)
    return load_lexicon(rules, [*theatres.values()])


LEXICON = lexicon()


def places(text: str) -> dict[str, Place]:
    """The places of a text by name."""
    return {place.name: place for place in read(Report(id="r", text=text), LEXICON).places}


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Shelling was heard in Stepanakert.", "Stepanakert", "AZ"),
        ("Rockets fell near Khan Younis.", "Khan Younis", "PS"),
        ("Two villages near Barda were hit, Azerbaijan said.", "Barda", "AZ"),
        ("Fighting went on in Bakhmut, Ukraine.", "Bakhmut", "UA"),
        ("A bomb went off in Maiduguri.", "Maiduguri", "NG"),
        ("The army left el-Fasher.", "el-Fasher", "SD"),
    ],
)
def test_a_town_is_found_with_its_country(text: str, name: str, country: str) -> None:
    """Towns of the wars are known under the names that news uses."""
    place = places(text)[name]
    assert (place.precision, place.country) == ("town", country)
    assert place.latitude is not None


def test_context_decides_between_places_of_one_name() -> None:
    """Tripoli is in Lebanon where the report speaks of Lebanon, else the great one in Libya."""
    assert places("Gunmen clashed in Tripoli, in the north of Lebanon.")["Tripoli"].country == "LB"
    assert places("Militias clashed in Tripoli, Libya's capital.")["Tripoli"].country == "LY"


def test_a_person_is_no_town() -> None:
    """A first name before a surname is no town, though a town bears it."""
    assert "Aung San" not in places("Supporters of Aung San Suu Kyi met in Yangon, Myanmar.")
    assert "Vladimir" not in places("Vladimir Putin spoke in Moscow.")


@pytest.mark.parametrize(
    ("text", "theatre"),
    [
        ("Azerbaijan says Armenian forces shelled Terter and Barda.", "south-caucasus"),
        ("Kyiv says Russian drones hit Odesa overnight.", "ukraine"),
        ("The mayor opened a new bridge in Lisbon.", None),
    ],
)
def test_the_theatre_follows_places_and_parties(text: str, theatre: str | None) -> None:
    """A report plays in the theatre whose places and parties it names most."""
    assert read(Report(id="r", text=text), LEXICON).theatre == theatre


def test_a_bad_row_of_the_gazetteer_is_told_with_its_line(tmp_path: Path) -> None:
    """R18: a table with a wrong row stops with file and line."""
    folder = tmp_path / "places"
    folder.mkdir()
    (folder / "towns.tsv").write_text("name\tnames\nBarda\n", encoding="utf-8")
    with pytest.raises(GazetteerError, match=r"towns\.tsv:2: want 2 columns"):
        load_gazetteer(tmp_path)
