"""Who attacked whom, where and with what: the roles around the words of an attack."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tocsin.reading.attacks import Told
from tocsin.reading.facts import Place
from tocsin.reading.phrases import Hit
from tocsin.reading.places import Mention

#: How far from the attack word its author may stand, characters.
_REACH = 40
_ADJACENT = 12
_ACTIVE = frozenset(("now", "past"))
#: Words between an author and the attack word that part them.
_PARTING = re.compile(
    r"[,;:()\"]|\b(?:says?|said|that|which|who|in|on|of|by|after|as|and|to|from|near|at|with|against"
    r"|for|accuse[sd]?|killed|wounded|over|amid|during|despite|was|were|been|is|are|report(?:s|ed)?"
    r"|den(?:y|ies|ied)|condemns?|condemned)\b"
)
_PLACED = re.compile(
    r"\b(?:in|near|of|on|at|from|against|to|into|over|across|around|outside|with|within|inside"
    r"|northern|southern|eastern|western|central|hits?|struck|towards?)\s+(?:the\s+)?(?:[\w'-]+\s+)?$"
)
_BY = re.compile(r"\bby (?:the |an? |suspected |alleged |[a-z]+-backed )?")
_WHOM = re.compile(r"\b(?:accus(?:es?|ed|ing)|blam(?:es?|ed|ing)) (?:the )?")
_CLAIMED = re.compile(r"\bclaim(?:s|ed)? (?:the )?responsibility")
_PASSIVE = re.compile(
    r"\s*(?:$|(?:in|by|after|when|as|at|during|near|amid|dead|and|since)\b|[.,;])"
)
_NOUN = r"(?P<what>(?:the |an? |its |several )?[^\W\d][^,.;:()\"“”]{1,48}?)"
_END = (
    r"(?=[,.;:()\"“”]|$| (?:in|on|near|at|that|which|who|after|as|when|while|and|kill\w*|leav\w*"
    r"|with|says?)\b)"
)
_OBJECT = re.compile(rf"\s+{_NOUN}{_END}")
_ON = re.compile(rf"\s+(?:[\w-]+ )?(?:on|against|at|targeting|of) {_NOUN}{_END}")
_SUBJECT = re.compile(
    r"(?:^|[,;:] )(?P<what>[^,;:]{2,50}?) (?:was|were|has been|have been|being|came|comes|come) $"
)
_NO_TARGET = re.compile(
    r"(?:at least|more than|least|about|nearly|up to|dozens|hundreds|scores|\w+day\b|yesterday"
    r"|(?:the weekend|today|overnight|it|them|him|her|this|that|a day|a week|people|two|three|right"
    r"|at|in|on|by|with|from|after|and|was|were|is|are|has|have|outside|over|near|into|to|of|when"
    r"|while|what|as|down|back|again|for|against|across|during|amid|but|or|continue[sd]?)\b)",
    re.IGNORECASE,
)
_PLAIN_WEAPONS = re.compile(
    r"(?:missiles?|rockets?|drones?|bombs?|explosives?|artillery|guns?|gunfire|shells?|tanks?"
    r"|aircraft|jets?|bullets?|mines?|warplanes?)$",
    re.IGNORECASE,
)


class Roles(NamedTuple):
    """What a sentence says around an attack; names as the text or the theatre gives them."""

    attacker: str | None
    target: str | None
    place: Place | None
    weapon: str | None


class _Actor(NamedTuple):
    """Somebody who may attack: where the name stands, and whether it is a country's own name."""

    start: int
    end: int
    name: str
    country: bool


def roles_in(told: Told, mentions: tuple[Mention, ...]) -> Roles:
    """The roles in one sentence that tells of an attack."""
    actors = _actors(told, mentions)
    return Roles(
        _attacker(told, actors), _target(told, mentions), _place(told, mentions), _weapon(told)
    )


