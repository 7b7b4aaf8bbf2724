"""The page shows what there is, and nothing from a feed can act on it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser

import pytest
from tests.kept import event

from tocsin.web.history import FeedRow
from tocsin.web.page import page
from tocsin.web.plain import plain, web_address
from tocsin.web.query import PageQuery

NOW = datetime(2020, 10, 28, 10, 5, tzinfo=UTC)


class _Tags(HTMLParser):
    def __init__(self, html: bytes) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(html.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def _page(*events: dict[str, object], feeds: tuple[FeedRow, ...] = ()) -> _Tags:
    return _Tags(page(events, feeds, [], PageQuery(), NOW))


HOSTILE = [
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "</bdi></li><script>alert(1)</script>",
    '" onmouseover="alert(1)',
    "{{7*7}} %s {0.__class__} ${7*7}",
    "<!--", "]]>", "\x00\x1b[31m",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_are_inert(text: str) -> None:
    """In headline, title, publisher, theatre and feed they are words and no markup (H8, H34)."""
    feed = FeedRow(id="f", url=text, name=text, fresh=False, outcome=text)
    report = {"title": text, "publisher": text, "url": "https://news.example/"}
    shown = _page(
        event(1, data_headline=text, data_theatre=text, data_report=report, severitytext=text),
        feeds=(feed,),
    )
    calm = _page(
        event(1, data_report=report | {"title": "t", "publisher": "p"}),
        feeds=(FeedRow(id="f", url="u", name="n", fresh=False),),
    )
    assert [tag for tag, _ in shown.tags] == [tag for tag, _ in calm.tags]
    assert not any(name.startswith("on") for _, attributes in shown.tags for name in attributes)
    assert plain(text) in shown.words


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", " JaVaScRiPt:alert(1)", "data:text/html,x", "file:///etc/passwd",
     "vbscript:x", "//host/x", "https://", "http://[", "", "mailto:a@b.example"],
)  # fmt: skip
def test_only_web_addresses_are_links(url: str) -> None:
    """Anything but http and https is text (H9)."""
    assert web_address(url) is None
    report = {"title": "t", "publisher": "p", "url": url}
    shown = _page(event(1, data_report=report))
    assert not any((a.get("href") or "/")[0] != "/" for tag, a in shown.tags if tag == "a")


def test_the_real_host_is_shown() -> None:
    """A title that looks like another address stands beside where it leads (H16)."""
    report = {"title": "paypal.com", "publisher": "p", "url": "https://paypal.com@evil.example/x"}
    shown = _page(event(1, data_report=report))
    assert "evil.example" in shown.words
    assert ("a", "https://evil.example/x") in [(tag, a.get("href")) for tag, a in shown.tags]
    assert web_address("https://аpple.example/") == (
        "https://xn--pple-43d.example/",
        "xn--pple-43d.example",
    )


def test_what_cannot_be_seen_is_gone() -> None:
    """Bidi overrides, zero width and tags leave no trace; lines become one (H17)."""
    assert plain("a\u202eb\u200bc\U000e0041d\u2066\n\te\x07") == "abcd e"
    assert len(plain("x" * 10_000)) == 600


def test_health_is_shown() -> None:
    """How many feeds are fresh of all that are active, the failing ones first, and why."""
    fresh = FeedRow(
        id="1", url="https://a.example/rss", name="Calm", fresh=True, fetched=NOW,
        newest=NOW - timedelta(hours=30), due=NOW + timedelta(minutes=5),
    )  # fmt: skip
    failing = FeedRow(
        id="2", url="https://b.example", name="Loud", fresh=False, outcome="timed_out", failures=3
    )
    gone = FeedRow(id="3", url="https://c.example", name="Over", fresh=False, state="gone")
    words = _page(feeds=(fresh, failing, gone)).words
    assert "1 of 2 feeds fresh" in words
    assert {"timed out (×3)", "gone", "fresh", "0 s ago", "1 d ago", "in 5 min"} <= set(words)
    assert words.index("Loud") < words.index("Calm")


def test_nothing_runs_on_the_page() -> None:
    """No script, no form, no inline style, nothing from another host is loaded (H8)."""
    shown = _page(event(1))
    assert not {"script", "style", "form", "iframe", "img"} & {tag for tag, _ in shown.tags}
    assert not any("style" in attributes for _, attributes in shown.tags)
    assert [a["href"] for tag, a in shown.tags if tag == "link"] == ["/style.css"]


def test_a_feed_shows_how_late_its_reports_may_be_seen() -> None:
    """F10, F19: the worst-case delay, and what is odd about what it asks for."""
    feed = FeedRow(
        id="f", url="https://news.example/rss", name="News", fresh=True,
        worst=timedelta(minutes=66), remark="skips_everything",
    )  # fmt: skip
    shown = _page(feeds=(feed,)).words
    assert "1 h" in shown
    assert "fresh; skips everything" in shown
