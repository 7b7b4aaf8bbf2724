"""Documents as bytes: plain dataclasses as JSON, the larger ones compressed.

The ledger knows nothing of their meaning. A field that a document has not (it was written by an
older Tocsin) takes its default; one that the dataclass has not (a newer Tocsin wrote it) is left.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, lru_cache
from typing import Any, TypeVar

import orjson
from pydantic import TypeAdapter

from tocsin.judging.memory import Memory
from tocsin.judging.verdict import Reason
from tocsin.reading.facts import Reading
from tocsin.reading.report import Report

T = TypeVar("T")

_COMPRESS_FROM = 400  # bytes; below, the saving is not worth the time
_REMEMBERED = 2048  # documents
_adapter: Callable[[Any], TypeAdapter[Any]] = cache(TypeAdapter)


@dataclass(frozen=True, slots=True)
class StoredReport:
    """The newest version of a report, what was read in it, and what was made of that.

    `reading` is None for a report that could not be read. `rulebook` is the digest of the rules
    that it was judged by.
    """

    report: Report
    recorded: datetime
    reading: Reading | None = None
    reasons: tuple[Reason, ...] = ()
    alerts: tuple[str, ...] = ()
    rulebook: str = ""


@dataclass(frozen=True, slots=True)
class CaseFile:
    """All that a verdict was made from, so that `explain` can judge again (R19).

    `rulebook` is the digest of the rules in force, `reader` the version of reading.
    """

    report: Report
    reading: Reading
    memory: Memory
    now: datetime
    rulebook: str
    reader: str


def pack(document: Any) -> bytes:
    """The bytes of a document (a dataclass of plain data)."""
    plain = orjson.dumps(document, default=_plain, option=orjson.OPT_NON_STR_KEYS)
    return plain if len(plain) < _COMPRESS_FROM else zlib.compress(plain, 4)


def _parse(kind: Any, packed: bytes) -> Any:
    return _adapter(kind).validate_json(unwrap(packed))


_unpacked: Callable[[Any, bytes], Any] = lru_cache(_REMEMBERED)(_parse)


def unpack(kind: type[T], packed: bytes) -> T:
    """The document of `packed`. Raises `pydantic.ValidationError` if it is no such document.

    Documents are frozen and the same ones are recalled again and again: the last few thousand are
    remembered by their bytes.
    """
    document: T = _unpacked(kind, packed)
    return document


def unwrap(packed: bytes) -> bytes:
    """The JSON of a packed document."""
    return packed if packed[:1] in b"{[" else zlib.decompress(packed)


def milliseconds(moment: datetime) -> int:
    """Unix time in milliseconds."""
    return int(moment.timestamp() * 1000)


def moment(seconds: float) -> datetime:
    """UTC time of a Unix time in seconds."""
    return datetime.fromtimestamp(seconds, UTC)


def _plain(value: Any) -> Any:
    if isinstance(value, frozenset):
        return sorted(value)
    raise TypeError(f"{type(value).__name__} is not plain data")
