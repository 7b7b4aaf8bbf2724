"""By what words the reports of one event know each other: names, numbers and uncommon words."""

from __future__ import annotations

import re
from collections import Counter

from tocsin.reading.report import Report

_WORD = re.compile(r"[^\W\d_][\w'’-]*|\d[\d.,:]*\d|\d", re.UNICODE)
_LEAD = 1500  # characters of the text that say what a report is about
_MOST = 32
_LONG = 7
_COMMON_WORDS = """
monday tuesday wednesday thursday friday saturday sunday january february march april may june july
august september october november december president minister ministry official officials government
people killed wounded attack attacks strike strikes police military forces the and with that this
from after have were been their they said says more than over into according reported statement
spokesman spokesperson
"""
_COMMON = frozenset(_COMMON_WORDS.split())


def traits(report: Report) -> tuple[str, ...]:
    """The words that set a report apart, most telling first; at most 32.

    A word in capitals within a sentence is a name and counts twice, as does one in the title.
    """
    weights: Counter[str] = Counter()
    for text, factor in ((report.title, 2), (report.summary, 1), (report.text[:_LEAD], 1)):
        fresh = True
        for match in _WORD.finditer(text):
            word = match.group()
            folded = word.casefold().removesuffix("'s").removesuffix("’s")
            if folded not in _COMMON and (
                word[0].isdigit() or len(folded) >= _LONG or (word[0].isupper() and not fresh)
            ):
                weights[folded] += factor * (2 if word[0].isupper() and not fresh else 1)
            fresh = text[match.end() : match.end() + 1] in ".!?:\n"
    return tuple(word for word, _ in weights.most_common(_MOST))


def resemblance(left: tuple[str, ...], right: tuple[str, ...]) -> float:
    """How much of the smaller set of traits the other shares, 0 to 1."""
    if not left or not right:
        return 0.0
    return len(set(left) & set(right)) / min(len(left), len(right))
