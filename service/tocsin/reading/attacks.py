"""The words of attacks, compiled, and what of them stands in a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from tocsin.reading.document import Sentence
from tocsin.reading.facts import StrikeKind
from tocsin.reading.phrases import Hit, Phrases, noun_forms, verb_forms
from tocsin.reading.wordlist import entries, section

KINDS: tuple[StrikeKind, ...] = (
    "air",
    "missile",
    "drone",
    "artillery",
    "ground",
    "bombing",
    "other",
)
#: Signs that stand beside an attack word and say whether one is told: lists of strikes.yaml.
SIGNS = (
    "toll",
    "unreal",
    "past",
    "court",
    "grief",
    "talk",
    "talks",
    "report",
    "trend",
    "fresh",
    "protest",
    "bystander",
)
#: Words after which a deed is not told as done.
_MODAL = frozenset(
    ("to", "could", "may", "might", "will", "would", "can", "should", "must", "not", "n't", "shall")
)
#: What came of an attack, told by what was done.
_HARMING = "shot dead"
_STYLE = "-style"


@dataclass(frozen=True, slots=True)
class StrikeWords:
    """The compiled words, each labelled by what it is, and the weights of the evidence they give.

    Labels: "attack:air" and "loose:ground" name an attack of a kind, "weapon:drone" its means,
    "firm:past", "loose verb:now" and "harm:past" a deed with its tense; "armed" and the signs bear
    the name of their list.
    """

    phrases: Phrases
    weights: Mapping[str, float]
    bias: float


#: What a defender does.
_DOWNS = re.compile(r"sho(?:t|ots?|oting) down\b")


@dataclass(frozen=True, slots=True)
class Told:
    """What of attacks stands in a sentence, in reading order; `sorts` of what sort it is."""

    sentence: Sentence
    hits: Sequence[Hit]
    sorts: frozenset[str]

    @property
    def firm(self) -> bool:
        """Whether a word stands here that names an attack by itself."""
        return "attack" in self.sorts or "firm" in self.sorts

    @property
    def trigger(self) -> Hit:
        """The first word that names the attack, a firm one before a loose one."""
        for sorts in (("attack", "firm"), ("loose", "loose verb"), ("harm", "weapon")):
            for hit in self.hits:
                if sort_of(hit.label) in sorts:
                    return hit
        return self.hits[0]

    @property
    def triggers(self) -> Iterator[Hit]:
        """The words that may tell of the attack, by how surely they do."""
        for sorts in (("attack", "firm"), ("loose verb",), ("harm", "weapon"), ("loose",)):
            for hit in self.hits:
                sort = sort_of(hit.label)
                if sort == "toll" and "harm" in sorts:
                    if self.sentence.folded.startswith(_HARMING, hit.start):
                        yield hit
                elif sort in sorts:
                    yield hit


def compile_attacks(
    data: Mapping[str, Any], weights: Mapping[str, float], bias: float
) -> StrikeWords:
    """Compile strikes.yaml; raises LexiconError where an entry cannot be used."""
    attacks, loose = section(data, "attacks", "strikes"), section(data, "loose", "strikes")
    deeds, weapons = section(data, "deeds", "strikes"), section(data, "weapons", "strikes")
    labelled: list[tuple[str, str]] = []
    for kind in KINDS:
        labelled += _nouns(attacks.get(kind), f"attack:{kind}")
    labelled += _verbs(deeds.get("firm"), "firm")
    for kind in KINDS:
        labelled += _nouns(loose.get(kind), f"loose:{kind}")
    labelled += _verbs(deeds.get("loose"), "loose verb")
    labelled += _verbs(data.get("harm"), "harm")
    labelled += _nouns(data.get("armed"), "armed")
    for kind in KINDS:
        labelled += _nouns(weapons.get(kind), f"weapon:{kind}")
    for sign in SIGNS:
        labelled += [(word, sign) for word in entries(data.get(sign), sign)]
    return StrikeWords(Phrases(labelled), weights, bias)


def told_in(sentence: Sentence, words: StrikeWords) -> Told:
    """What a sentence tells of attacks; "rebels attack" is told as now, "to attack" is not.

    A "militia-style" deed is no militia's.
    """
    folded, hits = sentence.folded, [*sentence.find(words.phrases)]
    if _STYLE in folded:
        hits = [hit for hit in hits if not folded.startswith(_STYLE, hit.end)]
    for place, hit in enumerate(hits):
        if hit.label.endswith(":base"):
            before = folded[max(0, hit.start - 8) : hit.start].split()
            if not before or before[-1] not in _MODAL:
                hits[place] = hit._replace(label=hit.label.removesuffix("base") + "now")
    if " down" in folded and len(hits) > 1:
        hits = _without_downing(hits, folded)
    return Told(sentence, hits, frozenset([sort_of(hit.label) for hit in hits]))


def _without_downing(hits: list[Hit], folded: str) -> list[Hit]:
    """The words without "shot down ten jets", where another deed is told before: "India struck"."""
    deeds = [hit for hit in hits if sort_of(hit.label) in ("firm", "loose verb")]
    if not deeds or _DOWNS.match(folded, deeds[0].start):
        return hits
    return [hit for hit in hits if not _DOWNS.match(folded, hit.start)]


@cache
def sort_of(label: str) -> str:
    """A label without kind and tense."""
    return label.partition(":")[0]


def _nouns(value: Any, label: str) -> Iterable[tuple[str, str]]:
    return [(form, label) for noun in entries(value, label) for form in noun_forms(noun)]


def _verbs(value: Any, label: str) -> Iterable[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for verb in entries(value, label):
        base, now, *past, ing = verb_forms(verb)
        found += [(base, f"{label}:base"), (now, f"{label}:now")]
        found += [(form, f"{label}:past") for form in past]
        found.append((ing, f"{label}:ing"))
    return found
