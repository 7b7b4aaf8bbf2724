"""What an attack is called in a headline, and the preposition of its place."""

from __future__ import annotations

import re

from tocsin.reading.facts import Strike

_KINDS = {
    "air": ("Air strike", "on"),
    "missile": ("Missile strike", "on"),
    "drone": ("Drone strike", "on"),
    "artillery": ("Shelling", "of"),
    "ground": ("Attack", "on"),
    "bombing": ("Bombing", "in"),
    "other": ("Attack", "on"),
}
_BLASTS = re.compile(r"\b(?:explosions|blasts)\b", re.IGNORECASE)
_LOOSE_KINDS = ("ground", "other")
#: Words that make more of a deed than one of those below.
_OF_WAR = re.compile(
    r"\b(?:attack|raid|ambush|assault|clash|battle|fight|fought|strike|struck|shell|bomb|explo|blast"
    r"|missile|rocket|drone|storm|massacre|siege|offensive|militant|rebel|jihad|insurgent|rampage"
    r"|opera|airstrike|sniper|landmine|shot down|shoot\w* down|crossfire|firefight|shoot-?out)",
    re.IGNORECASE,
)
_CALLED = (
    ("Execution", re.compile(r"\b(?:execut(?:es?|ed|ions?)|beheads?|beheaded)\b", re.IGNORECASE)),
    ("Abduction", re.compile(r"\b(?:abduct|kidnap)\w*", re.IGNORECASE)),
    ("Stabbing", re.compile(r"\b(?:stabs?|stabb\w+|knife)\b", re.IGNORECASE)),
    (
        "Shooting",
        re.compile(r"\b(?:shot|shoots?|shootings?|open(?:s|ed)? fire|gunned)\b", re.IGNORECASE),
    ),
)
#: Who laid it is another question: "a landmine maims soldiers".
_MINE = re.compile(r"\b(?:land ?-?mines?|anti-(?:personnel|tank) mines?)\b", re.IGNORECASE)
#: Soldiers who met and fought with nothing that kills.
_UNARMED = re.compile(
    r"\b(?:altercation|encounter|collision|collided?s?|fist-?fights?|brawls?|scuffles?|punch\w*"
    r"|(?:stone|rock)-throwing|threw stones)\b",
    re.IGNORECASE,
)


def deed_of(strike: Strike) -> tuple[str, str]:
    """What a strike is called, and how its place follows; what went off is no bomb until told."""
    if strike.bare:
        return "Casualties", "in"
    if strike.downed:
        return f"{'Drone' if strike.kind == 'drone' else 'Aircraft'} shot down", "over"
    if strike.kind in _LOOSE_KINDS and (named := _named(strike.quote)):
        return named, "in"
    if strike.clash:
        return "Incident" if _UNARMED.search(strike.quote) else "Clashes", "in"
    if strike.kind == "bombing" and _MINE.search(strike.quote):
        return "Mine blast", "in"
    if not strike.blast:
        return _KINDS[strike.kind]
    if strike.attacker and strike.stance != "accused" and not strike.suspected:
        return _KINDS["other"]
    return ("Explosions" if _BLASTS.search(strike.quote) else "Explosion"), "in"


def _named(quote: str) -> str | None:
    """What a deed without a weapon of war is called where nothing else of an attack is told."""
    if _OF_WAR.search(quote):
        return None
    told = quote.partition(" after ")[0]  # "shot dead after a stabbing"
    names = [name for name, words in _CALLED if words.search(told)]
    return names[0] if len(names) == 1 else None
