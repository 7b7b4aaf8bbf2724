"""The words of attacks, compiled, and what of them stands in a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, cast

from tocsin.reading.facts import StrikeKind
from tocsin.reading.phrases import Hit, Phrases, fold, noun_forms, verb_forms
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
_SIGNS = (
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
    "harm",
)


@dataclass(frozen=True, slots=True)
class StrikeWords:
    """The compiled words: attacks and deeds, weapons, armed bodies, and the signs beside them.

    A trigger's label is "firm:air" or "loose:ground" for a noun, "deed:firm" or "deed:loose" for
    a verb; a weapon's is "weapon:drone"; the rest bear the name of their list.
    """

    triggers: Phrases
    company: Phrases
    signs: Phrases
    weights: Mapping[str, float]
    bias: float


class Told(NamedTuple):
    """What of attacks stands in a sentence."""

    triggers: tuple[Hit, ...]
    company: tuple[Hit, ...]
    signs: frozenset[str]

    def has(self, prefix: str) -> bool:
        """Whether a trigger or its company bears a label that begins so."""
        return any(hit.label.startswith(prefix) for hit in (*self.triggers, *self.company))


def compile_attacks(
    data: Mapping[str, Any], weights: Mapping[str, float] | None = None, bias: float = 0.0
) -> StrikeWords:
    """Compile strikes.yaml; raises LexiconError where an entry cannot be used."""
    attacks, loose = section(data, "attacks", "strikes"), section(data, "loose", "strikes")
    deeds, weapons = section(data, "deeds", "strikes"), section(data, "weapons", "strikes")
    triggers: list[tuple[str, str]] = []
    for kind in KINDS:
        triggers += _nouns(attacks.get(kind), f"firm:{kind}")
    for strength in ("firm", "loose"):
        for verb in entries(deeds.get(strength), f"deeds.{strength}"):
            triggers += [(fold(form), f"deed:{strength}") for form in verb_forms(verb)]
    for kind in KINDS:
        triggers += _nouns(loose.get(kind), f"loose:{kind}")
    company: list[tuple[str, str]] = list(_nouns(data.get("armed"), "armed"))
    for kind in KINDS:
        company += _nouns(weapons.get(kind), f"weapon:{kind}")
    signs = [(fold(word), sign) for sign in _SIGNS for word in entries(data.get(sign), sign)]
    return StrikeWords(Phrases(triggers), Phrases(company), Phrases(signs), weights or {}, bias)


def told_in(folded: str, words: StrikeWords) -> Told:
    """What a folded sentence tells of attacks."""
    triggers = words.triggers.find(folded)
    if not triggers:
        return Told((), (), frozenset())
    return Told(
        tuple(triggers),
        tuple(words.company.find(folded)),
        frozenset(hit.label for hit in words.signs.find(folded)),
    )


def kind_of(told: Told) -> StrikeKind:
    """The kind of attack: by its name, else by its weapon, else by a loose word for it."""
    for prefix in ("firm:", "weapon:", "loose:"):
        kinds = [
            hit.label.removeprefix(prefix)
            for hit in (*told.triggers, *told.company)
            if hit.label.startswith(prefix)
        ]
        named = [kind for kind in kinds if kind != "other"]
        if named:
            return cast("StrikeKind", named[0])
    return "ground" if told.has("deed:firm") and told.has("armed") else "other"


def _nouns(value: Any, label: str) -> Iterable[tuple[str, str]]:
    return [(fold(form), label) for noun in entries(value, label) for form in noun_forms(noun)]
