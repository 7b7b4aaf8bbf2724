"""What was stopped: what was fired, an attack that was foiled, aircraft that were shot down."""

from __future__ import annotations

import re

_THINGS = r"\b(?:drones?|missiles?|rockets?|uavs?|projectiles?|aerial vehicles?|shaheds?)\b"
#: What flies was stopped: "shot down three drones", "a missile was intercepted".
_STOPPED = re.compile(
    r"\b(?:intercept(?:s|ed)|shoots? down|shot down|downs|downed|repels?|repelled)\b(?! by )"
    rf"[^.,;:]{{0,50}}?{_THINGS}"
    rf"|{_THINGS}[^.,;:]{{0,30}}?\b(?:intercepted|shot down|downed|repelled)\b"
    # counted on: "57 were shot down over ▢, 31 over ▢"
    r"|^(?:\d+|[a-z]+(?:-[a-z]+)?)(?: of them)? were (?:intercepted|shot down|downed)\b"
)
#: An attack that did not come about: "police foil a suicide attack", "an attempted attack".
_FOILED = re.compile(
    r"\b(?:foil(?:s|ed)?|thwart(?:s|ed)?|avert(?:s|ed)?|prevent(?:s|ed)?)"
    r"(?: [\w-]+){0,4}? (?:attacks?|bombings?|bombers?|assaults?|plots?|ambush|strikes?)\b"
    r"|\b(?:attacks?|bombings?|assaults?|plots?) (?:[\w-]+ ){0,4}?(?:was |were |is )?"
    r"(?:foiled|thwarted|averted)\b"
    r"|\battempt(?:s|ed)? (?:to (?:attack|bomb|storm|strike)|(?:[\w-]+ ){0,2}attacks?)\b"
)
#: Not all of it, or not at all.
_IN_PART = re.compile(
    r"\b(?:not|fail\w*|some|most|many|majority|part|of (?:the|them|\d+|at least)|out of|per ?cent"
    r"|more than|hundreds)\b|n't\b|%"
)
_HARM = re.compile(r"\b(?:kill\w*|dead|die[sd]?|wound\w*|injur\w*)\b")
_LAUNCHED = re.compile(r"\b(?:fire[sd]|launch(?:es|ed))\b")
#: Something was hit after all.
_HIT = re.compile(
    r"\b(?:hit|hits|struck|strikes|damag\w*|explosions?|blasts?|kill\w*|wound\w*|injur\w*|fell"
    r"|falling|debris|wreckage|fire)\b"
)
#: What was brought down is an aircraft; one named before is what brought down the others.
_CRAFT = re.compile(r"\b(?:jets?|aircraft|planes?|helicopters?)\b")
_CRAFTS = (
    r"(?:aircraft|(?:war|air)?planes?|(?:fighter )?jets?|(?:gunship )?helicopters?|bombers?"
    r"|choppers?|gunships?|spy balloons?)"
)
#: A drone alone flew for its own, or nobody says that it attacked; a swarm attacks.
_DRONE = (
    r"(?<!attack )(?<!kamikaze )(?<!suicide )(?<!explosive )(?<!shahed )"
    r"(?:drone|uav|quadcopter|mq-9|reaper|bayraktar)"
)
_DOWNED = re.compile(
    r"\b(?:sh(?:oots?|ot|ooting) down|brought down|downs|downed|downing(?: of)?)"
    rf" (?:[\w'-]+ ){{0,4}}?(?:{_CRAFTS}|{_DRONE})\b"
    rf"|\b(?:{_CRAFTS}|{_DRONE}) (?:(?:was|were|is|has been|have been|being|reportedly) ){{0,2}}"
    r"(?:shot down|downed|brought down)\b"
)


def is_intercepted(folded: str) -> bool:
    """Whether a sentence tells that what was fired was stopped, and of none that came through."""
    if not ("intercept" in folded or "down" in folded or "repel" in folded):
        return False
    stopped = _STOPPED.search(folded)
    return (
        stopped is not None
        and not _IN_PART.search(folded)
        and not _LAUNCHED.search(folded)
        and not _HIT.search(folded)
        and not _CRAFT.search(folded, stopped.start())
    )


def is_foiled(folded: str) -> bool:
    """Whether a sentence tells that an attack was stopped, and of nobody that came to harm."""
    if not any(word in folded for word in ("foil", "thwart", "avert", "prevent", "attempt")):
        return False
    return _FOILED.search(folded) is not None and not _HARM.search(folded)


def is_launch(folded: str) -> bool:
    """Whether a sentence only tells from where something was fired, and of nothing that was hit."""
    return bool(_LAUNCHED.search(folded)) and not _HIT.search(folded)


def downing(folded: str) -> re.Match[str] | None:
    """Where a sentence tells that aircraft, or a drone alone, were shot down."""
    return _DOWNED.search(folded) if "down" in folded else None
