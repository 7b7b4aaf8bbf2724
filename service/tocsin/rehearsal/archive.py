"""The past, read back in the order in which it was seen: feed snapshots, or reports as JSON lines.

A snapshot's name begins with the UTC time at which it was fetched (`2025-07-24T08-18-49Z.xml`); the
folder it lies in is its feed. Snapshots come singly, as `.xz`, in a folder or in a `.tar[.xz|.gz]`.
JSON lines (also `.xz`) are seen at the time they were published.
"""

from __future__ import annotations

import lzma
import re
import tarfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

import orjson

from tocsin.reading.report import Report
from tocsin.rehearsal.rows import report_of
from tocsin.shelf.fault import Fault, called

LARGEST = 50_000_000  # bytes of one snapshot
_STAMP = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d)[-:]?(\d\d)[-:]?(\d\d)Z")
_ROWS = (".jsonl", ".jsonl.xz", ".ndjson", ".ndjson.xz")
_DAWN = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What a feed served at `observed`. `first` of its feed is backlog, as in a live first poll."""

    observed: datetime
    feed: str
    body: bytes
    first: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One line of JSON: its `id` as given, and the report it holds."""

    observed: datetime
    id: str
    report: Report


Seen = Snapshot | Row


def open_archive(paths: Sequence[Path]) -> tuple[list[Seen], list[Fault]]:
    """Everything in `paths`, in the order in which it was seen, and what is wrong with them."""
    seen: list[Seen] = []
    faults: list[Fault] = []
    for path in paths:
        for item in _items(path):
            if isinstance(item, Fault):
                faults.append(item)
            else:
                seen.append(item)
    seen.sort(key=lambda item: item.observed)
    return list(_mark_first(seen)), faults


def _items(path: Path) -> Iterator[Seen | Fault]:
    name = called(path)
    if not path.exists():
        yield Fault(name, None, "is not there", "Give a .jsonl file, a folder or an archive.")
        return
    before = 0
    try:
        for item in _within(path, name):
            before += 1
            yield item
    except (OSError, EOFError, lzma.LZMAError, tarfile.TarError) as error:
        yield Fault(name, None, f"cannot be read: {error}")
        return
    if not before:
        mend = "Snapshots are called like 2025-07-24T08-18-49Z.xml."
        yield Fault(name, None, "holds no snapshots and no reports", mend)


def _within(path: Path, name: str) -> Iterator[Seen | Fault]:
    if path.is_dir():
        for file in sorted(path.rglob("*")):
            if file.name.endswith(_ROWS):
                yield from _rows(file, called(file))
            elif file.is_file() and _STAMP.match(file.name):
                yield from _snapshot(file.name, file.parent.name, file.read_bytes())
    elif path.name.endswith(_ROWS):
        yield from _rows(path, name)
    elif _STAMP.match(path.name):
        yield from _snapshot(path.name, path.resolve().parent.name, path.read_bytes())
    elif tarfile.is_tarfile(path):
        yield from _packed(path)


def _packed(path: Path) -> Iterator[Seen]:
    with tarfile.open(path) as archive:
        for member in archive:
            inside = PurePosixPath(member.name)
            file = archive.extractfile(member) if member.isfile() else None
            if file and _STAMP.match(inside.name) and member.size <= LARGEST:
                feed = inside.parent.name or path.name.split(".")[0]
                yield from _snapshot(inside.name, feed, file.read())


def _snapshot(name: str, feed: str, body: bytes) -> Iterator[Snapshot]:
    stamp = _STAMP.match(name)
    if stamp is None:
        return
    if name.endswith(".xz"):
        body = lzma.LZMADecompressor().decompress(body, max_length=LARGEST)
    observed = datetime.fromisoformat(f"{stamp[1]}T{stamp[2]}:{stamp[3]}:{stamp[4]}+00:00")
    yield Snapshot(observed, feed, body)


def _rows(path: Path, name: str) -> Iterator[Row | Fault]:
    """The reports of one file; one without a time is seen with the one before it."""
    last = _DAWN
    with lzma.open(path) if path.suffix == ".xz" else path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                row = orjson.loads(line)
                report = report_of(row)
            except ValueError as error:
                yield Fault(name, number, f"this line {_reason(error)}")
                return
            last = report.published or last
            id_ = str(row.get("id") or report.id or f"{name}:{number}")
            report = replace(report, id=report.id or id_, guid=report.guid or id_, fetched=last)
            yield Row(last, id_, report)


def _reason(error: ValueError) -> str:
    return "is no JSON" if isinstance(error, orjson.JSONDecodeError) else str(error)


def _mark_first(seen: Iterable[Seen]) -> Iterator[Seen]:
    met: set[str] = set()
    for item in seen:
        if isinstance(item, Snapshot) and item.feed not in met:
            met.add(item.feed)
            yield replace(item, first=True)
        else:
            yield item
