"""Between whom a truce is, who only speaks of it, and who accuses whom of having broken it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from tocsin.reading.document import Sentence
from tocsin.reading.phrases import Hit
from tocsin.reading.places import Located, Mention

_TWO = 2
_NEAR = 60
_OWNS = re.compile(r"'s (?:[a-z-]+ ){0,3}")
_WITH = re.compile(r"^(?: (?:deal|agreement|pact|accord))? with (?:the )?[\w' -]{0,16}$")
_BETWEEN = re.compile(r"\bbetween (?:the )?[\w' -]{0,24}$")
_AND = re.compile(r"^(?:'s)?[\w' -]{0,24} and (?:the )?[\w' -]{0,16}$")
_BOTH_DO = re.compile(
    r"^(?:'s)?(?: [\w-]+){0,2} (?:agree[sd]?|sign(?:ed|s)?|reach(?:ed)?|accept(?:ed)?"
    r"|extend(?:ed)?|renew(?:ed)?|clinch(?:ed)?|seal(?:ed)?|str(?:ike|uck))\b"
)
_HYPHENS = frozenset(("-", "\u2013", "\u2014"))
_MEDIATES = re.compile(r"^[- ](?:brokered|mediated|negotiated|sponsored|proposed|drafted|hosted)\b")
_FROM_REACH = 60
#: Whose proposal it is: "▢ proposal from Egypt and Qatar", "put forward by the United States".
_FROM = re.compile(
    r"\b(?:proposals?|plan|offer|initiative|proposed|brokered|mediated|drafted|presented"
    r"|put forward) (?:from|by) (?:the )?[\w' ,-]*$"
)
_SPEAKS = re.compile(r"^(?:'s)?(?: [\w'-]+){0,3} (?:says?|said)\b")
_NAME = r"[A-Z][\w.'’]*"
_BODIES = "army|military|government|forces|troops|rebels|fighters|officials|ministry|separatists"
_SIDE = rf"{_NAME}(?: (?:{_NAME}|{_BODIES})){{0,4}}"
_ACCUSES = re.compile(
    rf"(?P<who>{_SIDE}) (?:has |have |had )?(?:accus(?:es?|ed)|blam(?:es?|ed)) "
    # Where each accuses the other nobody is known to have broken it.
    r"(?!each other|one another)(?P<whom>[^,.;]{2,50}?) (?:of|for)\b"
)
_SAYS_BROKEN = re.compile(
    rf"(?P<who>{_SIDE}) (?:says?|said|claims?|claimed)(?: that)? (?:the )?(?P<whom>{_SIDE}) "
    r"(?:has |have |had )?(?:violat|breach|br[oe]k|flout)"
)
#: The accuser stands last: "Y broke the truce, ▢ says".
_SAID_LAST = re.compile(
    rf"^(?P<whom>{_SIDE}) (?:has |have |had )?"
    r"(?:violate[sd]|breache[sd]|breaks|broke|flouted)\b[^.;]*, "
    rf"(?P<who>{_SIDE}) (?:says?|said|claims?|claimed)\b"
)
#: The accuser stands further off: "▢ halts the swap, accusing Y of".
_ACCUSING = re.compile(
    r"(?:\b(?:accus|blam)ing|, (?:and )?(?:accuse|blame)[sd]) (?!each|one )"
    r"(?P<whom>[^,.;]{2,50}?) (?:of|for)\b"
)


class Accusation(NamedTuple):
    """Who says that who broke a truce."""

    who: str
    whom: str


def sides_of(
    sentence: Sentence, truce: Hit, mentions: Sequence[Mention]
) -> tuple[tuple[str, ...], bool]:
    """The names of those a truce may be between, and whether the words say that it is theirs.

    Who mediates is none of them, nor is who only speaks where two others are named.
    """
    sides = [one for one in mentions if _name(one)]
    pair = next(_pairs(sentence.folded, truce, sides), None)
    if pair:
        return pair, True
    sides = [one for one in sides if not _mediates(sentence.folded, one)]
    owned = [one for one, other in pairwise(sides) if owns(sentence.folded[one.end : other.start])]
    sides = [one for one in sides if one not in owned]  # "Yemen's Houthis" are the Houthis
    silent = [one for one in sides if not _SPEAKS.match(sentence.folded[one.end :])]
    for some in (silent, sides):
        names = tuple(dict.fromkeys(map(_name, some)))
        if len(names) >= _TWO:
            break
    return names, False


def agreeing_pair(sentences: Iterable[Sentence], located: Located) -> tuple[str, ...]:
    """The first two that agree or sign something together: "X and Y sign off on"; else nobody."""
    for sentence in sentences:
        sides = [one for one in located.within(sentence.index) if _name(one) and not one.sited]
        for one, other in pairwise(sides):
            joined = _AND.match(sentence.folded[one.end : other.start])
            if (
                joined
                and _name(one) != _name(other)
                and _BOTH_DO.match(sentence.folded[other.end :])
            ):
                return _name(one), _name(other)
    return ()


def owns(gap: str) -> bool:
    """Whether the words between two names make the second a body of the first: "▢'s own ▢"."""
    return _OWNS.fullmatch(gap) is not None


def accusation(sentence: Sentence, mentions: Sequence[Mention]) -> Accusation | None:
    """Who accuses whom of having broken a truce, in the text's own words."""
    text = sentence.text
    said = _ACCUSES.search(text) or _SAYS_BROKEN.search(text) or _SAID_LAST.search(text)
    if said:
        return Accusation(said["who"], said["whom"])
    said = _ACCUSING.search(text)
    who = next((one.name for one in mentions if _name(one)), None)
    accused = bool(said and who and mentions[0].end <= said.start() and who not in said["whom"])
    return Accusation(who or "", said["whom"]) if said and accused else None


def _name(mention: Mention) -> str:
    return mention.party or mention.nation or ""


def _pairs(folded: str, truce: Hit, sides: list[Mention]) -> Iterator[tuple[str, str]]:
    """The pairs that the words make the two sides of a truce, the surest first."""
    doing = [
        one
        for one in sides
        if one.end <= truce.start and not one.sited and folded[one.end : one.end + 1] != "-"
    ]
    for other in sides:
        if doing and truce.end <= other.start and _WITH.match(folded[truce.end : other.start]):
            yield _name(doing[-1]), _name(other)
    joined = [
        (one, other, folded[one.end : other.start])
        for one, other in pairwise(sides)
        if _name(one) != _name(other)
    ]
    for one, other, gap in joined:
        near = truce.start - other.end < _NEAR and one.start - truce.end < _NEAR
        if near and _AND.match(gap) and _BETWEEN.search(folded, max(0, one.start - 40), one.start):
            yield _name(one), _name(other)
    for one, other, gap in joined:
        if gap in _HYPHENS and 0 <= truce.start - other.end < _NEAR:
            yield _name(one), _name(other)
    listed = any(gap == ", " for *_, gap in joined)  # "X, Y and Z sign" makes no pair
    for one, other, gap in () if listed else joined:
        if other.end <= truce.start and _AND.match(gap) and _BOTH_DO.match(folded[other.end :]):
            yield _name(one), _name(other)


def _mediates(folded: str, mention: Mention) -> bool:
    if _MEDIATES.match(folded[mention.end :]):
        return True
    first = max(0, mention.start - _FROM_REACH)
    return _FROM.search(folded, first, mention.start) is not None
