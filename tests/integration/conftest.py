"""What tests of several rooms together ask for: workers that read, and the shipped rules."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from tocsin.feeds.workshop import Workshop
from tocsin.judging.rulebook import Rulebook
from tocsin.rules_in_force import load_reading
from tocsin.shelf.rules import load_rulebook


@pytest.fixture(scope="module")
def workshop() -> Iterator[Workshop]:
    """Workers that read with the shipped lexicon; started when first needed."""
    running = Workshop(load_reading, workers=1)
    yield running
    asyncio.run(running.close())


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    """The shipped rules."""
    loaded = load_rulebook()
    assert isinstance(loaded, Rulebook)
    return loaded
