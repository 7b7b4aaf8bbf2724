"""Whether what was fired was stopped, and whether any of it came through."""

from __future__ import annotations

import re

_THINGS = r"\b(?:drones?|missiles?|rockets?|uavs?|projectiles?)\b"
#: What flies was stopped: "shot down three drones", "a missile was intercepted".
_STOPPED = re.compile(
    r"\b(?:intercept(?:s|ed)|shoots? down|shot down|downs|downed|repels?|repelled)\b(?! by )"
    rf"[^.,;:]{{0,50}}?{_THINGS}"
    rf"|{_THINGS}[^.,;:]{{0,30}}?\b(?:intercepted|shot down|downed|repelled)\b"
)
#: Not all of it, or not at all.
_IN_PART = re.compile(
    r"\b(?:not|fail\w*|some|most|many|majority|part|of (?:the|them|\d+|at least)|out of|per ?cent"
    r"|more than|hundreds)\b|n't\b|%"
)
_LAUNCHED = re.compile(r"\b(?:fired|launched)\b")
#: Something was hit after all.
_HIT = re.compile(
    r"\b(?:hit|hits|struck|strikes|damag\w*|explosions?|blasts?|kill\w*|wound\w*|injur\w*|fell"
    r"|falling|debris|wreckage|fire)\b"
)
#: What was brought down is an aircraft; one named before is what brought down the others.
_CRAFT = re.compile(r"\b(?:jets?|aircraft|planes?|helicopters?)\b")


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


def is_launch(folded: str) -> bool:
    """Whether a sentence only tells from where something was fired, and of nothing that was hit."""
    return bool(_LAUNCHED.search(folded)) and not _HIT.search(folded)
