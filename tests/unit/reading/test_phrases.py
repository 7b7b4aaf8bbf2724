"""Phrases: an analyst's words in all their forms, found as whole words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.reading.document import lay_out
from tocsin.reading.phrases import (
    Hit,
    Phrasebook,
    Phrases,
    fold,
    noun_forms,
    spaced,
    verb_forms,
)
from tocsin.reading.report import Report


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("shell", ("shell", "shells", "shelled", "shelling")),
        ("agree", ("agree", "agrees", "agreed", "agreeing")),
        ("seize", ("seize", "seizes", "seized", "seizing")),
        ("deny", ("deny", "denies", "denied", "denying")),
        ("clash", ("clash", "clashes", "clashed", "clashing")),
        ("strike/struck", ("strike", "strikes", "struck", "striking")),
        ("open fire", ("open fire", "opens fire", "opened fire", "opening fire")),
        ("ram/rammed/ramming", ("ram", "rams", "rammed", "ramming")),
    ],
)
def test_the_forms_of_a_verb(verb: str, forms: tuple[str, ...]) -> None:
    """The base is enough for a regular verb; what is irregular is written out."""
    assert verb_forms(verb) == forms


@pytest.mark.parametrize(
    ("noun", "forms"),
    [
        ("raid", ("raid", "raids")),
        ("blast", ("blast", "blasts")),
        ("clash", ("clash", "clashes")),
        ("casualty", ("casualty", "casualties")),
        ("gunman/gunmen", ("gunman", "gunmen")),
    ],
)
def test_the_forms_of_a_noun(noun: str, forms: tuple[str, ...]) -> None:
    """The singular is enough for a regular noun."""
    assert noun_forms(noun) == forms


def found(text: str, *phrases: str) -> list[Hit]:
    """What of the phrases, each its own label, stands in a text."""
    return Phrases((phrase, phrase) for phrase in phrases).find(spaced(fold(text)))


def test_whole_words_only() -> None:
    """R2: no strike in a striker, no war in a warning."""
    assert found("A striker's warning", "strike", "war") == []


def test_the_longest_phrase_is_found_and_its_beginning_where_it_breaks_off() -> None:
    """Of overlapping phrases the longest; where it ends within a word, its first words."""
    assert found("air strike on a base", "air", "air strike") == [Hit("air strike", 0, 10)]
    assert found("air strikers", "air", "air strike") == [Hit("air", 0, 3)]


def test_a_phrase_that_breaks_off_within_a_word_hides_no_other() -> None:
    """Only whole words are found, so what merely begins like a phrase takes no place."""
    phrases = ("killed", "killed in a clash", "killed in a", "air raid")
    assert found("killed in air raids, killed in a ditch", *phrases, "air raids") == [
        Hit("killed", 0, 6),
        Hit("air raids", 10, 19),
        Hit("killed in a", 21, 32),
    ]


def test_of_overlapping_phrases_the_leftmost_then_the_longest_is_found() -> None:
    """A longer phrase that begins later gives way, and so does a shorter one at the same place."""
    phrases = ("a b", "b c d", "c", "a", "c d e f")
    assert found("a b c d", *phrases) == [Hit("a b", 0, 3), Hit("c", 4, 5)]
    assert found("b c d e f", *phrases) == [Hit("b c d", 0, 5)]


def test_marks_of_print_are_spaces_and_offsets_stay() -> None:
    """H17: dashes and quotes part words, and a hit points at the text as it stands."""
    text = "“Cease-fire” — İstanbul’s hope"
    (hit,) = found(text, "cease fire")
    assert text[hit.start : hit.end] == "Cease-fire"
    assert len(fold(text)) == len(text)


_PIECES = st.sampled_from(
    [
        "air",
        "strike",
        "strikes",
        "-",
        " ",
        " ",
        ".",
        ". ",
        "\n",
        "The ",
        "on",
        "é",
        "\u00a0",
        "İ",
        "1",
    ]
)
_SETS = (
    Phrases([("air", "air"), ("air strike", "raid"), ("on the air", "radio")]),
    Phrases([("strike", "strike"), ("strike on", "raid"), ("strikes", "strikes")]),
)


@given(st.one_of(st.text(max_size=60), st.lists(_PIECES, max_size=40).map("".join)))
def test_what_a_book_finds_in_a_sentence_is_what_each_set_finds_there(text: str) -> None:
    """Looking all sets up together, a whole field at once, changes no hit of any sentence."""
    for sentence in lay_out(Report(id="r", title=text, text=text), Phrasebook(_SETS)).sentences:
        for phrases in _SETS:
            assert list(sentence.find(phrases)) == phrases.find(sentence.spaced)
