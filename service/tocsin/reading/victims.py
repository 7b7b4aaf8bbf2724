"""Who is counted: a quantity and its noun make a group, with its node of the victims' tree.

people ⊃ civilians ⊃ children, women, aid workers, medical workers, journalists; people ⊃
combatants ⊃ soldiers, militants.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, get_args

from tocsin.reading.facts import VictimGroup
from tocsin.reading.wordlist import LexiconError, Phrases, entries, section

NODES: tuple[VictimGroup, ...] = get_args(VictimGroup)


class Noun(NamedTuple):
    """A noun that may be counted: its node, or "thing" for what is no victim; its number.

    `both`: one form serves for one and for many ("staff").
    """

    node: str
    plural: bool
    side: str | None = None
    both: bool = False


@dataclass(frozen=True, slots=True)
class Victims:
    """The nouns of one language, compiled. `sides` are adjectives: "Syrian" → Syria.

    `bodies` name whose dead are counted with no noun for them: "military" → soldiers.
    `attackers` are the nouns of those who attacked: "bombers".
    """

    nouns: Phrases[Noun]
    sides: Phrases[str]
    ordinals: frozenset[str]
    bodies: Phrases[str]
    attackers: frozenset[str]


def compile_victims(data: Mapping[str, Any], language: str = "en") -> Victims:
    """Compile `victims.yaml`; raises LexiconError naming the entry that cannot be used."""
    where = f"lexicon/{language}/victims.yaml"
    nouns: dict[str, Noun] = {}
    for node, words in [*section(data, "people", where).items(), ("thing", data.get("things"))]:
        if node not in (*NODES, "thing"):
            raise LexiconError(f"{where}: people: unknown group {node!r}; want one of {NODES}")
        for entry in entries(words, f"{where}: {node}"):
            singular, _, many = entry.partition("/")
            both = many == singular
            nouns.setdefault(singular, Noun(node, plural=both, both=both))
            nouns.setdefault(many or plural(singular), Noun(node, plural=True))
    sides: dict[str, str] = {}
    for pair in str(data.get("sides") or "").split(","):
        adjective, equals, name = (" ".join(piece.split()) for piece in pair.partition("="))
        if not equals:
            if adjective:
                raise LexiconError(f"{where}: sides: want `adjective = name`, not {adjective!r}")
            continue
        sides[adjective.lower()] = name
        if adjective not in ("us", "u.s.", "karabakh") and not adjective.endswith(
            ("ish", "ese", "ch")
        ):
            nouns.setdefault(plural(adjective.lower()), Noun("people", plural=True, side=name))
    ordinals = frozenset(entries(data.get("ordinals"), f"{where}: ordinals"))
    bodies: dict[str, str] = {}
    for node, words in section(data, "bodies", where).items():
        if node not in NODES:
            raise LexiconError(f"{where}: bodies: unknown group {node!r}; want one of {NODES}")
        bodies.update(dict.fromkeys(entries(words, f"{where}: bodies: {node}"), node))
    attackers = frozenset(entries(data.get("attackers"), f"{where}: attackers"))
    return Victims(Phrases(nouns), Phrases(sides), ordinals, Phrases(bodies), attackers)


def plural(word: str) -> str:
    """The regular English plural."""
    if word.endswith(("s", "x", "ch", "sh")):
        return word + "es"
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    return word + "s"
