"""Truces that are only spoken of: conditions, rules for whoever breaks one, terms, other peaces."""

from __future__ import annotations

import re

from tocsin.reading.facts import TruceStatus
from tocsin.reading.phrases import Hit

_CONDITION_REACH = 20
#: A truce of which it is only told what would follow, or that it was not brought about.
_CONDITION = re.compile(r"\b(?:if|unless|whether|fail(?:s|ed|ing)? to)(?: an?| the| any)? $")
#: An opinion of any truce: "no ▢ can last".
_CAN_BE = re.compile(r" (?:can|could|will|would|ever)\b")
_FAILED_REACH = 44
_FAILED = re.compile(
    r"\bfail(?:s|ed|ing|ure)? to (?:agree(?: on| to)?|reach|strike|secure|broker|clinch)"
    r"(?: an?| the| any)?(?: [a-z-]+)?? $"
)
_ANYBODY_REACH = 56
#: Talk of whoever may break one, and of one that was tried for before.
_ANYBODY = re.compile(
    r"\b(?:those|any(?:one|body)?|whoever|parties) "
    r"(?:(?:who|that|found|caught|in|are|were) ){0,3}"
    r"(?:violat|breach|break|flout|ignor|undermin)\w*(?: of)?(?: an?| the| any)? $"
    r"|\bfailed (?:attempts?|efforts?|bids?)\b[^.;]{0,40} $"
)
_NONE_YET_REACH = 44
#: Nothing came of it yet: "there is no agreement on a truce".
_NONE_YET = re.compile(
    r"\b(?:no|without(?: an?| any)?) (?:[a-z]+ ){0,2}?(?:agreement|deal|accord|progress"
    r"|breakthrough|consensus) (?:on|over|for|towards?|about) (?:an?|the|any)?(?: [a-z-]+){0,2} ?$"
)
#: Ties between states that were not at war with each other.
_TIES = re.compile(r"\bnormali[sz]\w+|\bdiplomatic (?:ties|relations)\b")
_GLOBAL_REACH = 14
_GLOBAL = re.compile(r"\b(?:global|worldwide|world-wide) $")
#: Who will not sign one "that involves giving up land" states terms, and rejects no halt in fire.
_TERMS = re.compile(r"^[^.;]{0,40}?\b(?:that|which) (?:involv|includ|mean|requir|leav|giv|ced)")
_KNOWN_BROKEN_REACH = 24
#: "a widely flouted ceasefire" is one everybody knows of.
_KNOWN_BROKEN = re.compile(
    r"\b(?:widely|often|repeatedly|frequently|much|oft|routinely)[- ]"
    r"(?:flouted|violated|breached|broken|ignored) $"
)


def is_unreal(folded: str, hit: Hit, start: int, *, agreed: bool) -> bool:
    """Whether a truce named in a sentence, after offset `start`, is none that stands or fell.

    `agreed`: the words before it say that it was agreed, so that an "if" is not its own.
    """

    def before(pattern: re.Pattern[str], reach: int) -> bool:
        return pattern.search(folded, max(start, hit.start - reach), hit.start) is not None

    if folded.endswith("no ", 0, hit.start) and _CAN_BE.match(folded, hit.end):
        return True
    if not agreed and before(_CONDITION, _CONDITION_REACH):
        return True
    if before(_NONE_YET, _NONE_YET_REACH) or before(_FAILED, _FAILED_REACH):
        return True
    if hit.label == "peace" and _TIES.search(folded):
        return True
    return before(_ANYBODY, _ANYBODY_REACH)


def states_terms(folded: str, hit: Hit) -> bool:
    """Whether a truce refused is only one on certain terms."""
    return _TERMS.search(folded[hit.end :]) is not None


def is_no_news(folded: str, hit: Hit, status: TruceStatus) -> bool:
    """Whether a status moves no truce between two sides: a call to the whole world, a byword."""
    if status == "violated":
        first = max(0, hit.start - _KNOWN_BROKEN_REACH)
        return _KNOWN_BROKEN.search(folded, first, hit.start) is not None
    first = max(0, hit.start - _GLOBAL_REACH)
    return status in ("proposed", "agreed") and bool(_GLOBAL.search(folded, first, hit.start))
