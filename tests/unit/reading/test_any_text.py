"""Any text at all gets a reading, and every fact stands where it says."""

from __future__ import annotations

import re
import time

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tocsin.reading.document import lay_out
from tocsin.reading.numbers import find_quantities
from tocsin.reading.read import read
from tocsin.reading.report import Report
from tocsin.shelf.lexicon import load_lexicon
from tocsin.shelf.shipped import rules_home

LEXICON = load_lexicon(rules_home())
FIGURES = LEXICON.words("en").figures

_PIECES = (
    "21 people were killed , and wounded . five children including at least a soldier said the"
    " ministry died dead of in missing dozens 1,068 between 35 44 who ( ) ; more toll rose to from"
    " \n “ ” killing lost men - – fled hostage 2.5m thousand not could 1991 among"
    " them whom at least truce ceasefire violated agreed rockets hit shelled Kyiv Gaza Israel Hamas"
    " accused denied that"
)
_WORDS = st.sampled_from(re.split(" ", _PIECES))


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=300), st.lists(_WORDS, max_size=60).map(" ".join)))
@example("İ 12 killed ẞ in İstanbul \u202e 3 dead")
@example("21\u00a0people\u2009killed\x00")
def test_any_text_gets_a_reading(text: str) -> None:
    """R1: nothing raises, and the quote is the slice at its offsets."""
    report = Report(id="r", title=text[:60], summary=text, text=text)
    for claim in read(report, LEXICON).claims:
        assert report.field(claim.field)[claim.start : claim.end] == claim.quote
        assert claim.quote
        if claim.low is not None and claim.high is not None:
            assert claim.low <= claim.high


@given(
    st.integers(min_value=0, max_value=999_999_999), st.sampled_from(["", ",", "\u00a0", "\u202f"])
)
def test_number_to_text_to_number(number: int, mark: str) -> None:
    """H25: a number written with any grouping mark is read back."""
    text = f"{number:,}".replace(",", mark)
    sentence = lay_out(Report(id="r", text=f"killed {text} people")).sentences[0]
    found = FIGURES.concordance.of(sentence.words)
    quantities = find_quantities(sentence, found, FIGURES.numbers)
    assert [quantity.value for quantity in quantities] == [number]


def test_a_long_text_is_read_in_linear_time() -> None:
    """Four times the text takes no more than about four times as long."""
    sentence = "Officials said at least 21 people were killed and dozens wounded in the town. "
    taken = []
    for times in (500, 2000):
        started = time.perf_counter()
        read(Report(id="r", text=sentence * times), LEXICON)
        taken.append(time.perf_counter() - started)
    assert taken[1] < 12 * taken[0] + 0.5
