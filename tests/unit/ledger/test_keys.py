"""The names of keys."""

from __future__ import annotations

import re
from inspect import getmembers, ismethod

from hypothesis import given
from hypothesis import strategies as st

from tocsin.ledger import keys as page
from tocsin.ledger.keys import Keys, name


@given(st.text(), st.text())
def test_no_two_ids_share_a_key(one: str, other: str) -> None:
    """Different ids have different keys, and no id can leave the slot (H13, C21)."""
    assert (name(one) == name(other)) == (one == other)
    assert re.fullmatch(r"[A-Za-z0-9._/+:-]{1,96}", name(one))


def test_a_hash_is_no_plain_id() -> None:
    """What stands for a hashed id is no id that stands for itself."""
    hashed = name("*")
    assert name(hashed) != hashed


def test_every_key_stands_on_the_page() -> None:
    """The table of keys names each kind of key, and the prefix is a setting."""
    mine = Keys("watch-two")
    kinds = [key for key, _ in getmembers(Keys, lambda one: isinstance(one, property))]
    named = {getattr(mine, kind) for kind in kinds}
    for method, call in getmembers(mine, ismethod):
        if not method.startswith("_"):
            arguments = ["x"] * (call.__func__.__code__.co_argcount - 1)
            named.add(call(*arguments))
    for key in named:
        assert key.startswith("{watch-two}:")
        kind = key.removeprefix("{watch-two}:").removesuffix(":x").removesuffix(":x/x")
        assert re.search(rf"^{re.escape(kind)}(:|\s)", page.__doc__ or "", re.MULTILINE), kind
