"""Documents as bytes."""

from __future__ import annotations

from datetime import UTC, datetime

import orjson
import pytest
from pydantic import ValidationError

from tocsin.judging.memory import Memory, Story
from tocsin.ledger.documents import milliseconds, moment, pack, unpack, unwrap

NOW = datetime(2024, 5, 2, 12, 0, 0, 250_000, tzinfo=UTC)


def test_a_large_document_is_compressed_and_comes_back() -> None:
    """Small ones stay readable; large ones are a fraction of their JSON."""
    small = Story("s1", "river-war", NOW, NOW)
    large = Story("s2", "river-war", NOW, NOW, keys=tuple(f"place:mill-{n}" for n in range(99)))
    assert pack(Memory(mutes=frozenset({"b", "a"}))).endswith(b'"mutes":["a","b"]}')
    assert len(pack(large)) < len(orjson.dumps(large)) / 2
    assert unwrap(pack(large)) == orjson.dumps(large)
    assert [unpack(Story, pack(one)) for one in (small, large)] == [small, large]


def test_documents_of_other_versions_are_read() -> None:
    """C3: what an older Tocsin did not write has its default; what a newer one adds is left."""
    written = {"id": "s1", "theatre": None, "founded": NOW, "last": NOW, "of_a_newer_one": [1]}
    assert unpack(Story, orjson.dumps(written)) == Story("s1", None, NOW, NOW)
    with pytest.raises(ValidationError):
        unpack(Story, b'{"id": "s1"}')


def test_moments_are_utc() -> None:
    """Times of the store are Unix times."""
    assert milliseconds(NOW) == 1714651200250
    assert moment(1714651200.25) == NOW
