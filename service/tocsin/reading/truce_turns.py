"""Turns of phrase around a truce that the words of a status alone would read wrong.

`left` and `right` are the folded words of its clause before and after the truce.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from tocsin.reading.facts import TruceStatus
from tocsin.reading.phrases import Hit

#: Who ends one: "▢ ends a week-long truce", "declares an end to the truce".
_ENDING = re.compile(
    # who threatens to end one has not
    r"(?:(?<!to )|\b(?:decid|vot)\w+ to )"
    r"\b(?:end(?:s|ed|ing)?(?: (?:of|to))?(?: (?:an?|the|its|their|his))?"
    r"|(?:ends|ended)(?: (?!(?:with|in|on|by|after|under|as|for|without|to|at|of|and)\b)[\w'-]+)"
    r"{1,3}) $"
)
_OVER = re.compile(
    r"^ (?:deal |agreement )?(?:with [\w' -]{1,30})?over(?:$|[,.;]| (?:after|as|amid|following)\b)"
)
#: A truce that ends a war ends not: "▢ ending months of fighting".
_ENDS_FIGHTING = re.compile(
    r"^ (?:deal |agreement )?(?:that |which |to )?(?:end(?:s|ed|ing)?) (?:[\w'-]+ ){0,5}"
    r"(?:war|wars|fighting|conflict|hostilities|bombardment|violence|clashes|bloodshed)\b"
)
#: Who may end or break one has not done so yet.
_THREATENS = re.compile(r"\b(?:(?:threaten|warn|vow|want|prepar)\w* to|could|may|might) $")
_UNSIGNED = re.compile(
    r"^[^.;]*\bwithout (?:signing|(?:an? )?(?:deal|agreement|breakthrough|result))\b"
)
#: Who hopes for one proposes none.
_HOPES = re.compile(r"\bhop(?:e[sd]?|ing|eful)\b[^,;:]*$")
_HOPED = re.compile(r"^ (?:deal |agreement )?hopes?\b")
_TO_EXTEND = re.compile(r"\bto (?:extend|renew|prolong) [^.;]*$")
#: Who agrees to extend one extends it; who has a plan to, or is asked to, does not.
_EXTENDS = re.compile(
    r"\b(?:agree[sd]?|agreement|deal|decid\w+|vot\w+|accept\w*|announc\w+|approv\w+)"
    r"(?: [\w'-]+){0,2} to (?:extend|renew|prolong) "
)
#: Who accepts a proposal has agreed: "▢ accepts a plan for a truce".
_ACCEPTS = re.compile(
    r"(?<!could )(?<!would )(?<!may )(?<!might )(?<!to )(?<!should )(?<!must )(?<!not )"
    r"\b(?:accept(?:s|ed)?|agree(?:s|d)? to)\b(?:(?! (?:talks?|discuss|consider|explore|call)\b)"
    r"[\w' -]){1,36}"
    r"\b(?:(?:proposals?|plan|offer|initiative)\b(?: (?:from|by|of)\b[\w' -]{2,60}?)?"
    r"(?: for\b[\w' -]{0,30})?"
    r"|proposed(?: [\w-]+){0,3}) $"
)
#: Told of somebody in passing: "the army, which rejected a ▢ last week, did not answer".
_WHICH = re.compile(r", (?:which|who) (?:had |has |have )?(?:[a-z-]+ ){1,5}$")
_ENDS_WAR = re.compile(
    r"\b(?:deal|agreement|accord|pact|treaty) to end (?:[\w'’-]+ ){1,4}?(?:war|conflict|fighting)\b"
)
#: What is put off instead of a truce: "the vote on a truce is delayed".
_VOTE = re.compile(
    r"\b(?:votes?|voting|meeting|decision|debate|release|swap|exchange|return|talks)\b"
)
#: Talks of a truce, which are none.
_TALKS = re.compile(r"^ (?:talks|negotiations|discussions)\b")


def peace_in(folded: str) -> list[Hit]:
    """The end of a war that is named: "a deal to end the Ruritanian war"."""
    said = _ENDS_WAR.search(folded) if " to end " in folded else None
    return [Hit("peace", said.start(), said.end())] if said else []


def is_ended(left: str, right: str, after: Collection[str]) -> bool:
    """Whether somebody ends the truce, or says that it is over; `after` are statuses behind it."""
    ends = "violated" not in after and _ENDING.search(left) is not None
    return ends or _OVER.match(right) is not None


def ends_fighting(right: str) -> bool:
    """Whether it is the fighting that ends by the truce."""
    return _ENDS_FIGHTING.match(right) is not None


def accepts(left: str) -> bool:
    """Whether somebody accepts a proposal for the truce."""
    return _ACCEPTS.search(left) is not None


def is_asked(left: str) -> bool:
    """Whether the truce is only to be extended: by a plan, a call, a wish."""
    return _TO_EXTEND.search(left) is not None and not _EXTENDS.search(left)


def threatens(left: str) -> bool:
    """Whether what follows these words is only threatened, or may be."""
    return _THREATENS.search(left) is not None


def is_unsigned(right: str) -> bool:
    """Whether nothing was signed: "▢ talks end without a deal"."""
    return " without " in right and _UNSIGNED.match(right) is not None


def is_of_talks(before: Collection[str], right: str) -> bool:
    """Whether talks are suspended, or stayed away from, and no truce is."""
    return not {"suspended", "rejected"}.isdisjoint(before) and _TALKS.match(right) is not None


def is_hinted(
    status: TruceStatus,
    statuses: Collection[str],
    signs: Collection[str],
    left: str,
    right: str,
) -> bool:
    """Whether the words speak of a truce's status, and say no news of it."""
    if _WHICH.search(left):
        return True
    match status:
        case "proposed" if _HOPES.search(left) or _HOPED.match(right):
            return True
        case "delayed" if _VOTE.search(left):
            return True
        case "in_effect" if "expired" in statuses:
            return True  # it is to end
        case _:
            despite = "future" in signs and " despite " in left  # it will be broken
            return despite or ("extended" in statuses and is_asked(left))
