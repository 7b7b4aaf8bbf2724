"""Attribution: who says so, and with what stance.

A claimant is the most specific name that the text gives for who stands behind a figure: before or
after a verb of saying, after "according to", before a headline's colon. Those who were told, and
agencies in whose voice an outlet speaks, are claimants only where nobody else is.
"""

from __future__ import annotations

from collections.abc import Sequence

from tocsin.reading.document import Sentence
from tocsin.reading.speech import Speech
from tocsin.reading.voice import AttributionWords, Voice

_DASHES = frozenset({"-", "–", "—"})
#: Within so many words whoever speaks names whose word it is: "said on Monday, citing …".
_CITES = 4
#: Nothing more is said of what is denied.
_ENDS = frozenset({".", ",", ";", ":", ")", "and", "but", "—", "–"})
_STOPS = frozenset({".", ";", "—", "–"})
#: What is denied is named within so many words.
_OBJECT = 14
_HEARSAY = frozenset({"reports", "claims"})
_WAS = frozenset({"was", "were", "is", "are"})
#: Who gives a count says it: "the observatory gave a toll of 50".
_GIVES = frozenset({"gave", "gives", "given"})
_COUNTS = frozenset({"toll", "figure", "figures", "number", "count", "tally"})


def find_voices(sentence: Sentence, lexicon: AttributionWords) -> list[Voice]:
    """Whose words a sentence holds, in order."""
    words, turns = sentence.words, lexicon.turns
    at = [i for i, word in enumerate(words) if word in turns or _counts(words, i)]
    announcing = announces(words, lexicon)
    bracketed = sentence.field == "title" and words[-1:] == [")"]
    if not (at or announcing or bracketed):
        return []
    speech = Speech(sentence, words, lexicon)
    voices: list[Voice] = []
    if bracketed and (closing := speech.bracketed()) is not None:
        voices.append(closing)
    for i in at:
        word = words[i]
        voice: Voice | None = None
        if word in _HEARSAY and i and words[i - 1] in lexicon.denies:
            # "▢ has denied reports that …": nobody before it says what is denied.
            voices = [one._replace(end=min(one.end, i)) for one in voices]
            continue
        if word in lexicon.says or _counts(words, i):
            voice = speech.saying(i)
        elif word in lexicon.accuses:
            voice = speech.accusing(i)
        if voice is None and (cited := lexicon.according.at(words, i)) is not None:
            voice = speech.citing(i, cited[1])
            if voice and voices and _cites(speech.words, voices[-1], i):
                voices[-1] = voices[-1]._replace(weight=1)  # "▢ reports, citing ▢": the latter's
        elif voice is None and sentence.field == "title":
            if word == ":":
                voice = speech.colon(i)
            elif word in _DASHES:
                voice = speech.dashed(i)
        if voice is not None:
            voices.append(voice)
    announced = speech.announced() if announcing else None
    return voices if announced is None else [announced]


def _counts(words: Sequence[str], i: int) -> bool:
    """Whether a verb tells who counted: "▢ gave a toll of"."""
    return words[i] in _GIVES and not _COUNTS.isdisjoint(words[i + 1 : i + 5])


def _cites(words: Sequence[str], voice: Voice, i: int) -> bool:
    """Whether a speaker only passes on what is cited at word `i`."""
    return 0 <= i - voice.after <= _CITES and "that" not in words[voice.after : i]


def announces(words: Sequence[str], lexicon: AttributionWords) -> bool:
    """Whether a sentence only says whose word the one before was.

    "This was reported by ▢", "The revised toll was issued on Monday by ▢".
    """
    if len(words) > 2 and words[0] in ("this", "that", "it"):
        return words[1] in ("was", "is")
    for i in range(2, min(6, len(words) - 1)):
        if words[i] in _WAS:
            return words[i - 1] in lexicon.documents and words[i + 1] in lexicon.issued
    return False


def find_denials(sentence: Sentence, lexicon: AttributionWords) -> list[str]:
    """Who denies something in a sentence: "▢ denied the attack", "▢, which denies it"."""
    if not sentence.find(lexicon.denials):
        return []
    words = sentence.words
    speech = Speech(sentence, words, lexicon)
    names = [
        speech.denying(i)
        for i, word in enumerate(words)
        if word in lexicon.denies
        and words[i - 1 : i] not in (["nor"], ["or"])  # "neither confirmed nor denied"
        and _is_charge(words, i + 1, lexicon)
    ]
    return [name for name in names if name is not None]


def _is_charge(words: Sequence[str], first: int, lexicon: AttributionWords) -> bool:
    """Whether what a denial denies, from word `first` on, may be an attack or its figure."""
    if first >= len(words) or words[first] in _ENDS or not lexicon.denied:
        return True
    last = next((i for i in range(first, len(words)) if words[i] in _STOPS), len(words))
    return not lexicon.denied.isdisjoint(words[first : min(last, first + _OBJECT)])