def _actors(told: Told, mentions: tuple[Mention, ...]) -> list[_Actor]:
    """Parties, nations and armed bodies in order; "Israeli forces" is one, by its nation."""
    text = told.sentence.text
    found = [
        _Actor(one.start, one.end, one.party or one.nation or one.name, one.place is not None)
        for one in mentions
        if one.party or one.nation
    ]
    for hit in told.hits:
        if hit.label == "armed" and not any(a.start <= hit.start < a.end for a in found):
            before = next((a for a in found if 0 <= hit.start - a.end <= _ADJACENT), None)
            if before is None:
                found.append(_Actor(hit.start, hit.end, text[hit.start : hit.end], country=False))
            else:
                found[found.index(before)] = before._replace(end=hit.end, country=False)
    return sorted(found)


def _attacker(told: Told, actors: Sequence[_Actor]) -> str | None:
    folded = told.sentence.folded
    if not actors:
        return None
    for pattern in (_WHOM, _BY):
        for match in pattern.finditer(folded):
            named = [actor for actor in actors if 0 <= actor.start - match.end() <= _ADJACENT]
            if named and (pattern is _WHOM or match.start() > told.trigger.start - _REACH):
                return named[0].name
    if claimed := _CLAIMED.search(folded):
        named = [actor for actor in actors if actor.end <= claimed.start()]
        if named:
            return named[-1].name
    for hit in _triggers(told):
        for actor in reversed(actors):
            if _does(actor, hit, folded):
                return actor.name
    return None


def _triggers(told: Told) -> Iterator[Hit]:
    for sorts in (("attack", "firm"), ("loose verb",), ("harm", "weapon"), ("loose",)):
        for hit in told.hits:
            if hit.label.partition(":")[0] in sorts:
                yield hit


def _does(actor: _Actor, hit: Hit, folded: str) -> bool:
    """Whether somebody stands as the author of a deed or an attack named after them."""
    between = folded[actor.end : hit.start]
    if not 0 <= hit.start - actor.end <= _REACH or _PARTING.search(between):
        return False
    if actor.country and _PLACED.search(folded[max(0, actor.start - 24) : actor.start]):
        return False
    sort, _, detail = hit.label.partition(":")
    if sort in ("firm", "loose verb", "harm"):
        passive = detail == "past" and _PASSIVE.match(folded, hit.end)
        return detail in _ACTIVE and not passive
    return not actor.country or between.startswith("'s")


def _target(told: Told, mentions: tuple[Mention, ...]) -> str | None:
    text, folded = told.sentence.text, told.sentence.folded
    places = {one.name for one in mentions if one.place}
    for hit in _triggers(told):
        sort, _, detail = hit.label.partition(":")
        verb = sort in ("firm", "loose verb")
        passive = verb and detail == "past" and _PASSIVE.match(folded, hit.end)
        if passive:
            match = _SUBJECT.search(text, max(0, hit.start - 70), hit.start)
        else:
            match = (_OBJECT if verb else _ON).match(text, hit.end)
        if match and any(
            one.label.startswith("weapon:") and match.start() <= one.start < match.end()
            for one in told.hits
        ):
            continue  # "fired rockets": with what, and not at whom
        if match and not _NO_TARGET.match(match["what"]) and match["what"] not in places:
            return match["what"].strip() or None
    return None


def _place(told: Told, mentions: tuple[Mention, ...]) -> Place | None:
    """The finest place named where something happens, the nearest to the attack word."""
    folded, at = told.sentence.folded, told.trigger.start
    ranked = [
        (
            one.place.precision == "country",
            not _PLACED.search(folded[max(0, one.start - 32) : one.start]),
            bool(one.party),
            abs(one.start - at),
            number,
        )
        for number, one in enumerate(mentions)
        if one.place
    ]
    if not ranked:
        return None
    country, unplaced, party, _, number = min(ranked)
    # A country that is not said to be the place, or a capital that speaks for one, is an actor.
    return None if unplaced and (country or party) else mentions[number].place


def _weapon(told: Told) -> str | None:
    """The weapon named, one with a name of its own before a plain one."""
    text = told.sentence.text
    named = [text[hit.start : hit.end] for hit in told.hits if hit.label.startswith("weapon:")]
    return finer_weapon(*named)


def finer_weapon(*named: str | None) -> str | None:
    """Of several weapons the first with a name of its own, else the first."""
    told = [name for name in named if name]
    own = [name for name in told if not _PLAIN_WEAPONS.match(name)]
    return next(iter(own or told), None)
