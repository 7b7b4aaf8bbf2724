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
        ("Trump says ceasefire between Israel and Iran 'now in effect'", "Israel Iran"),
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


@pytest.mark.parametrize(
    ("title", "side"),
    [
        ("Russia's Putin orders Christmas truce in Ukraine", True),
        ("Sudan's army agrees to one-day truce in Khartoum", True),
        ("Army and RSF agree to one-day truce in Sudan", False),
        ("Syrian government and Druze groups agree ceasefire in Sweida", False),
    ],
)
def test_one_of_two_that_are_joined_does_not_bind_itself_alone(title: str, *, side: bool) -> None:
    """R12: also where the other has no name that is known."""
    assert ceasefires(title)[0].unilateral is side


def test_whose_forces_are_backed_brokers_nothing() -> None:
    """R12: a deal is backed by a broker, and forces by an ally."""
    backed = "Ceasefire between SDF and Turkish-backed forces in Syria extended"
    assert ceasefires(backed)[0].broker is None
    assert ceasefires("UK-backed ceasefire deal in Syria extended")[0].broker == "UK"


@pytest.mark.parametrize(
    ("title", "mentioned"),
    [
        ("Hopes rise for a ceasefire between Armenia and Azerbaijan", True),
        ("Armenia calls plan to extend ceasefire with Azerbaijan a ploy", True),
        ("Vote on ceasefire between Israel and Hamas delayed", True),
        ("Armenia vows it will keep attacking Azerbaijan despite ceasefire", True),
        ("Ceasefire between Armenia and Azerbaijan is set to expire", True),
        ("Armenia and Azerbaijan agree to extend ceasefire", False),
        ("Ceasefire between Israel and Hamas delayed", False),
        ("Armenia offers ceasefire to Azerbaijan", False),
    ],
)
def test_what_is_hoped_or_planned_moves_no_truce(title: str, *, mentioned: bool) -> None:
    """R12: nor does what will come to an end."""
    assert ceasefires(title)[0].mentioned is mentioned


def test_one_who_is_named_alone_has_the_partner_of_the_title() -> None:
    """R12: "X and Y sign", and further down the truce starts once X approves."""
    summary = "The ceasefire will start once Israel's cabinet approves the accord on Thursday."
    report = Report(id="r", title="Israel and Hamas sign off on Gaza plan", summary=summary)
    (lead, *_) = read(report, LEXICON).ceasefire
    assert (lead.status, lead.parties) == ("agreed", ("Israel", "Hamas"))


def test_a_call_that_is_rejected_by_another_is_refused_by_that_one() -> None:
    """R12: not by who made it."""
    (lead, *_) = ceasefires("Kyiv's call for an unconditional ceasefire rejected by Moscow")
    assert (lead.status, lead.claimant) == ("rejected", "Russia")


def test_a_truce_between_two_is_in_effect_whatever_joins_them() -> None:
    """R12: the "and" of a pair begins no other clause."""
    (lead, *_) = ceasefires("Ceasefire between the army and the RSF now in effect in Sudan")
    assert lead.status == "in_effect"
