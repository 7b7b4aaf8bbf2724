"""Between whom a truce is, where its parties are half named, strangers or others."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.unit.judging.desk import Desk, at, truce

from tocsin.judging.memory import Truce
from tocsin.judging.subject import names_of
from tocsin.judging.truce_parties import parties_of
from tocsin.reading.facts import Ceasefire
from tocsin.shelf.rules import load_rulebook
from tocsin.shelf.shipped import rules_home


def headlines(*said: dict[str, object], status: str = "agreed") -> list[str]:
    """What is told of one report that says this of a truce."""
    events = Desk().tell("a", at(1), *(truce(status, **more) for more in said))
    return [str(event["data"]["headline"]) for event in events]


def test_the_two_sides_that_the_words_make_are_its_parties() -> None:
    """R12: a party of the war and a stranger may have a truce of their own."""
    sides = ("South", "Ruritania")
    assert headlines({"parties": sides, "between": True}) == [
        "Ceasefire agreed: Ruritania–South",
    ]
    assert headlines({"parties": sides}) == ["Ceasefire agreed: North–South"]


@pytest.mark.parametrize(
    ("quote", "told"),
    [
        ("Truce agreed between rival militias", False),
        ("South offers a truce to some", False),
        ("Tribal elders agree a truce with the Southern army", False),
        ("Truce agreed with the rebels", True),
        ("Truce agreed after talks", True),
    ],
)
def test_a_truce_of_others_is_not_the_chief_enemies(quote: str, *, told: bool) -> None:
    """R12: militias, tribes and "some" are others than the two that a war is known by."""
    assert bool(headlines({"parties": ("South",), "quote": quote})) is told


def test_a_body_of_a_party_stands_for_it() -> None:
    """R12: who is named by a ministry or an army alone is a party to the truce all the same."""
    quote = "Northern army accepts the truce of the Southern defence ministry"
    assert headlines({"parties": (), "quote": quote}) == ["Ceasefire agreed: North–South"]


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("Ceasefire between North and South collapses", 1),
        ("Why the ceasefire between North and South collapsed", 0),
        ("How a truce fell apart", 0),
        ("Has the ceasefire between North and South collapsed?", 0),
    ],
)
def test_a_title_that_asks_has_no_news_of_a_truce(title: str, told: int) -> None:
    """R12: an explainer tells of what is known."""
    assert len(Desk().tell("a", at(1), truce("collapsed"), title=title)) == told


def test_a_start_put_off_is_told_and_then_that_it_began() -> None:
    """R12: a truce agreed may be delayed."""
    desk = Desk()
    steps = ("agreed", "delayed", "in_effect")
    for day, status in enumerate(steps, 1):
        (event,) = desk.tell(status, at(day), truce(status))
        assert event["data"]["changes"][0]["to"] == status


def test_a_call_is_told_as_a_call() -> None:
    """R12: who calls for a truce is neither side that offers one."""
    assert headlines({"quote": "UN calls for a truce"}, status="proposed") == [
        "Ceasefire called for: North–South"
    ]
    assert headlines({"quote": "South offers a truce"}, status="proposed") == [
        "Ceasefire proposed: North–South"
    ]


@pytest.mark.parametrize(
    ("before", "day", "told"), [("extended", 10, 0), ("extended", 20, 1), ("in_effect", 20, 0)]
)
def test_one_agreed_after_another_has_run_long_is_the_next(
    before: str, day: int, told: int
) -> None:
    """R25: an extended truce of weeks ago is over where a title tells of one agreed."""
    desk = Desk()
    desk.tell("a", at(1), truce(before))
    assert len(desk.tell("b", at(day), truce("agreed"))) == told


LEVANT = names_of(load_rulebook([rules_home()]), "israel-palestine-lebanon-iran")


@pytest.mark.parametrize(
    ("quote", "named", "meant"),
    [
        ("The Gaza ceasefire collapses", (), "hamas israel"),
        ("The Gaza ceasefire collapses as Israel strikes", ("Israel",), "hamas israel"),
        ("Iran says the Gaza ceasefire has to hold", ("Iran",), "hamas israel"),
        ("The Lebanon truce holds", ("Lebanon",), "hezbollah israel"),
        ("Israeli strike on Beirut strains truce", ("Israel",), "hezbollah israel"),
        ("Israel and Lebanon accuse each other", ("Israel", "Lebanon"), "hezbollah israel"),
        ("Israel and Iran accuse each other", ("Israel", "Iran"), "iran israel"),
        ("The ceasefire with Israel collapses", ("Israel",), "hezbollah israel"),
    ],
)
def test_a_truce_in_a_partys_own_land_is_that_partys(
    quote: str, named: tuple[str, ...], meant: str
) -> None:
    """R12: of several truces of one war the land tells which; else it is the newest."""
    desk = Desk()
    known: dict[str, Truce] = {}
    for day, parties in ((1, ("hamas", "israel")), (2, ("hezbollah", "israel"))):
        desk.tell(f"r{day}", at(day), truce("agreed"))
        last = next(iter(desk.truces.values()))
        known["+".join(parties)] = replace(last, parties=parties, since=at(day))
    assert parties_of(said(quote, named), LEVANT, known) == tuple(meant.split())


def said(quote: str, named: tuple[str, ...]) -> Ceasefire:
    """A truce told in these words, that name these."""
    return truce("collapsed", quote=quote, parties=named)
