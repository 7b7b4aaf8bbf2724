"""Who attacked whom, where and with what: the roles around the words of an attack."""

from __future__ import annotations

import re
from typing import NamedTuple

from tocsin.reading.attackers import attacker_of
from tocsin.reading.attacks import Told
from tocsin.reading.deeds import ASIDE, is_passive
from tocsin.reading.facts import Place
from tocsin.reading.places import Mention
from tocsin.reading.siting import is_near, is_within

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


#: Behind these a headline tells what others do at the time.
_MEANWHILE = re.compile(r"\bas\b(?! (?:many|much|well|part|an?)\b)")


class Roles(NamedTuple):
    """What a sentence says around an attack; names as the text or the theatre gives them."""

    attacker: str | None
    target: str | None
    place: Place | None
    weapon: str | None
    near: bool = False
    suspected: bool = False
    accused: bool = False
    home: str | None = None


def roles_in(told: Told, mentions: tuple[Mention, ...]) -> Roles:
    """The roles in one sentence that tells of an attack."""
    where = _where(told, mentions)
    place = where.place if where else None
    sentence = told.sentence
    attacker = attacker_of(told, mentions, place)
    return Roles(
        attacker.name,
        _target(told, mentions),
        place,
        _weapon(told),
        where is not None and is_near(sentence.text, sentence.folded, where.start, where.end),
        attacker.suspected,
        attacker.accused,
        attacker.land,
    )


def _target(told: Told, mentions: tuple[Mention, ...]) -> str | None:
    text, folded = told.sentence.text, told.sentence.folded
    places = {one.name for one in mentions if one.place}
    for hit in told.triggers:
        sort, _, detail = hit.label.partition(":")
        verb = sort in ("firm", "loose verb")
        passive = verb and detail == "past" and is_passive(hit, folded)
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


def _where(told: Told, mentions: tuple[Mention, ...]) -> Mention | None:
    """The finest place named where something happens, the nearest to the attack word."""
    at, first = told.trigger.start, told.hits[0].end
    folded = told.sentence.folded
    # "Ukrainian drones hit a base, and Russian missiles hit ▢": that is where the others struck.
    turns = [
        one.start
        for one in mentions
        if (one.nation or one.party) and folded.endswith(", and ", 0, one.start)
    ]
    ranked = [
        (
            bool(ASIDE.search(folded, first, one.start)) or any(at < i < one.start for i in turns),
            one.acts,
            _MEANWHILE.search(folded, at, max(at, one.start)) is not None,
            one.place.precision == "country",
            not one.sited,
            one.place.precision == "country" and not is_within(folded, one.start),
            abs(one.start - at),
            number,
        )
        for number, one in enumerate(mentions)
        if one.place and not one.away
    ]
    if not ranked:
        return None
    aside, actor, _, country, unsited, *_, number = min(ranked)
    # A country that is not said to be the place, or a capital that speaks for one, is an actor.
    if aside or actor or (unsited and country):
        return None
    return mentions[number]


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
