"""Between whom a sentence says a truce is, and who accuses whom of having broken it."""

from __future__ import annotations

import pytest

from tocsin.reading.facts import Ceasefire
from tocsin.reading.read import read
from tocsin.reading.report import Report
from tocsin.shelf.lexicon import load_lexicon
from tocsin.shelf.shipped import rules_home
from tocsin.shelf.theatres import load_theatres

RULES = rules_home()
LEXICON = load_lexicon(RULES, load_theatres(sorted((RULES / "theatres").glob("*.yaml"))).values())


def ceasefires(title: str) -> tuple[Ceasefire, ...]:
    """What a title says of truces."""
    return read(Report(id="r", title=title), LEXICON).ceasefire


@pytest.mark.parametrize(
    ("title", "sides"),
    [
        (
            "Pakistan and Afghanistan agree 48-hour truce after border clashes",
            "Pakistan Afghanistan",
        ),
        ("Truce between Armenia and Azerbaijan agreed, France says", "Armenia Azerbaijan"),
        (
            "US and France call for Lebanon ceasefire between Israel and Hezbollah",
            "Israel Hezbollah",
        ),
        (
            "Israel-Hezbollah ceasefire in Lebanon agreed after talks with France",
            "Israel Hezbollah",
        ),
        ("Qatar says Israel agrees ceasefire with Hamas in Gaza", "Israel Hamas"),
    ],
)
def test_two_sides_that_the_words_join(title: str, sides: str) -> None:
    """R12: who mediates, calls or speaks is no party."""
    (lead, *_) = ceasefires(title)
    assert (lead.parties, lead.between) == (tuple(sides.split()), True)


@pytest.mark.parametrize(
    ("title", "sides"),
    [
        ("Hamas says it accepts Gaza ceasefire proposal from Egypt and Qatar", "Hamas"),
        ("Ukraine accepts a US-proposed ceasefire", "Ukraine"),
        ("Armenia, Azerbaijan and France sign ceasefire", "Armenia Azerbaijan France"),
    ],
)
def test_who_proposes_is_no_party(title: str, sides: str) -> None:
    """R12: nor are three that are listed two sides."""
    (lead, *_) = ceasefires(title)
    assert (lead.parties, lead.between) == (tuple(sides.split()), False)


@pytest.mark.parametrize(
    ("title", "who", "whom"),
    [
        ("Hamas halts releases, accusing Israel of breaching Gaza truce", "Hamas", "Israel"),
        ("Israel strikes Lebanon, accuses Hezbollah of violating ceasefire", "Israel", "Hezbollah"),
        ("Moscow says Kyiv broke energy ceasefire", "Moscow", "Kyiv"),
        ("Yemen government accuses Houthis of breaching truce", "Yemen government", "Houthis"),
        ("Armenia and Azerbaijan accuse each other of violating ceasefire", None, None),
        ("Envoy says both Israel and Hamas violated ceasefire", None, None),
    ],
)
def test_who_says_that_who_broke_it(title: str, who: str | None, whom: str | None) -> None:
    """R10, R12: a breach is told as the word of who claims it."""
    (lead, *_) = ceasefires(title)
    assert (lead.status, lead.claimant, lead.violator) == ("violated", who, whom)
