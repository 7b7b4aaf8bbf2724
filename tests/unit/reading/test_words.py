"""Words are cut the same way wherever they stand, and each is found where it stands."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from tocsin.reading.words import _WORD, spans_of, words_of

_PIECES = st.sampled_from(
    ("a", "u.s.", "12", "1,068", "'s", "’s", "-", "‑", ".", ",", "(", "%", " ", "\n", "\u00a0", "é")
)


@given(st.one_of(st.text(max_size=80), st.lists(_PIECES, max_size=30).map("".join)))
@example("1\u202f068 dead")
@example("the u.s.-led (a's) 12-year-old’s")
def test_words_are_those_of_the_pattern_and_stand_where_it_says(text: str) -> None:
    """Cutting at white space first changes no word and no offset."""
    words = words_of(text)
    assert words == _WORD.findall(text)
    assert spans_of(words, text, 7) == [(7 + m.start(), 7 + m.end()) for m in _WORD.finditer(text)]
