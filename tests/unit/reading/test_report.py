"""A report's version: of its words, wherever it comes from."""

from __future__ import annotations

from tocsin.reading.report import fingerprint, version_of


def test_a_version_sees_words_only() -> None:
    """R13: blanks make no new version, a letter does, and so does a word that changes its field."""
    first = version_of("Ford struck", "Two  killed", " one\n two\u00a0 three ")
    assert first == version_of(" Ford struck ", "Two killed", "one two three")
    assert first != version_of("Ford struck", "Two killed", "one two thre")
    assert first != version_of("Ford struck Two", "killed", "one two three")


def test_no_two_cuts_of_the_same_letters_meet() -> None:
    """H13: parts stay parts, also with surrogates and controls in them."""
    assert fingerprint("ab", "c") != fingerprint("a", "bc")
    assert fingerprint("a\0b") != fingerprint("a", "b")
    assert len(fingerprint("\ud800")) == 64
