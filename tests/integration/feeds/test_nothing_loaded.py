"""Parsing loads nothing: no external DTD, entity, stylesheet, schema, image or meta refresh."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.feed_server import FeedServer, item, rss

from tocsin.feeds.entries import ParsedFeed, Unparseable
from tocsin.feeds.opml import read_opml
from tocsin.feeds.parse import parse


def _lures(url: str) -> list[bytes]:
    """Documents that ask their reader to fetch `url`, for either parser and the HTML one."""
    good = rss("x", item("g", "t", f'<img src="{url}"><iframe src="{url}"></iframe>'))
    rest = good.partition(b"?>")[2]
    prologs = [
        "",
        f'<?xml-stylesheet href="{url}"?>',
        f'<!DOCTYPE rss SYSTEM "{url}">',
        f'<!DOCTYPE rss PUBLIC "-//x//y" "{url}">',
        f'<!DOCTYPE rss [<!ENTITY x SYSTEM "{url}">]>',
        f'<!DOCTYPE rss [<!ENTITY % x SYSTEM "{url}"> %x;]>',
    ]
    return [
        *(prolog.encode() + rest for prolog in prologs),
        *(prolog.encode() + rest.replace(b">t<", b">&t; &x;<") for prolog in prologs),
        *(prolog.encode() + rest.replace(b"</rss>", b"") for prolog in prologs),
        b'<rss xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="%s"/>' % url.encode(),
        f'<html><meta http-equiv="refresh" content="0; url={url}"></html>'.encode(),
        url.encode(),
    ]


async def test_no_connection_leaves_a_parser() -> None:
    """H2, H10: a server that every document points at is never asked."""
    async with FeedServer() as server:
        server.on("/lure").serve("<!ELEMENT rss ANY>")
        for lure in _lures(server.url("/lure")):
            assert isinstance(parse(lure, None, "https://a.example/"), ParsedFeed | Unparseable)
            read_opml(lure)
        assert server.seen == []


@pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace to watch system calls")
def test_no_file_is_opened_and_no_socket(tmp_path: Path) -> None:
    """H2: seen from outside: no open() of the named file, no connect() at all."""
    secret = tmp_path / "secret.dtd"
    secret.write_text("<!ELEMENT rss ANY>")
    trace = tmp_path / "trace"
    script = (
        "import sys; from tests.integration.feeds.test_nothing_loaded import _lures\n"
        "from tocsin.feeds.parse import parse\n"
        "[parse(lure, None, 'https://a.example/') for lure in _lures(sys.argv[1])]"
    )
    ran = subprocess.run(
        [
            *f"strace -f -e trace=open,openat,connect -o {trace} {sys.executable} -c".split(),
            script,
            f"file://{secret}",
        ],
        check=False,
        capture_output=True,
        text=True,
    )
    if "PTRACE" in ran.stderr or "ptrace" in ran.stderr:
        pytest.skip("the system does not let strace watch")
    assert ran.returncode == 0, ran.stderr
    calls = trace.read_text()
    assert "secret.dtd" not in calls
    assert "connect(" not in calls
