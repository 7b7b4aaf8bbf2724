"""Who attacked whom, where, with what, and who says so: the roles around an attack word."""

from __future__ import annotations

import re
from typing import NamedTuple

from tocsin.reading.attacks import Told
from tocsin.reading.facts import Stance
from tocsin.reading.phrases import Hit
from tocsin.reading.places import Mention

_NAME = r"(?:[A-Z][\w'’.-]+|of|the|and|for|al-\w+|[Gg]eneral|[Pp]rosecutor)"
_ACCUSED = re.compile(
    rf"(?P<who>[A-Z][\w'’-]*(?: {_NAME}){{0,5}}) (?:has |have |had )?"
    r"(?:accus(?:es?|ed|ing)|blam(?:es?|ed|ing)) (?P<whom>[^,.;]{2,60}?) (?:of|for)\b"
)
_ACCORDING = re.compile(
    r"\b[Aa]ccording to (?P<who>(?:the |a |an )?[^,.;]{2,70}?)"
    r"(?=[,.;]|$| on [A-Z]| who | which | that )"
)
_SAID = re.compile(
    rf"(?P<who>[A-Z][\w'’.-]*(?: {_NAME}){{0,7}}) (?:said|says|reported|reports|claimed|claims|"
    r"announced|confirmed|told|has said|have said|has reported|alleged|alleges)\b"
)
_BY = re.compile(
    r"\bby (?P<who>(?:the |an? )?[^,.;]{2,50}?)"
    r"(?=[,.;]|$| on | in | at | near | that | who | after )"
)
_ON = re.compile(
    r"\b(?:on|against|at|targeting|targeted|hits?|struck|strikes?|shelled|bombed|bombarded|attacked"
    r"|shelling of) (?P<what>(?:the |an? )?[^,.;:]{2,60}?)"
    r"(?=[,.;:]|$| in | on | near | that | which | after | as | kill| and )"
)
_DENIES = re.compile(r"\b(?:den(?:y|ies|ied|ying)|refut(?:es?|ed))\b")
_WHERE = re.compile(
    r"\b(?:in|at|near|on|of|outside|around|over|across|hits?|struck|from|towards?)\W+(?:[\w'’-]+\W+){0,3}$",
    re.IGNORECASE,
)


class Roles(NamedTuple):
    """What a sentence says around an attack; names as the text gives them."""

    attacker: str | None
    target: str | None
    place: str | None
    weapon: str | None
    claimant: str | None
    stance: Stance


def roles_in(told: Told, mentions: tuple[Mention, ...]) -> Roles:
    """The roles of one sentence that tells of an attack."""
    sentence = told.sentence
    text = sentence.text
    attacker: str | None = None
    claimant: str | None = None
    stance: Stance = "asserted"
    if accused := _ACCUSED.search(text):
        claimant, stance = accused["who"], "accused"
        attacker = _actor(accused.start("whom"), accused.end("whom"), told, mentions, text)
    elif said := _ACCORDING.search(text) or _SAID.search(text):
        claimant = said["who"]
    if claimant and _DENIES.search(sentence.folded):
        stance = "denied" if stance == "asserted" else stance
    attacker = attacker or _attacker(told, mentions, text)
    return Roles(
        attacker,
        _target(told, text),
        _place(mentions, told, text),
        _weapon(told, text),
        claimant,
        stance,
    )


def _attacker(told: Told, mentions: tuple[Mention, ...], text: str) -> str | None:
    """Whoever stands as its author: "by X" after the attack word, else the nearest before it."""
    first = told.trigger
    if by := _BY.search(text, first.start):
        found = _actor(by.start("who"), by.end("who"), told, mentions, text)
        if found:
            return found
    return _actor(max(0, first.start - 60), first.end, told, mentions, text)


def _actor(
    start: int, end: int, told: Told, mentions: tuple[Mention, ...], text: str
) -> str | None:
    """The party, nation or armed body named within a stretch of the sentence, nearest its end."""
    named: list[tuple[int, str]] = [
        (one.start, one.party or one.nation or one.name)
        for one in mentions
        if (one.party or one.nation) and start <= one.start < end and not _is_where(one, text)
    ]
    if named:
        return max(named)[1]
    armed = [hit for hit in told.hits if hit.label == "armed" and start <= hit.start < end]
    return _title_of(armed[-1], text) if armed else None


def _is_where(one: Mention, text: str) -> bool:
    """Whether a country stands as the place ("in Syria"), not as the actor ("Syrian forces")."""
    return one.place is not None and bool(_WHERE.search(text[max(0, one.start - 24) : one.start]))


def _title_of(hit: Hit, text: str) -> str:
    return text[hit.start : hit.end]


def _target(told: Told, text: str) -> str | None:
    first = told.trigger
    if on := _ON.search(text, first.start):
        return on["what"].strip() or None
    return None


def _place(mentions: tuple[Mention, ...], told: Told, text: str) -> str | None:
    """The finest place named, nearest after the attack word."""
    places = [one for one in mentions if one.place]
    fine = [one for one in places if one.place and one.place.precision != "country"]
    where = [one for one in fine or places if fine or _is_where(one, text)]
    if not where:
        return None
    at = told.trigger.start
    return min(where, key=lambda one: abs(one.start - at)).name


def _weapon(told: Told, text: str) -> str | None:
    for hit in told.hits:
        if hit.label.startswith("weapon:"):
            return text[hit.start : hit.end]
    return None
