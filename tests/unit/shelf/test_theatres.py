"""Theatres and publishers: shipped ones load, mistakes have a line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tocsin.shelf.fault import Fault
from tocsin.shelf.publishers import load_publishers
from tocsin.shelf.shipped import rules_home
from tocsin.shelf.theatres import load_claimants, load_theatres, with_claimants

THEATRE = """\
id: marches
name: The Marches
parties:
  - id: north
    name: North
    names: [Northern, Northmen]
    claimants: {north-ministry: "Northern ministry, ministry in Nordham"}
  - {id: south, name: South, names: "Southern, Southrons"}
places: |
  Nordham, Northham | town | GB | 55.1 -2.5
"""


def _faults(tmp_path: Path, text: str) -> list[Fault]:
    path = tmp_path / "marches.yaml"
    path.write_text(text, encoding="utf-8")
    result = load_theatres([path])
    assert isinstance(result, list), "the theatre loaded"
    return result


def test_a_theatre_becomes_plain_data(tmp_path: Path) -> None:
    """Names in one line or as a list; places in one line each."""
    path = tmp_path / "marches.yaml"
    path.write_text(THEATRE, encoding="utf-8")
    result = load_theatres([path])
    assert isinstance(result, dict)
    north, south = result["marches"].parties
    assert north.names == ("Northern", "Northmen")
    assert south.names == ("Southern", "Southrons")
    assert north.claimants == (("north-ministry", ("Northern ministry", "ministry in Nordham")),)
    assert result["marches"].places == (("Nordham", ("Northham",), "town", "GB", 55.1, -2.5),)


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ("| town |", "| village |", 10, "is no place"),
        ("55.1 -2.5", "95.1 -2.5", 10, "no such coordinates"),
        ("Southrons", "Northern", 8, "'Northern' names two parties, north and south"),
        ("parties:", "party:", 3, "unknown key 'party'"),
        ("places: |\n  N", "places: [1]\nx: N", 9, "places are a block of text"),
        ("{id: south", "{sides_with: nort, id: south", 8, "unknown party 'nort'"),
        ("id: marches", "id: The Marches", 1, "'id' takes"),
    ],
)
def test_a_mistake_has_a_line(tmp_path: Path, old: str, new: str, line: int, what: str) -> None:
    """R18: a theatre with a fault does not load."""
    found = _faults(tmp_path, THEATRE.replace(old, new))
    assert any(fault.line == line and what in fault.what for fault in found), found


def test_two_parties_of_one_name_are_named(tmp_path: Path) -> None:
    """R18: every figure of theirs would be ambiguous; one id twice is no better."""
    twins = """id: marches
name: Marches
parties:
  - {id: north, name: North}
  - {id: south, name: north}
  - {id: north, name: Third}
"""
    found = [(fault.line, fault.what) for fault in _faults(tmp_path, twins)]
    assert found == [
        (5, "'north' names two parties, north and south"),
        (6, "the party 'north' stands twice"),
    ]


def test_every_shipped_place_lies_on_earth_and_has_one_name_once() -> None:
    """Shipped theatres are clean: a name belongs to one place of its theatre."""
    theatres = load_theatres(sorted((rules_home() / "theatres").glob("*.yaml")))
    assert isinstance(theatres, dict), theatres
    assert {"south-caucasus", "ukraine"} <= theatres.keys()
    for theatre in theatres.values():
        names = [name for place in theatre.places for name in (place[0], *place[1])]
        assert sorted(names) == sorted(set(names)), theatre.id


def test_publishers_load_and_hosts_are_unique(tmp_path: Path) -> None:
    """Shipped publishers load; one host at two outlets is a fault with its line."""
    shipped = load_publishers([rules_home() / "publishers.yaml"])
    assert isinstance(shipped, dict), shipped
    assert shipped["sputnik"].family == shipped["ria-novosti"].family == "rossiya-segodnya"
    assert shipped["bbc"].family == "bbc"
    path = tmp_path / "publishers.yaml"
    path.write_text("a: {name: A, hosts: [x.org]}\nb: {name: B, hosts: x.org}\n", encoding="utf-8")
    (fault,) = load_publishers([path])
    assert isinstance(fault, Fault)
    assert (fault.line, fault.what) == (2, "the host x.org belongs to a already")


def test_bodies_that_speak_of_any_war_are_known_in_each(tmp_path: Path) -> None:
    """A theatre's own name for a body wins; a list of names is a fault with its line."""
    common = tmp_path / "claimants.yaml"
    common.write_text("un: UN, United Nations\nnorth-ministry: x\n", encoding="utf-8")
    (tmp_path / "marches.yaml").write_text(THEATRE, encoding="utf-8")
    theatres = load_theatres([tmp_path / "marches.yaml"])
    claimants = load_claimants([common])
    assert isinstance(theatres, dict)
    assert isinstance(claimants, dict)
    marches = with_claimants(theatres["marches"], claimants)
    assert marches.claimants == (("un", ("UN", "United Nations")),)
    common.write_text("un:\n  - UN\n", encoding="utf-8")
    (fault,) = load_claimants([common])
    assert isinstance(fault, Fault)
    assert (fault.line, fault.what) == (1, "'un' takes names")
