"""A backtest over archives made here, on its private server, from file to printed line."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest

from tocsin.rehearsal.backtest import Wish, carry_out

FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Wire</title>
<link>https://wire.example/</link>{items}</channel></rss>"""
ITEM = (
    "<item><title>{title}</title><link>https://wire.example/{guid}</link>"
    '<guid isPermaLink="false">{guid}</guid><pubDate>{date}</pubDate>'
    "<description>{text}</description></item>"
)
OLD = ITEM.format(
    guid="old",
    title="Missile strike on Odesa kills three",
    date="Fri, 01 Mar 2024 20:00:00 GMT",
    text="A Russian missile strike on Odesa killed three people on Friday, the mayor said.",
)
NEW = ITEM.format(
    guid="new",
    title="Missile strike on Kharkiv kills 12",
    date="Sat, 02 Mar 2024 08:10:00 GMT",
    text="A Russian missile strike on Kharkiv killed 12 people on Saturday, the governor said.",
)


@pytest.fixture
def snapshots(tmp_path: Path) -> Path:
    """Two snapshots of one feed, and one that is no feed."""
    folder = tmp_path / "wire"
    folder.mkdir()
    for name, body in (
        ("2024-03-02T08-00-00Z.xml", FEED.format(items=OLD)),
        ("2024-03-02T08-20-00Z.xml", FEED.format(items=NEW + OLD)),
        ("2024-03-02T08-40-00Z.xml", "<html><body>Not now</body></html>"),
        ("2024-03-02T09-00-00Z.xml", FEED.format(items=NEW + OLD)),
    ):
        (folder / name).write_text(body, encoding="utf-8")
    return folder


def test_snapshots_are_replayed_at_their_own_time(
    snapshots: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    """R20, R30: the first snapshot is backlog; each alert says when it would have been seen."""
    assert carry_out(Wish((snapshots,), output="json")) == 0
    said = capfdbinary.readouterr()
    events = [orjson.loads(line) for line in said.out.splitlines()]
    assert [(event["observed"], event["type"]) for event in events] == [
        ("2024-03-02T08:20:00Z", "tocsin.strike.reported")
    ]
    assert events[0]["data"]["report"]["guid"] == "new"
    assert (events[0]["source"], events[0]["data"]["test"]) == ("/tocsin/backtest", True)
    assert b"not read: 1 snapshots of wire" in said.err
    assert b"1 alerts of 2 reports" in said.err


def test_rows_and_their_stories(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """Two reports of one strike are one story; one of nothing stands alone."""
    text = "A Russian missile strike on Kharkiv killed 12 people on Saturday, the governor said."
    rows = [
        {"id": "a", "published": "2024-03-02T08:10:00Z", "text": text},
        {
            "id": "b",
            "published": "2024-03-02T09:10:00Z",
            "title": "12 dead in Kharkiv missile strike",
        },
        {"id": "c", "published": "2024-03-02T09:20:00Z", "text": "The orchestra played Mozart."},
    ]
    path = tmp_path / "reports.jsonl"
    path.write_bytes(b"\n".join(orjson.dumps(row) for row in rows))
    assert carry_out(Wish((path,), output="stories")) == 0
    lines = [orjson.loads(line) for line in capfdbinary.readouterr().out.splitlines()]
    assert [line["id"] for line in lines] == ["a", "b", "c"]
    first, second, third = (line["story"] for line in lines)
    assert first == second != third == "report/c"


def test_other_rules_are_compared(
    snapshots: Path, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    """--against: what the other rules gain and lose."""
    other = tmp_path / "other.yaml"
    other.write_text(
        "id: my.watch\ntitle: Kharkiv\nwhen: {keyword: Kharkiv}\nseverity: low\n", encoding="utf-8"
    )
    assert carry_out(Wish((snapshots,), against=(other,))) == 0
    said = capfdbinary.readouterr().out.decode()
    assert "- 2024-03-02 08:20 high" in said
    assert "+ 2024-03-02 08:20 low" in said
    assert "1 gained, 1 lost" in said


def test_what_cannot_be_replayed_is_told_at_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """R18: a missing archive and a bad rule are told together, with exit code 2."""
    bad = tmp_path / "bad.yaml"
    bad.write_text("id: a.b\n", encoding="utf-8")
    assert carry_out(Wish((tmp_path / "none",), rules=(bad,))) == 2
    said = capsys.readouterr().err
    assert "none: is not there" in said
    assert "bad.yaml:1: the key 'title' is missing" in said
