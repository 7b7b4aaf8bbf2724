"""Word lists of the lexicon: how an analyst writes them, and what reading makes of them.

A list is written as one folded text, its entries parted by commas (`killed, shot dead, gunned
down`), or as a YAML list. The folded text is much faster to load: YAML sees one scalar.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class LexiconError(ValueError):
    """An entry of the lexicon that cannot be used: says where, and how to mend it."""


def entries(value: Any, where: str) -> tuple[str, ...]:
    """The entries of a list, in lower case and in order; raises LexiconError for anything else."""
    if value is None:
        return ()
    if isinstance(value, str):
        pieces = value.split(",")
    elif isinstance(value, list) and all(isinstance(item, str) for item in value):
        pieces = value
    else:
        raise LexiconError(f"{where}: want words parted by commas, not {value!r}")
    return tuple(word for piece in pieces if (word := " ".join(piece.lower().split())))


def section(data: Mapping[str, Any], key: str, where: str) -> Mapping[str, Any]:
    """The mapping under `key`; empty where it is missing."""
    value = data.get(key)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise LexiconError(f"{where}: {key}: want a mapping, not {value!r}")
    return value
