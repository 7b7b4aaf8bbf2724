"""What a report says of truces: their newest status first.

Each sentence that names a halt in fire is read for its status. Of several the newest leads: a
title before what follows it, and in the life of a truce the later stage before the earlier.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, cast

from tocsin.reading.document import Document, Sentence
from tocsin.reading.facts import Ceasefire, Strike, TruceStatus
from tocsin.reading.phrases import Hit, Phrases, fold, verb_forms
from tocsin.reading.places import Located
from tocsin.reading.relevance import Relevance
from tocsin.reading.when import find_times
from tocsin.reading.wordlist import entries, section

#: In the life of a truce; a later stage told beside an earlier one is the newer.
STAGES: tuple[TruceStatus, ...] = (
    "proposed",
    "agreed",
    "delayed",
    "in_effect",
    "rejected",
    "extended",
    "violated",
    "suspended",
    "expired",
    "collapsed",
)
_REACH = 60
_OLD = 120


@dataclass(frozen=True, slots=True)
class CeasefireWords:
    """The compiled words of truces."""

    truces: Phrases
    status: Phrases
    signs: Phrases


class Spoken(NamedTuple):
    """What one sentence says of a truce."""

    sentence: Sentence
    truce: Hit
    status: TruceStatus


def compile_ceasefires(data: Mapping[str, Any]) -> CeasefireWords:
    """Compile ceasefires.yaml; raises LexiconError where an entry cannot be used."""
    status = section(data, "status", "ceasefires")
    forms: list[tuple[str, str]] = []
    for stage in reversed(STAGES):
        for word in entries(status.get(stage), f"status.{stage}"):
            first = word.split(" ")[0]
            whole = " " in word and "/" not in first
            forms += (
                [(fold(word), stage)] if whole else [(fold(f), stage) for f in verb_forms(word)]
            )
    truces = [
        (fold(form), label)
        for label in ("truce", "peace")
        for word in entries(data.get(label), label)
        for form in (word, word + "s")
    ]
    signs = [
        (fold(word), sign)
        for sign in ("other_truces", "negation", "future", "calls", "background", "attacks_on")
        for word in entries(data.get(sign), sign)
    ]
    return CeasefireWords(Phrases(truces), Phrases(forms), Phrases(signs))


def find_ceasefires(
    document: Document,
    words: CeasefireWords,
    relevance: Relevance,
    strikes: tuple[Strike, ...],
    located: Located = Located(),  # noqa: B008 — an empty frozen value
) -> tuple[Ceasefire, ...]:
    """What a report says of truces, newest first; none where it is not about conflict."""
    if not relevance.conflict:
        return ()
    spoken: list[Spoken] = []
    peace: list[Spoken] = []
    for sentence in document.sentences:
        hits = words.truces.find(sentence.folded)
        if not hits:
            continue
        status = _status(sentence, hits, words, document)
        if status is None:
            continue
        (spoken if any(hit.label == "truce" for hit in hits) else peace).append(
            Spoken(sentence, hits[0], status)
        )
    if not spoken:
        spoken = [
            one for one in peace if one.status in ("agreed", "in_effect", "collapsed", "violated")
        ]
    if not spoken:
        return ()
    ranked = sorted(
        spoken,
        key=lambda one: (-STAGES.index(one.status), one.sentence.index),
    )
    lead = ranked[0]
    if lead.status in ("in_effect", "extended") and strikes:
        ranked.insert(0, lead._replace(status="violated"))
    return tuple(_ceasefire(one, located) for one in ranked)


def _status(
    sentence: Sentence, hits: list[Hit], words: CeasefireWords, document: Document
) -> TruceStatus | None:
    folded = sentence.folded
    signs = words.signs.find(folded)
    labels = {hit.label for hit in signs}
    if "other_truces" in labels:
        return None
    found: list[tuple[int, TruceStatus]] = []
    for hit in words.status.find(folded):
        truce = min(hits, key=lambda one: abs(one.start - hit.start))
        gap = max(truce.start - hit.end, hit.start - truce.end)
        if gap <= _REACH:
            found.append(
                (STAGES.index(cast("TruceStatus", hit.label)), cast("TruceStatus", hit.label))
            )
    ages = [time.age for time in find_times(folded, document.report.published) if time.age]
    if ages and min(ages) > _OLD and not any(stage >= 6 for stage, _ in found):
        return None
    if not found:
        return "proposed"
    status = max(found)[1]
    if status == "in_effect" and "future" in labels:
        status = "agreed"
    if (
        status == "agreed"
        and "calls" in labels
        and not re.search(r"agree|reach|announc|declar|sign", folded)
    ):
        status = "proposed"
    return status


def _ceasefire(one: Spoken, located: Located) -> Ceasefire:
    sentence = one.sentence
    named = [m.party or m.nation for m in located.within(sentence.index) if m.party or m.nation]
    return Ceasefire(
        status=one.status,
        parties=tuple(dict.fromkeys(name for name in named if name)),
        broker=None,
        claimant=None,
        field=sentence.field,
        start=sentence.start,
        end=sentence.end,
        quote=sentence.text,
    )
