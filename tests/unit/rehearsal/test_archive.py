"""The past is read back in the order in which it was seen, from every form it is kept in."""

from __future__ import annotations

import io
import lzma
import tarfile
from datetime import UTC, datetime
from pathlib import Path

import orjson
import pytest

from tocsin.rehearsal.archive import Row, Seen, Snapshot, open_archive
from tocsin.shelf.fault import Fault

NAMES = ("2024-03-02T08-00-00Z.xml", "2024-03-02T09-00-00Z.xml", "2024-03-01T07-00-00Z.xml")


def _seen(*paths: Path) -> list[Seen]:
    seen, faults = open_archive(paths)
    assert faults == []
    return seen


def _fault(*paths: Path) -> Fault:
    (fault,) = open_archive(paths)[1]
    return fault


def test_a_folder_of_snapshots_in_time_order(tmp_path: Path) -> None:
    """R20: the folder is the feed, a subfolder another; the first of each is backlog."""
    for folder, names in (("north", NAMES), ("south", NAMES[:1])):
        (tmp_path / folder).mkdir()
        for name in names:
            (tmp_path / folder / name).write_text(name, encoding="utf-8")
    (tmp_path / "north" / "notes.txt").write_text("no snapshot", encoding="utf-8")
    seen = _seen(tmp_path)
    assert all(isinstance(item, Snapshot) for item in seen)
    assert [
        (item.observed.isoformat()[:13], item.feed, item.first)
        for item in seen
        if isinstance(item, Snapshot)
    ] == [
        ("2024-03-01T07", "north", True),
        ("2024-03-02T08", "north", False),
        ("2024-03-02T08", "south", True),
        ("2024-03-02T09", "north", False),
    ]


@pytest.mark.parametrize("mode", ["w", "w:xz", "w:gz"])
def test_a_packed_folder_is_the_same(tmp_path: Path, mode: str) -> None:
    """A tar, packed or not, gives what the folder gives."""
    packed = tmp_path / f"feed.tar.{mode[2:]}".rstrip(".")
    with tarfile.open(packed, mode) as archive:  # type: ignore[call-overload] # mode is a variable
        for name in NAMES:
            member = tarfile.TarInfo(f"wire/{name}")
            member.size = 4
            archive.addfile(member, io.BytesIO(b"body"))
    assert [(item.feed, item.first) for item in _seen(packed) if isinstance(item, Snapshot)] == [
        ("wire", True),
        ("wire", False),
        ("wire", False),
    ]


def test_rows_are_seen_when_they_were_published(tmp_path: Path) -> None:
    """Rows are sorted by time; one guid is one report; one without a time follows its neighbour."""
    rows = [
        {"id": "b", "guid": "g", "date": "2024-03-02", "text": "Two."},
        {"id": "c", "text": "No time."},
        {"id": "a", "guid": "g", "published": "2024-03-01T10:00:00+02:00", "title": "One."},
    ]
    path = tmp_path / "reports.jsonl.xz"
    path.write_bytes(lzma.compress(b"\n".join(orjson.dumps(row) for row in rows)))
    seen = [item for item in _seen(path) if isinstance(item, Row)]
    assert [item.id for item in seen] == ["a", "b", "c"]
    assert seen[0].report.id == seen[1].report.id != seen[2].report.id
    assert seen[0].observed == datetime(2024, 3, 1, 8, tzinfo=UTC)
    assert seen[2].observed == seen[1].observed
    assert seen[0].report.version != seen[1].report.version


def test_what_cannot_be_replayed_is_one_clear_fault(tmp_path: Path) -> None:
    """A missing path, an empty folder, a bad line: what, where, how to mend it."""
    assert _fault(tmp_path / "none").what == "is not there"
    assert _fault(tmp_path).what == "holds no snapshots and no reports"
    broken = tmp_path / "broken.jsonl"
    broken.write_bytes(b'{"id": "a", "text": "x"}\n{"id"\n')
    assert (_fault(broken).line, _fault(broken).what) == (2, "this line is no JSON")
    broken.write_bytes(b'{"id": "a"}\n')
    assert _fault(broken).what == "this line has none of title, summary and text"
    torn = tmp_path / "torn.jsonl.xz"
    torn.write_bytes(lzma.compress(b'{"id": "a", "text": "x"}\n' * 999)[:-20])
    assert "cannot be read" in _fault(torn).what
