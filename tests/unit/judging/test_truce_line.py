"""A truce's line names whose it is where the report does, or the war is one of two (R12)."""

from __future__ import annotations

import pytest
from tests.unit.judging.shipped_desk import lines_of


@pytest.mark.parametrize(
    ("title", "line"),
    [
        ("Air strikes on Idlib kill 21 despite ceasefire", "Ceasefire violated: Syria"),
        ("Ukraine truce takes effect at midnight", "Ceasefire agreed: Russia–Ukraine"),
        ("Israel and Hamas agree to Gaza ceasefire", "Ceasefire agreed: Hamas–Israel"),
    ],
)
def test_a_party_that_nobody_names_is_not_named(title: str, line: str) -> None:
    """Whose truce it is may follow from the war, and is no word of the report."""
    assert line in lines_of(title)


def test_two_who_accuse_each_other_accuse_nobody_together() -> None:
    """The word is neither a joint one nor one of them alone (R4)."""
    (line,) = lines_of("Armenia and Azerbaijan accuse each other of shelling Stepanakert")
    assert line.endswith(", as Armenia and Azerbaijan accuse each other")
