"""Between whom a truce is: the parties a report names, the leaders it names, or those at war."""

from __future__ import annotations

import re

from tocsin.judging.memory import Truce
from tocsin.judging.subject import Names, normal_words
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
    named = tuple(dict.fromkeys(filter(None, map(names.belligerent, ceasefire.parties))))
    ours = tuple(party for party in named if party in names.fighting)
    if ceasefire.between and len(named) == _TWO and (ours or not names.fighting):
        return tuple(sorted(named))
    known = ours if names.fighting else named
    if len(ours) == 1 and sum(party.startswith("other:") for party in named) >= _TWO:
        return ()
    if len(known) < _TWO:
        if _OTHERS.search(ceasefire.quote):
            return ()
        known = tuple(dict.fromkeys((*known, *_led(ceasefire, names))))
    chief = names.fighting[:_TWO]
    if len(known) > _TWO and set(chief) <= set(known):
        return tuple(sorted(chief))
    if len(known) >= _TWO:
        return tuple(sorted(known[:_TWO]))
    if ceasefire.peace and set(known) <= set(chief):
        return ()  # made with one of many: that its chief enemy did is not said
    fitting = [truce for truce in truces.values() if set(known) <= set(truce.parties)]
    if fitting:
        return max(fitting, key=lambda truce: truce.since).parties
    if len(chief) == _TWO and set(known) <= set(chief):
        return tuple(sorted(chief))
    if not _UNNAMED.search(ceasefire.quote):
        return ()
    return tuple(sorted((*known, "other:unknown"))) if known and names.fighting else ()


def _led(ceasefire: Ceasefire, names: Names) -> tuple[str, ...]:
    """The parties at war whose leaders or bodies are named where the truce is."""
    words = frozenset(normal_words(ceasefire.quote))
    camps = (names.camp(party) for body, _, party in names.bodies if party and body <= words)
    return tuple(dict.fromkeys(camp for camp in camps if camp in names.fighting))
