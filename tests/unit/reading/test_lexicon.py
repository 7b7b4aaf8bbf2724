"""The lexicon: what an analyst writes becomes words, and a slip is told with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from tocsin.reading.wordlist import LexiconError, entries
from tocsin.shelf.lexicon import load_lexicon
from tocsin.shelf.shipped import rules_home


def test_entries_are_parted_by_commas() -> None:
    """A folded text and a YAML list say the same."""
    assert entries("Killed, shot\n  dead,", "x") == ("killed", "shot dead")
    assert entries(["Killed", "shot dead"], "x") == ("killed", "shot dead")


def test_a_slip_names_its_file_and_line(tmp_path: Path) -> None:
    """A duplicate key is refused with file and line."""
    folder = tmp_path / "lexicon" / "en"
    folder.mkdir(parents=True)
    (folder / "figures.yaml").write_text("a: x\nb: y\na: z\n", encoding="utf-8")
    with pytest.raises(LexiconError, match=r"figures\.yaml:3"):
        load_lexicon(tmp_path)


def test_the_shipped_lexicon_has_english() -> None:
    """An unknown language is read with English words."""
    lexicon = load_lexicon(rules_home())
    assert lexicon.words("en-GB").language == "en"
    assert lexicon.words(None).language == "en"
    assert lexicon.digest.startswith("sha256:")
