"""Who was taken or missed and is free, safe or found again: no news of a capture.

Offsets are of the folded sentence.
"""

from __future__ import annotations

import re

#: Right before a group: "troops rescue ▢", "the release of ▢"; not "to free ▢", which is a wish.
_FREES = re.compile(
    r"(?<!\bto )\b(?:free(?:s|d|ing)?|releas(?:e[sd]?|ing)|rescu(?:e[sd]?|ing)"
    r"|liberat(?:e[sd]?|ing)|(?:release|rescue) of)"
    r" (?:(?:all|at|least|some|more|than|another|the|about|nearly|over|up|to|of|around|almost"
    r"|hundreds|dozens|scores) )*$"
)
#: After it: "▢ kidnapped by gunmen have been released", "▢ freed", "▢ are safe".
_FREED = re.compile(
    r"(?:has|have|had|was|were|are|is) (?:(?:all|now|since|been|also|finally|later|reported|said"
    r"|to|be|home) )*(?:freed|released|rescued|reunited|recovered|safe|alive|accounted for"
    r"|found(?! (?:dead|killed|murdered|shot|slain|buried|hanged|in (?:an? )?(?:mass )?graves?)\b)"
    r"|known(?! (?:as|for|to)\b)|located|returned)\b"
)
_HEADLINE = re.compile(r"(?:freed|released|rescued)\b")
#: What stands between them where others were freed, or nobody was yet.
_OTHERS = re.compile(
    r"[.;:]|\b(?:not|never|nor|no|yet|until|unless|if|before|but|while|whereas|some|others?|still"
    r"|remain\w*|\d[\d,]*|one|two|three|four|five|six|seven|eight|nine|ten|dozens|hundreds|video"
    r"|videos|footage|demand\w*|call\w*|want\w*|plea\w*)\b"
)
_STILL = re.compile(
    r"\bstill (?:being )?(?:missing|unaccounted|held|captive|in captivity)\b|\bremain(?:s|ed)? "
    r"(?:missing|unaccounted|captive|in captivity)\b"
)
#: So far after a group its end is looked for, characters.
_REACH = 120
_WORDS = ("free", "releas", "rescu", "liberat", "found", "safe", "alive", "known", "returned")
_MORE = ("located", "reunited", "recovered", "accounted")


def is_freed(folded: str, first: int, last: int) -> bool:
    """Whether a sentence tells that a group there, who were taken or missing, are so no more."""
    if not any(word in folded for word in (*_WORDS, *_MORE)) or _STILL.search(folded):
        return False
    if _FREES.search(folded, max(0, first - 60), first):
        return True
    after = folded[last : last + _REACH]
    for found in (_FREED.search(after), _HEADLINE.search(after)):
        if found is None or _OTHERS.search(after, 0, found.start()):
            continue
        if found.re is _FREED or "," not in after[: found.start()]:
            return True
    return False
