"""Feed lists come in and go out with their groups, and bad ones are told with their line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.feeds.opml import OpmlFault, OpmlFeed, read_opml, write_opml
from tocsin.feeds.plain import clean
from tocsin.shelf.shipped import rules_home

LIST = b"""<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0" xmlns:tocsin="urn:tocsin:opml"><head><title>War</title></head><body>
<outline text="World"><outline text="Wires &amp; agencies">
  <outline type="RSS" text="One" xmlUrl="https://one.example/rss" htmlUrl="https://one.example/"
    language="EN-gb" tocsin:publisher="one" category="/a/b"/>
</outline></outline>
<outline title="Two" xmlUrl="http://10.0.0.5/feed"/>
<outline text="a bookmark" type="link" url="https://elsewhere.example/"/>
<outline type="rss" text="One again" xmlUrl="https://one.example/rss"/>
</body></opml>"""


def test_groups_names_and_own_attributes_are_kept() -> None:
    """Nested groups are a path; type is case-blind or missing; an address counts once."""
    assert read_opml(LIST) == (
        OpmlFeed(
            "https://one.example/rss",
            "One",
            ("World", "Wires & agencies"),
            "https://one.example/",
            "en-gb",
            (("publisher", "one"),),
            4,
        ),
        OpmlFeed("http://10.0.0.5/feed", "Two", line=7),
    )


def test_what_is_written_is_read_back() -> None:
    """Export and import are one list."""
    feeds = read_opml(LIST)
    assert isinstance(feeds, tuple)
    again = read_opml(write_opml("War", feeds))
    assert isinstance(again, tuple)
    assert [(f.url, f.title, f.groups, f.own) for f in again] == [
        (f.url, f.title, f.groups, f.own) for f in feeds
    ]


BAD = {
    "not well-formed": (b"<opml>\n<body>\n<outline text='a>\n", 3),
    "root element": (b"\n<rss/>", 2),
    "no xmlUrl": (b"<opml>\n<body><outline type='rss' text='x'/></body></opml>", 2),
    "(scheme)": (b"<opml>\n\n<outline xmlUrl='gopher://a.example/'/></opml>", 3),
    "(userinfo)": (b"<opml>\n\n<outline xmlUrl='http://u:p@a.example/'/></opml>", 3),
    "DOCTYPE": (b"<!DOCTYPE opml [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>\n<opml>&x;</opml>", 1),
    "deep": (b"<opml>" + b"<outline text='g'>" * 40, 1),
}


@pytest.mark.parametrize("what", BAD)
def test_faults_have_a_line_and_a_mend(what: str) -> None:
    """D17, H1, H2, H3: an unreadable list is one clear line."""
    data, line = BAD[what]
    fault = read_opml(data)
    assert isinstance(fault, OpmlFault)
    assert what in fault.what
    assert fault.line == line
    assert fault.mend


def test_a_huge_list_is_refused() -> None:
    """H1: by its size alone."""
    assert isinstance(read_opml(b"<opml>" + b" " * 11_000_000), OpmlFault)


def test_the_starter_feeds_are_readable() -> None:
    """The list that ships with Tocsin."""
    feeds = read_opml((rules_home() / "feeds.opml").read_bytes())
    assert isinstance(feeds, tuple)
    assert len(feeds) > 20
    assert all(feed.groups and feed.title for feed in feeds)


@given(st.binary(max_size=200), st.text(max_size=50))
def test_any_bytes_end_as_a_value(body: bytes, text: str) -> None:
    """H2, H12: nothing raises, and no title breaks a written list."""
    assert isinstance(read_opml(b"<opml>" + body + b"</opml>"), tuple | OpmlFault)
    title = OpmlFeed("https://one.example/rss", clean(text, 50))
    assert isinstance(read_opml(write_opml(text, [title])), tuple)
