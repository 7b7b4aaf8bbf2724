"""Who attacked whom, where and with what: the roles around the words of an attack."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from tocsin.reading.attacks import Told, sort_of
from tocsin.reading.facts import Place
from tocsin.reading.phrases import Hit
from tocsin.reading.places import Mention
from tocsin.reading.siting import is_bound, is_sited

#: How far from the attack word its author may stand, characters.
_REACH = 40
_ADJACENT = 12
_ACTIVE = frozenset(("now", "past"))
#: Kinds of attack that are called by the state that makes them, not by where they are.
_OF_STATES = ("air", "missile", "drone", "artillery", "other")
#: Words between an author and the attack word that part them.
_PARTING = re.compile(
    r"[,;:()\"]|\b(?:says?|said|that|which|who|in|on|of|by|after|as|and|to|from|near|at|with|against"
    r"|for|accuse[sd]?|killed|wounded|over|amid|during|despite|was|were|been|is|are|report(?:s|ed)?"
    r"|den(?:y|ies|ied)|condemns?|condemned)\b"
)
#: Who stops what flies at them is no attacker: "air defences shot down ten drones".
_DEFENDS = re.compile(
    r"(?:intercept|shoot|shot|down|repel|destroy|foil|thwart)[^.,;:]{0,40}?"
    r"\b(?:drones?|missiles?|rockets?|uavs?|attacks?|assaults?)\b"
)
#: What comes after it is another event: "strikes on ▢, days after a bombing in …".
_ASIDE = re.compile(
    r"\b(?:(?:days?|hours?|weeks?|months?|years?) (?:after|before|since)|in (?:response|retaliation"
    r"|revenge|reprisal) (?:to|for)|following|despite|since)\b|\bafter (?:the |an? |deadly )*$"
)
#: The literal comes first, so that a search leaps to it; that it is a word is looked at there.
_BY = re.compile(r"by (?<=\bby )(?:the |an? |suspected |alleged |[a-z]+-backed )?")
#: What is done by others than those who attack: "condemned by ▢", "a town held by ▢".
_DEED_REACH = 60
_NO_DEED = re.compile(
    r"\b(?:condemned|denied|rejected|confirmed|reported|announced|brokered|mediated|backed|supported"
    r"|made|built|supplied|sold|occupied|controlled|held|run|owned|led|hosted|shared|released"
    r"|published|seen|cited|quoted|investigated|recaptured|retaken|annexed|signed|agreed|visited"
    r"|welcomed|cleared|intercepted|foiled|thwarted|downed|repelled|freed|rescued|arrested"
    r"|sentenced|followed|used|frequented) $"
    r"|\b(?:bombers?|attackers?|gunm[ae]n|assailants?|suspects?) (?:was|were) [\w ]{3,40} $"
)
#: Who stands behind a nation's name and never attacks: officials, speakers, whom it befalls.
_NO_ATTACKERS = frozenset(("bystander", "talks", "report"))
_WHOM = re.compile(r"(?:accus(?:es?|ed|ing)|blam(?:es?|ed|ing)) (?:the )?")
#: A country's own name wages what is named after it: "▢'s raid", "▢ strikes", "▢ resumes shelling".
_WAGES = re.compile(
    r"'s\b| (?:strikes|hits|raids|shells|(?:continues?|continued|resumes?|resumed|launch(?:es|ed)"
    r"|begins?|began|renews?|renewed|widens?|widened|expands?|expanded|steps up|stepped up|orders?"
    r"|ordered|unleash(?:es|ed)|conducts?|conducted|carries out|carried out|mounts?|mounted)\b)"
)
_CLAIMED = re.compile(
    r"claim(?<=\bclaim)(?:s|ed)? (?:the )?"
    r"(?:responsibility|(?:[\w-]+ ){0,3}(?:attack|bombing|blast|strike)s?\b)"
)
_PASSIVE = re.compile(
    r"\s*(?:$|(?:in|by|after|when|while|as|at|during|near|amid|and|since|with|from|outside"
    r"|inside|early|late|dead(?= (?:in|by|after|when|as|at|on|near|during|outside)\b|[.,;]|$))\b"
    r"|[.,;])"
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
    """Somebody who may attack: where the name stands, and of what country.

    `country`: it is a country's own name; `armed`: forces are named with it; `outsider`: it is no
    party of the war, and a party is named beside it.
    """

    start: int
    end: int
    name: str
    country: bool
    armed: bool = False
    land: str | None = None
    outsider: bool = False


def roles_in(told: Told, mentions: tuple[Mention, ...]) -> Roles:
    """The roles in one sentence that tells of an attack."""
    return Roles(
        _attacker(told, mentions, place := _place(told, mentions)),
        _target(told, mentions),
        place,
        _weapon(told),
    )


def _actors(told: Told, mentions: tuple[Mention, ...]) -> list[_Actor]:
    """Parties, nations and armed bodies in order; "Israeli forces" is one, by its nation."""
    text = told.sentence.text
    found = [
        _Actor(
            one.start,
            one.end,
            one.party or one.nation or one.name,
            one.place is not None,
            land=one.land,
            outsider=one.party is None and any(other.party for other in mentions),
        )
        for one in mentions
        if (one.party or one.nation) and not is_bound(told.sentence.folded, one.end)
    ]
    for hit in told.hits:
        if hit.label == "armed" and not any(a.start <= hit.start < a.end for a in found):
            before = next((a for a in found if _is_of(a, hit, text)), None)
            if before is None:
                name = text[hit.start : hit.end]
                found.append(_Actor(hit.start, hit.end, name, country=False, armed=True))
            else:
                armed = before._replace(end=hit.end, country=False, armed=True)
                found[found.index(before)] = armed
    return sorted(one for one in found if one.armed or not _is_bystander(one, told))


def _is_of(actor: _Actor, armed: Hit, text: str) -> bool:
    """Whether an armed body stands right behind a nation's name, as its own."""
    between = text[actor.end : armed.start]
    return 0 <= armed.start - actor.end <= _ADJACENT and not set(between) & set(":;,")


