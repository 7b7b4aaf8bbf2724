"""Patterns that users write are RE2: refused where they cannot be linear, else fast on anything."""

from __future__ import annotations

import time

import pytest
from pydantic import ValidationError

from tocsin.judging.keyword import find, search
from tocsin.judging.rulebook import Rulebook
from tocsin.reading.report import Report
from tocsin.shelf.when_form import KeywordForm

EVIL = [
    r"(a+)+$", r"([a-zA-Z]+)*$", r"(a|aa)+$", r"(a|a?)+$", r"(.*a){20}$", r"^(a+)+b", r"(x+x+)+y",
    r"^(([a-z])+.)+[A-Z]([a-z])+$", r"(\w+\s?)*:$", r"^(\d+)*$x", r"(?:a*)*b", r"(?:.*)*b",
    r"((a*)*)*b", r"(a*a*)*b", r"(.+)+@", r"^(.*?,){11}P", r"(\s*\w+)*!", r"([^@]+)*@x",
    r"(a?){30}a{30}", r"(?:(?:a+)+)+$", r"\b(\w+)+\b!", r"(ab|a|b)*c$", r"(.*)(.*)(.*)(.*)z$",
    r"(\S+\s*)+#", r"^(?:\w+\W*)*\$", r"(?i)(k|K|k)+$q", r"(0*)*1", r"((\w)(\w*))+;",
    r"(a{1,100}){1,9}b", r"(\n|.)*?END$",
]  # fmt: skip
REFUSED = [r"(?<=a)b", r"(?<!a)b", r"a(?=b)", r"a(?!b)", r"(a)\1", r"(?P<x>a)(?P=x)",
           r"(a{1000}){1000}", r"a{1001}", r"(?>a+)b", "(", "[z-a]", "x" * 501]  # fmt: skip


@pytest.mark.parametrize("pattern", EVIL)
def test_an_evil_pattern_is_harmless(pattern: str) -> None:
    """H20: thirty patterns that take `re` seconds or years answer at once."""
    condition = KeywordForm(pattern=(pattern,)).condition()
    text = "a" * 20_000 + " k" * 2_000 + "!"
    started = time.process_time()
    find(condition, search(Report(id="r", text=text), Rulebook()))
    assert time.process_time() - started < 0.5  # 50 ms on a quiet machine


@pytest.mark.parametrize("pattern", REFUSED)
def test_what_re2_cannot_do_is_refused(pattern: str) -> None:
    """H21: lookaround, backreferences, giant repeats, broken and overlong patterns."""
    with pytest.raises(ValidationError, match=r"refused|a pattern of 501"):
        KeywordForm(pattern=(pattern,))
