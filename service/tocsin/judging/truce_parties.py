"""Between whom a truce is: the parties a report names, the leaders it names, or those at war."""

from __future__ import annotations

import re

from tocsin.judging.memory import Truce
from tocsin.judging.subject import Names, normal_words, slug
from tocsin.reading.facts import Ceasefire

_TWO = 2
#: Others than the two a war is known by: "rival militias", "▢ offers some rebels a truce".
_OTHERS = re.compile(
    r"\b(?:militias|armed groups|tribes|tribal|clans?|communities|gangs|neighbou?rhoods"
    r"|druze|bedouins?|kurds|kurdish)\b"
    r"|\b(?:to|with|by|offers?|for) some\b",
    re.IGNORECASE,
)
#: The other side of a truce, where it has no name.
_UNNAMED = re.compile(
    r"\b(?:rebels?|opposition|insurgents?|separatists?|militants?|fighters|factions?|groups?"
    r"|militias?|junta|government|army|tribes|forces)\b",
    re.IGNORECASE,
)


def parties_of(ceasefire: Ceasefire, names: Names, truces: dict[str, Truce]) -> tuple[str, ...]:
    """The two parties meant: named, else those of the newest truce that fits, else the chief two.

    Mediators are no parties. Empty where nobody can be meant, where but one party of no known war
    is named, and where others than this war's sides are: it is theirs. A peace names its parties.
    """
    sides = (_at_home(names, side) for side in ceasefire.parties)
    named = tuple(dict.fromkeys(filter(None, sides)))
    ours = tuple(party for party in named if party in names.fighting)
    if ceasefire.between and len(named) == _TWO and (ours or not names.fighting):
        return _known_as(names, tuple(sorted(named)), truces)
    known = ours if names.fighting else named
    if len(known) < _TWO:
        if _OTHERS.search(ceasefire.quote):
            return ()
        words = frozenset(normal_words(ceasefire.quote))
        at_home = tuple(party for land, party in names.homes if land <= words)
        if at_home and set(known).isdisjoint(names.fighting[:_TWO]):
            known = ()  # "the truce in Lebanon" is not the state's
        known = tuple(dict.fromkeys((*known, *_led(words, names), *at_home)))
    strangers = sum(party.startswith("other:") for party in named)
    if len(ours) == 1 and len(known) == 1 and strangers >= _TWO:
        return ()
    chief = names.fighting[:_TWO]
    if len(known) > _TWO and set(chief) <= set(known):
        return tuple(sorted(chief))
    if len(known) >= _TWO:
        return _known_as(names, tuple(sorted(known[:_TWO])), truces)
    if ceasefire.peace and set(known) <= set(chief):
        return ()  # made with one of many: that its chief enemy did is not said
    fitting = [truce for truce in truces.values() if set(known) <= set(truce.parties)]
    if fitting:
        return max(fitting, key=lambda truce: truce.since).parties
    beside = ceasefire.field == "text" and not known and len(names.fighting) > _TWO
    if beside:
        return ()  # one of many wars in a land, told beside something else
    if len(chief) == _TWO and set(known) <= set(chief):
        return tuple(sorted(chief))
    if not _UNNAMED.search(ceasefire.quote):
        return ()
    return tuple(sorted((*known, "other:unknown"))) if known and names.fighting else ()


def _known_as(names: Names, pair: tuple[str, ...], truces: dict[str, Truce]) -> tuple[str, ...]:
    """A pair as its truce is known: "Israel and Lebanon" may have been told as Hezbollah's."""
    homely = tuple(sorted(_ruler(names, party) for party in pair))
    told = [truce.parties for truce in truces.values()]
    return homely if homely in told and pair not in told else pair


def _at_home(names: Names, side: str) -> str | None:
    """The party that a name means, or that rules the land of this name."""
    party = names.belligerent(side)
    return _ruler(names, side) if party == "other:" + slug(side) else party


def _ruler(names: Names, land: str) -> str:
    """The party that fights or rules in the land of this name, else the name itself."""
    words = frozenset(normal_words(land))
    ruling = next((party for home, party in names.homes if home == words), None)
    return ruling or ("other:" + slug(land) if land not in names.fighting else land)


def _led(words: frozenset[str], names: Names) -> tuple[str, ...]:
    """The parties at war whose leaders or bodies are named where the truce is."""
    camps = (names.camp(party) for body, _, party in names.bodies if party and body <= words)
    return tuple(dict.fromkeys(camp for camp in camps if camp in names.fighting))
