"""Words from outside, made safe to show."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.sinks.escape import for_slack, plain, web_link


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("evil\u202etxt.exe", "eviltxt.exe"),
        ("pay\u200bpal", "paypal"),
        ("hi\U000e0041\U000e0042", "hi"),
        ("two\nlines\tand\x1b[31mred", "two lines and[31mred"),
        ("  much   air ", "much air"),
        ("{{7*7}} %s {0.__class__}", "{{7*7}} %s {0.__class__}"),
        ("lone \ud800 surrogate", "lone surrogate"),
        ("a\u3164b", "ab"),
    ],
)
def test_what_cannot_be_seen_is_stripped(raw: str, shown: str) -> None:
    """Bidi, zero-width, tags, controls; templates stay literal (H12, H17, H34, H35)."""
    assert plain(raw) == shown


@given(st.text())
def test_plain_text_is_visible_one_line_and_bounded(text: str) -> None:
    """Whatever comes in (H17)."""
    shown = plain(text, 80)
    assert len(shown) <= 80
    assert not any(unicodedata.category(c) in {"Cf", "Cc", "Cs", "Zl", "Zp"} for c in shown)
    shown.encode()


@pytest.mark.parametrize(
    "raw", ["<!channel>", "<@U1>", "<http://evil.example|bank.example>", "<#C1>", "&lt;!here&gt;"]
)
def test_nothing_of_slacks_syntax_survives(raw: str) -> None:
    """Literal in Slack (H14)."""
    shown = for_slack(raw)
    assert "<" not in shown
    assert ">" not in shown
    assert shown.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") == raw


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "https://bank.example@evil.example/",
        "https:///nohost",
        "//news.example/a",
        None,
        7,
        "https://[::1",
        "https://" + "a" * 3000,
    ],
)
def test_only_plain_web_links_are_links(url: object) -> None:
    """Anything else is dropped (H9)."""
    assert web_link(url) is None


def test_a_link_shows_its_real_host() -> None:
    """Not what the title says; look-alike letters show as what they are (H16)."""
    assert web_link("https://news.example/a|b>c") == (
        "https://news.example/a%7Cb%3Ec",
        "news.example",
    )
    linked = web_link("https://\u0430pple.example/")
    assert linked is not None
    assert linked[1].startswith("xn--")
