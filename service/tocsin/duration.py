"""Durations as people write them: a number and `s`, `m`, `h` or `d`."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Annotated, Any

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema

_UNIT = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_DURATION = re.compile(r"(\d{1,6})\s*([smhd])")


def parse_duration(text: str) -> timedelta:
    """`30s`, `5m`, `6h`, `7d` → timedelta.

    Raises ValueError, in words for the one who wrote it.
    """
    match = _DURATION.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"'{text}' is no duration: write a number and s, m, h or d, like 30m")
    return timedelta(**{_UNIT[match[2]]: int(match[1])})


def _from_outside(value: Any) -> timedelta:
    if isinstance(value, timedelta):
        return value
    return timedelta() if value == 0 else parse_duration(str(value))


def in_words(value: timedelta) -> str:
    """As `parse_duration` reads it."""
    seconds = int(value.total_seconds())
    for unit, size in (("d", 86_400), ("h", 3_600), ("m", 60)):
        if seconds and seconds % size == 0:
            return f"{seconds // size}{unit}"
    return f"{seconds}s"


_SCHEMA = {"type": "string", "pattern": r"^\d+\s*[smhd]$", "examples": ["30m", "6h"]}

#: A timedelta that settings and rules write as `30m`; none at all may be a plain 0.
Duration = Annotated[
    timedelta,
    BeforeValidator(_from_outside),
    PlainSerializer(in_words),
    WithJsonSchema(_SCHEMA, mode="validation"),
]
