"""What a speaker's clause is joined to and is not their word: "▢ says war goes on as strikes …".

Whoever speaks of something else says nothing of the attack that only tells when they spoke.
"""

from __future__ import annotations

from collections.abc import Sequence

#: These join an event to what is said; the latter only where it is said what will or must be.
_MEANWHILE = frozenset({"as", "while", "whilst", "amid", "despite"})
_AFTERWARDS = frozenset({"after", "following"})
_SPEAKS_OUT = frozenset(
    {"will", "would", "must", "should", "can", "cannot", "could", "won't", "ready", "vows"}
    | {"horrified", "shocked", "saddened", "appalled", "outraged", "alarmed", "concerned"}
)
#: "As many as ten", "such as", "as a result", "described as".
_NO_JOINT_BEFORE = frozenset(
    {"such", "as", "well", "known", "described", "seen", "same", "so", "many", "much", "few"}
)
_NO_JOINT_AFTER = frozenset(
    {"many", "much", "well", "of", "a", "an", "part", "few", "high", "soon", "far", "long", "its"}
)
#: How words begin of attacks and of what comes of them: who says one speaks of the event.
_STEMS = """
kill wound injur dead die death casualt attack strik struck hit shell bomb missile rocket drone
fire shot shoot raid explo blast clash fight fought assault destroy intercept down target
captur toll bodies victim ambush massacr damag lost loss repel collaps

"""
_OF_ATTACKS = tuple(_STEMS.split())


def speech_end(words: Sequence[str], start: int) -> int | None:
    """Where what is said from word `start` on ends, if what it is joined to is not of it."""
    for i in range(start, len(words) - 2):
        word = words[i]
        if word.startswith(_OF_ATTACKS) or word[0].isdigit() or word in (".", ";"):
            return None
        if i < start + 2:
            continue
        if word in _MEANWHILE:
            if words[i - 1] not in _NO_JOINT_BEFORE and words[i + 1] not in _NO_JOINT_AFTER:
                return i
        elif word in _AFTERWARDS and not _SPEAKS_OUT.isdisjoint(words[start:i]):
            return i
    return None
