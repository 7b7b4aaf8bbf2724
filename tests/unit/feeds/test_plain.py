"""Markup to plain text: once, safely, and without losing what reading needs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.feeds.plain import clean, from_html, one_line

CASES = {
    "<p>One.</p><p>Two.</p>": "One.\nTwo.",
    "one<br>two<br/>three": "one\ntwo\nthree",
    "<ul><li>a<li>b</ul>": "a\nb",
    "<td>killed</td><td>12</td>": "killed 12",
    "ten <b>soldiers</b>, <i>two</i> civilians": "ten soldiers, two civilians",
    "<p>a\n  b\t c</p>": "a b c",
    "a<script>alert(1)</script>b<style>p{}</style>c": "abc",
    "<noscript>no</noscript><svg onload=alert(1)><text>x</text></svg>ok": "ok",
    "<img src=x onerror=alert(1)>seen": "seen",
    "before<!-- hidden -->after": "beforeafter",
    "R&amp;D &lt;b&gt;": "R&D <b>",
    "&amp;lt;b&amp;gt;": "&lt;b&gt;",
    "5 < 6 & 7 > 3": "5 < 6 & 7 > 3",
    "AT&T": "AT&T",
    "caf&eacute; &#8217; &#x201C;": "café ’ “",
    "1&nbsp;068 dead": "1\u00a0068 dead",
    "<p>1&nbsp;068 dead</p>": "1\u00a0068 dead",
    "para one\nwrapped\n\npara two": "para one wrapped\npara two",
    "": "",
    "   ": "",
    "<p></p>": "",
    "<html><head><title>t</title></head><body>b</body></html>": "b",
    "unclosed <b>bold": "unclosed bold",
    "<meta charset=utf-16><p>Карабах</p>": "Карабах",
}


@pytest.mark.parametrize(("markup", "text"), CASES.items(), ids=range(len(CASES)))
def test_html_becomes_text(markup: str, text: str) -> None:
    """H8: blocks become lines, scripts say nothing, entities are undone once and not twice."""
    assert from_html(markup, 1000) == text


def test_invisible_characters_are_taken_out() -> None:
    """H17, H35: direction marks, zero-width marks, tags, controls and surrogates do no mischief."""
    evil = "a\u202eb\u200bc\u2066d\ufeffe\u00adf\U000e0041g\x00h\x1bi\ud800j"
    assert clean(evil, 100) == "abcdefghi\ufffdj"
    assert from_html(f"<p>{evil}</p>", 100) == "abcdefghi?j"
    assert clean("می\u200cخواهم", 100) == "می\u200cخواهم"
    assert clean("a\u200db", 100) == "ab"


def test_blanks_that_group_digits_stay() -> None:
    """H25: hard and narrow blanks are left for reading numbers."""
    assert clean("1\u202f068 and  1\u00a0068\u2009000", 100) == "1\u202f068 and 1\u00a0068\u2009000"


def test_text_is_composed_and_cut() -> None:
    """H17, H19: NFC, and never longer than asked."""
    assert clean("e\u0301", 10) == "é"
    assert clean("\ufdfa" * 10_000, 500) == "\ufdfa" * 500
    assert len(from_html("<p>" + "x" * 10_000, 100)) == 100


def test_a_title_is_one_line() -> None:
    """H12: whatever breaks it."""
    assert one_line("Ten<br>killed\r\nin\u2028Barda", 100) == "Ten killed in Barda"


@given(st.text(max_size=300))
def test_any_text_is_made_plain(text: str) -> None:
    """H8, H17: nothing raises, what comes out is storable, and doing it again changes nothing."""
    for plain in (from_html(text, 200), from_html(f"<p>{text}</p>", 200), clean(text, 200)):
        assert len(plain) <= 200
        plain.encode()
        assert clean(plain, 200) == plain


SOUP = [
    "<p>",
    "</p>",
    "<b",
    ">",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "&",
    "&#",
    "&#0;",
    "&#xd800;",
    "&#1114112;",
    "<script>",
    "</script>",
    "x",
    '"',
    "\x00",
    "<textarea>",
    "<svg>",
    "<math>",
    "<template>",
]


@given(st.lists(st.sampled_from(SOUP)))
def test_any_soup_is_made_plain(pieces: list[str]) -> None:
    """H3, H8: broken markup never raises and leaves no tag that a parser would see as a script."""
    plain = from_html("".join(pieces), 500)
    plain.encode()
    assert "\x00" not in plain
