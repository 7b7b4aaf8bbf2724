"""What an alert is about, by one fixed grammar, and who is meant by a name.

`story/<id>/strike`, `story/<id>/<indicator>`, `theatre/<id>/<indicator>/<victims>/<claimant>`,
`theatre/<id>/ceasefire/<party>+<party>`, `report/<id>/keyword`. A claimant is its theatre's id for
it, else `other:<normalised words>`; a new alias in a theatre never renames a subject of its own.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from tocsin.judging.rulebook import Rulebook

#: The claimant of a figure that nobody is named for: the outlets' own voice.
UNATTRIBUTED = "other:unattributed"
#: In place of a theatre's id where the report belongs to none that we know.
NO_THEATRE = "none"

_MARKS = re.compile(r"[\u2019']s?\b|[^\w\s]|_", re.UNICODE)
_INITIALS = re.compile(r"(?<=\b\w)\.(?=\w\b|\s|$)")
_FILLERS = frozenset(
    {"the", "a", "an", "of", "in", "for", "and", "its", "his", "her", "s", "said", "says"}
)
#: Words that name an attacker without telling one from another.
_ANYBODY_WORDS = """
army armed forces force troops military soldiers fighters militants gunmen terrorists terrorist
rebels insurgents attackers assailants enemy hostile side units unidentified unknown suspected
"""
_ANYBODY = frozenset(_ANYBODY_WORDS.split())
_SPELLINGS = {
    "defense": "defence",
    "department": "ministry",
    "center": "centre",
    "organisation": "organization",
}
_NAME = 400  # characters of a name that are looked at
_LONGEST = 8  # words of an unknown claimant's name that count


def normal_words(text: str) -> tuple[str, ...]:
    """The words that make a name: folded, spelt one way, without marks and articles."""
    return _normal_words(text[:_NAME])


@lru_cache(maxsize=8192)
def _normal_words(text: str) -> tuple[str, ...]:
    folded = unicodedata.normalize("NFKC", text).casefold()
    folded = _INITIALS.sub("", folded).replace("united states", "us")
    words = _MARKS.sub(" ", folded).split()
    return tuple(_SPELLINGS.get(word, word) for word in words if word not in _FILLERS)


def slug(text: str) -> str:
    """A name as one part of a subject: "Aid workers" → "aid-workers"."""
    return "-".join(normal_words(text)[:_LONGEST]) or "unknown"


@dataclass(frozen=True, slots=True)
class Who:
    """A named body or side: the id for it and the party it belongs to, where that is known."""

    id: str
    side: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Names:
    """All names of one theatre, longest first: (words, claimant id, party id)."""

    bodies: tuple[tuple[frozenset[str], str, str | None], ...] = ()
    parties: tuple[tuple[frozenset[str], str], ...] = ()
    camps: tuple[tuple[str, str], ...] = ()
    fighting: tuple[str, ...] = ()  # the camps at war, the chief two first
    homes: tuple[tuple[frozenset[str], str], ...] = ()  # lands of which a truce is a party's own

    def claimant(self, text: str | None) -> Who:
        """Who speaks: a body of a party, the party itself, or another by its own words."""
        return Who(UNATTRIBUTED) if text is None else _claimant(self, text[:_NAME])

    def party(self, text: str | None) -> str | None:
        """The party that a name means or contains; None where it names none of them."""
        if text is None:
            return None
        words = frozenset(normal_words(text))
        return next((party for name, party in self.parties if name <= words), None)

    def belligerent(self, text: str | None) -> str | None:
        """The camp a name means, else its own words; None for "troops" and the like."""
        if text is None:
            return None
        camp = self.camp(self.party(text))
        anybody = _ANYBODY.issuperset(normal_words(text))
        return camp or (None if anybody else "other:" + slug(text))

    def camp(self, party: str | None) -> str | None:
        """The party that a party fights beside, else itself."""
        return next((camp for one, camp in self.camps if one == party), party)

    def named(self, party: str, words: frozenset[str]) -> bool:
        """Whether some words name a party, its camp's others, one of its bodies, or its home."""
        if party.startswith("other:"):
            return True
        sides = [(name, side) for name, _, side in self.bodies]
        return any(
            name <= words and self.camp(side) == party
            for name, side in (*self.parties, *self.homes, *sides)
        )

    def opposed(self, one: Who, other: Who) -> bool:
        """Whether two speakers stand in different camps."""
        if one.side is None or other.side is None:
            return False
        return self.camp(one.side) != self.camp(other.side)


@lru_cache(maxsize=8192)
def _claimant(names: Names, text: str) -> Who:
    words = frozenset(normal_words(text))
    for name, claimant, party in names.bodies:
        if name <= words:
            return Who(claimant, party)
    side = names.party(text)
    if side is not None and any(name == words for name, _ in names.parties):
        return Who(side, side)
    return Who("other:" + slug(text), side)


@lru_cache(maxsize=256)
def names_of(rulebook: Rulebook, theatre: str | None) -> Names:
    """The names of a theatre, ready for looking up; of none, empty."""
    known = rulebook.theatres.get(theatre or "")
    if known is None:
        return Names()
    bodies: list[tuple[frozenset[str], str, str | None]] = [
        (frozenset(normal_words(name)), claimant, party.id)
        for party in known.parties
        for claimant, names in party.claimants
        for name in (*names, claimant.replace("-", " "))
    ]
    bodies += [
        (frozenset(normal_words(name)), claimant, None)
        for claimant, names in known.claimants
        for name in (*names, claimant.replace("-", " "))
    ]
    parties = [
        (frozenset(normal_words(name)), party.id)
        for party in known.parties
        for name in (party.name, *party.names)
    ]
    return Names(
        tuple(sorted((b for b in bodies if b[0]), key=lambda b: -len(b[0]))),
        tuple(sorted((p for p in parties if p[0]), key=lambda p: -len(p[0]))),
        tuple((party.id, party.sides_with) for party in known.parties if party.sides_with),
        tuple(p.id for p in known.parties if not p.sides_with and not p.mediates),
        tuple((frozenset(normal_words(land)), p.id) for p in known.parties for land in p.home),
    )


def strike_subject(story: str) -> str:
    """The subject of a strike."""
    return f"story/{story}/strike"


def incident_subject(story: str, indicator: str) -> str:
    """The subject of a figure of one incident."""
    return f"story/{story}/{indicator}"


def board_subject(theatre: str, indicator: str) -> str:
    """Where a theatre keeps what was last told of an indicator, whoever said it."""
    return f"theatre/{theatre}/{indicator}"


def series_subject(theatre: str, indicator: str, victims: str, claimant: str) -> str:
    """The subject of a running total."""
    return f"theatre/{theatre}/{indicator}/{slug(victims)}/{claimant}"


def truce_subject(theatre: str, parties: tuple[str, ...]) -> str:
    """The subject of the truces between two parties (sorted: it has one name)."""
    return f"theatre/{theatre}/ceasefire/{'+'.join(sorted(parties))}"


def keyword_subject(report: str) -> str:
    """The subject of a keyword found."""
    return f"report/{report}/keyword"