def _is_bystander(actor: _Actor, told: Told) -> bool:
    """Whether a nation's name only says whose somebody is who never attacks."""
    return any(
        hit.label in _NO_ATTACKERS and 0 <= hit.start - actor.end <= _ADJACENT for hit in told.hits
    )


def _attacker(told: Told, mentions: tuple[Mention, ...], place: Place | None) -> str | None:
    folded = told.sentence.folded
    actors = _actors(told, mentions)
    if not actors:
        return None
    for pattern in (_WHOM, _BY):
        for match in pattern.finditer(folded):
            if pattern is _BY and _NO_DEED.search(
                folded, max(0, match.start() - _DEED_REACH), match.start()
            ):
                continue
            named = [
                actor
                for actor in actors
                if 0 <= actor.start - match.end() <= _ADJACENT and not _is_where(actor, folded)
            ]
            if named and (pattern is _WHOM or match.start() > told.trigger.start - _REACH):
                return named[0].name
    if claimed := _CLAIMED.search(folded):
        own = claimed.group().endswith("responsibility")
        named = [one for one in actors if one.end <= claimed.start() and (own or one.armed)]
        if named:
            return named[-1].name
    for hit in _triggers(told):
        for actor in reversed(actors):
            if _does(actor, hit, told) and not _is_home(actor, hit, place):
                return actor.name
    return None


def _is_home(actor: _Actor, hit: Hit, place: Place | None) -> bool:
    """Whether somebody is only the struck place's own land, with none of its forces named.

    "A Syrian airstrike in Idlib" is Syria's; "an Afghan car bombing" only tells where.
    """
    if actor.armed or actor.land is None:
        return False
    if place is None:
        return hit.start == actor.end + 1 and hit.label == "attack:bombing"
    if actor.land != place.country:
        return False
    return not (hit.start == actor.end + 1 and hit.label.endswith(_OF_STATES))


def _triggers(told: Told) -> Iterator[Hit]:
    for sorts in (("attack", "firm"), ("loose verb",), ("harm", "weapon"), ("loose",)):
        for hit in told.hits:
            if sort_of(hit.label) in sorts:
                yield hit


def _does(actor: _Actor, hit: Hit, told: Told) -> bool:
    """Whether somebody stands as the author of a deed or an attack named after them."""
    folded = told.sentence.folded
    between = folded[actor.end : hit.start]
    if not 0 <= hit.start - actor.end <= _REACH or _PARTING.search(between):
        return False
    if _is_where(actor, folded):
        return False
    if _ASIDE.search(folded, told.hits[0].end, actor.start) or _is_maker(actor, hit, told):
        return False
    sort, _, detail = hit.label.partition(":")
    if sort in ("firm", "loose verb", "harm"):
        if _DEFENDS.match(folded, hit.start):
            return False
        passive = detail == "past" and _is_passive(hit, folded)
        return detail in _ACTIVE and not passive and not _titles_attack(actor, hit, told)
    return not actor.country or bool(_WAGES.match(folded, actor.end))


def _is_maker(actor: _Actor, hit: Hit, told: Told) -> bool:
    """Whether a nation that is no party of the war only made the weapons: "Iranian drones"."""
    between = told.sentence.folded[actor.end : actor.end + 6]
    if between == " made ":
        return True
    return actor.outsider and any(
        weapon.start == actor.end + 1
        and weapon.label.startswith("weapon:")
        and weapon.end <= hit.end
        for weapon in told.hits
    )


def _is_where(actor: _Actor, folded: str) -> bool:
    """Whether a country's own name tells where something is, and not who did it."""
    return actor.country and is_sited(folded, actor.start, actor.end)


def _is_passive(hit: Hit, folded: str) -> bool:
    """Whether a past form tells what befell its subject; "fired rockets" has its object with it."""
    _, gap, last = folded[hit.start : hit.end].rpartition(" ")
    if gap and last not in ("down", "up", "fire", "attack", "shelling"):
        return False
    return bool(_PASSIVE.match(folded, hit.end))


def _titles_attack(actor: _Actor, deed: Hit, told: Told) -> bool:
    """Whether a country's name only says where the attack was: "the Iran attack killed 19"."""
    return actor.country and any(
        actor.end < hit.start < deed.start
        and hit.label.startswith(("attack:", "loose:"))
        and not hit.label.endswith(_OF_STATES)
        for hit in told.hits
    )


def _target(told: Told, mentions: tuple[Mention, ...]) -> str | None:
    text, folded = told.sentence.text, told.sentence.folded
    places = {one.name for one in mentions if one.place}
    for hit in _triggers(told):
        sort, _, detail = hit.label.partition(":")
        verb = sort in ("firm", "loose verb")
        passive = verb and detail == "past" and _is_passive(hit, folded)
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
    at, first = told.trigger.start, told.hits[0].end
    folded = told.sentence.folded
    ranked = [
        (
            bool(_ASIDE.search(folded, first, one.start)),
            one.acts,
            one.place.precision == "country",
            not one.sited,
            abs(one.start - at),
            number,
        )
        for number, one in enumerate(mentions)
        if one.place and not one.away
    ]
    if not ranked:
        return None
    aside, actor, country, unsited, _, number = min(ranked)
    # A country that is not said to be the place, or a capital that speaks for one, is an actor.
    if aside or actor or (unsited and country):
        return None
    return mentions[number].place


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
