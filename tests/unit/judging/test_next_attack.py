"""The next attack at a place is no second word of the one before, however alike they are told."""

from __future__ import annotations

from typing import Any

import pytest
from tests.unit.judging.desk import FORD, Desk, at, claim, strike

from tocsin.judging.again import Seen
from tocsin.judging.event import Event
from tocsin.judging.next_attack import next_attack

FAR = Seen(where="same", when="far", alike=0.5, figures=0)


def another(kind: str, dead: int | None, seen: Seen = FAR, hour: int = 48, **more: Any) -> bool:
    """Whether a report is of the attack after the shells on Ford that killed five on day one."""
    desk = Desk()
    first = strike(kind=more.pop("first", "artillery"), attacker=None)
    desk.tell("a", at(1, 0), first, claim(5))
    (story,) = desk.stories.values()
    given: dict[str, Any] = {
        "theatre": story.theatre,
        "said": at(1 + hour // 24, hour % 24),
        "places": (FORD,),
        "kinds": (kind,),
        "strikes": (strike(kind=kind, field=more.pop("field", "title")),),
        "claims": (claim(dead),) if dead else (),
    }
    return bool(next_attack(Event(**{**given, **more}), story, seen))


@pytest.mark.parametrize(
    ("kind", "dead", "after"),
    [("bombing", 8, True), ("ground", 8, False), ("artillery", 8, False), ("bombing", None, False)],
    ids=["a bomb", "a loose word", "the same kind", "no figure"],
)
def test_another_kind_hours_later_is_another_attack(
    kind: str, dead: int | None, *, after: bool
) -> None:
    """R24: a town that was shelled is bombed the next day, and the words are much the same."""
    assert another(kind, dead) is after


@pytest.mark.parametrize(("dead", "after"), [(2, True), (4, False), (7, False)])
def test_what_comes_from_afar_is_called_by_many_names(dead: int, *, after: bool) -> None:
    """R24: a missile may be called an air strike, unless far fewer died of it."""
    assert another("missile", dead, first="air") is after


def test_in_passing_within_hours_or_with_a_large_figure_it_is_the_same() -> None:
    """R24: only a title tells of the next attack, and only where nothing holds the two together."""
    assert not another("bombing", 8, field="text")
    assert not another("bombing", 8, Seen("same", "near", 0.5, 0))
    assert not another("bombing", 20, Seen("same", "far", 0.5, 20))


@pytest.mark.parametrize(
    ("hour", "dead", "after"),
    [(30, 4, False), (40, 4, True), (40, 9, False)],
    ids=["a day", "days", "more dead"],
)
def test_an_attacker_named_only_days_later_made_another(
    hour: int, dead: int, *, after: bool
) -> None:
    """R24: days later, and with fewer dead, an army that no report of the first named."""
    assert another("ground", dead, hour=hour, attackers=("north",)) is after


@pytest.mark.parametrize(("alike", "after"), [(0.2, True), (0.4, False)])
def test_an_equal_number_somewhere_in_a_country_is_no_proof(alike: float, *, after: bool) -> None:
    """R24: 26 tourists shot and 26 civilians bombed days later are two attacks."""
    seen = Seen("coarse", "far", alike, 26)
    assert another("ground", 26, seen, 72, attackers=("north",)) is after
