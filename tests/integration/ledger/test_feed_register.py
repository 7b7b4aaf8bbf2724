"""Feeds and rules that live in Redis."""

from __future__ import annotations

from tests.ledger_examples import NOW

from tocsin.ledger.connection import Store
from tocsin.ledger.feed_register import Register, Stopped, add, register, remove, resume, stop
from tocsin.ledger.rulebooks import keep_rulebook, rulebook_source


async def test_feeds_are_added_and_paused_while_running(store: Store) -> None:
    """What was added or paused is there for every replica, until it is taken back."""
    assert await register(store) == Register({}, {})
    await add(store, "north", {"url": "https://news.example/feed", "every": "10m"})
    await stop(store, "south", NOW, "too loud")
    assert await register(store) == Register(
        {"north": {"url": "https://news.example/feed", "every": "10m"}},
        {"south": Stopped(NOW, "too loud")},
    )
    assert await remove(store, "north") is True
    assert await remove(store, "south") is False
    assert await resume(store, "south") is True
    assert await resume(store, "south") is False
    assert await register(store) == Register({}, {})


async def test_rules_are_kept_under_their_digest(store: Store) -> None:
    """The sources of a rulebook come back as they were (R19)."""
    await keep_rulebook(store, "sha256:abc", b"id: one\n" * 100)
    assert await rulebook_source(store, "sha256:abc") == b"id: one\n" * 100
    assert await rulebook_source(store, "sha256:other") is None
