"""Whose words a figure may be told in: a voice, and the words of a language that tell of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from tocsin.reading import phrases
from tocsin.reading.facts import Stance
from tocsin.reading.wordlist import Phrases, entries


@dataclass(frozen=True, slots=True)
class AttributionWords:
    """The words of attribution of one language, compiled.

    `turns` are all words at which a voice may begin or end, `denials` are `denies` as they are
    looked up in a whole field.
    """

    says: frozenset[str]
    according: Phrases[bool]
    accuses: frozenset[str]
    denies: frozenset[str]
    denied: frozenset[str]
    denials: phrases.Phrases
    adjectival: frozenset[str]
    other_objects: frozenset[str]
    documents: frozenset[str]
    never: frozenset[str]
    clauses: frozenset[str]
    agencies: Phrases[bool]
    pronouns: frozenset[str]
    speakers: frozenset[str]
    name_ends: frozenset[str]
    issued: frozenset[str]
    goes_on: Phrases[bool]
    turns: frozenset[str]


def compile_attribution(data: Mapping[str, Any], language: str = "en") -> AttributionWords:
    """Compile `attribution.yaml`; raises LexiconError naming the entry that cannot be used."""

    def words(key: str) -> tuple[str, ...]:
        return entries(data.get(key), f"lexicon/{language}/attribution.yaml: {key}")

    says, accuses = frozenset(words("says")), frozenset(words("accuses"))
    according = Phrases(dict.fromkeys(words("according"), True))
    return AttributionWords(
        says=says,
        according=according,
        accuses=accuses,
        denies=frozenset(words("denies")),
        denied=frozenset(words("denied")),
        denials=phrases.Phrases((word, "") for word in words("denies")),
        adjectival=frozenset(words("adjectival")),
        other_objects=frozenset(words("other_objects")),
        documents=frozenset(words("documents")),
        never=frozenset(words("never")),
        clauses=frozenset(words("clauses")),
        agencies=Phrases(dict.fromkeys(words("agencies"), True)),
        pronouns=frozenset(words("pronouns")),
        speakers=frozenset(words("speakers")),
        name_ends=frozenset(words("name_ends")),
        issued=frozenset(one.split(" ")[0] for one in words("according") if one.endswith(" by")),
        goes_on=Phrases(dict.fromkeys(words("goes_on"), True)),
        turns=says | accuses | frozenset(according.by_first) | {":", "-", "–", "—"},
    )


class Voice(NamedTuple):
    """Somebody's word in a sentence.

    It covers the words from `since` up to `before`, and those from `after` up to `end`. `weight`: 2
    a name, 1 an agency or a document, in whose voice an outlet speaks, 0 a pronoun still to be
    resolved.
    """

    claimant: str
    stance: Stance
    before: int
    after: int
    weight: int = 2
    end: int = 10**9
    since: int = 0

    def covers(self, i: int) -> bool:
        """Whether the word at `i` is told in this voice."""
        return self.since <= i < self.before or self.after <= i < self.end

    def distance(self, i: int) -> int:
        """How many words stand between the voice and the word at `i`."""
        return self.before - i if i < self.before else i - self.after


def claimant_of(voices: Sequence[Voice], i: int) -> Voice | None:
    """Whose word a figure at word `i` is: the nearest name that covers it, else an agency."""
    covering = [voice for voice in voices if voice.covers(i)]
    if len(covering) < 2:
        return covering[0] if covering else None
    return min(covering, key=lambda voice: (voice.weight != 2, voice.distance(i)))
