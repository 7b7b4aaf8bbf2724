"""What an attack hit, by which its reports know each other: a dam, a hotel, a maternity ward.

A name of its own is no part of it: "a theatre in Mariupol" and "the bombed theatre" are one.
"""

from __future__ import annotations

import re
from typing import Final

_NAMES: Final = {
    "airport": "airport airfield airfields",
    "barracks": "barracks dormitory",
    "base": "base bases",
    "bridge": "bridge",
    "checkpoint": "checkpoint crossing",
    "church": "church cathedral",
    "convoy": "convoy",
    "dam": "dam hydroelectric",
    "embassy": "embassy consulate",
    "fleet": "fleet warship warships cruiser",
    "funeral": "funeral",
    "hospital": "hospital maternity clinic",
    "hotel": "hotel",
    "mall": "mall shopping supermarket",
    "market": "market marketplace bazaar",
    "mosque": "mosque",
    "party": "concert celebration celebratory wedding festival",
    "nuclear plant": "nuclear reactor",
    "peacekeepers": "peacekeeper peacekeepers peacekeeping",
    "port": "port harbour",
    "prison": "prison jail",
    "refinery": "refinery depot pipeline",
    "school": "school schools kindergarten classroom university",
    "station": "station railway",
    "synagogue": "synagogue",
    "temple": "temple shrine",
    "theatre": "theatre theater",
    "tanker": "tanker tankers vessel",
}
_TARGETS: Final = {word: name for name, words in _NAMES.items() for word in words.split()}
_WORD = re.compile(r"[^\W\d_]+")


def targets(text: str) -> tuple[str, ...]:
    """The kinds of things a text names that are attacked, each once and by one name."""
    words = _WORD.findall(text.casefold())
    return tuple(dict.fromkeys(_TARGETS[word] for word in words if word in _TARGETS))
