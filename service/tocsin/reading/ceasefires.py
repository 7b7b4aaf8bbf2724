"""What a report says of truces: their newest status first.

Each sentence that names a halt in fire is read for its status. Of several the newest leads: what
is said of the newest truce before what is said of an older one, and in the life of a truce the
later stage before the earlier.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Literal

from tocsin.reading.document import Document
from tocsin.reading.facts import Ceasefire, Strike
from tocsin.reading.places import Located, Mention
from tocsin.reading.relevance import Relevance
from tocsin.reading.truce_sides import accusation, agreeing_pair, owns, sides_of
from tocsin.reading.truces import STAGES, CeasefireWords, Spoken, compile_ceasefires, spoken_of

__all__ = ["CeasefireWords", "compile_ceasefires", "find_ceasefires"]

#: Where a report says who the two are: in its title or its first sentences.
_LEAD = 3
#: Sentences of a long text in which truces are looked for.
SEARCHED = 60
_PEACE = frozenset(("agreed", "in_effect", "collapsed", "violated", "rejected"))
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")
_ORDINAL = re.compile(
    rf"\b({'|'.join(_ORDINALS)})\b(?! (?:exchange|swap|round|day|week|month|group|batch))"
    r"[\w' -]{0,40}$"
)
_ORDINAL_REACH = 48
_BROKERED = ("brokered", "mediated", "backed", "negotiated", "sponsored")
_NAME = r"[A-Z][\w.'’]*"
_BROKER = re.compile(
    rf"(?P<by>(?:(?:African|European|Saudi|South|United) )?{_NAME}(?: and {_NAME})?)"
    rf"[- ](?:brokered|mediated|negotiated|sponsored"
    # "Turkish-backed forces" broker nothing
    r"|backed(?= (?:[\w-]+ ){0,2}(?:cease|truce|deal|plan|peace|pause|resolution|talks|agreement)))"
    r"|(?:brokered|mediated|negotiated|sponsored) by (?:the )?"
    rf"(?P<name>{_NAME}(?: {_NAME})*)"
)
#: The stop of a sentence, and not of "U.S.".
_STOP = re.compile(r"(?<=[a-z])\.$")
#: What one side does alone: "▢ accepts the truce", "▢ agrees to", "▢ announces".
_ASSENTS = re.compile(
    r"\b(?:accept(?:s|ed|ing)?|agree(?:s|d|ing)?(?: to)?|approv(?:e[sd]?|ing)|back(?:s|ed)"
    r"|endorse[sd]?|announc(?:e[sd]?|ing)|declar(?:e[sd]?|ing)|commit(?:s|ted)? to"
    r"|sign(?:s|ed)? up to|beg[ia]ns?|start(?:s|ed)?|order(?:s|ed)?"
    r"|(?:extend|renew|prolong)(?:s|ed)?)\b"
)
#: Who is no party by his name; of what camp he is the theatre knows: "Putin announces".
_LEADER = re.compile(rf"(?P<name>{_NAME}(?: {_NAME}){{0,3}}) (?:(?:also|unilaterally) )?$")
_BOTH = re.compile(
    r"\b(?:sides|parties|rivals|foes|enemies|neighbou?rs|factions|both|two armies|two leaders)\b"
)
_BETWEEN = re.compile(r"\w*(?: deal| agreement)? between\b")
_ASSENT_REACH = 80
_TWO = 2
_HOLDS = re.compile(r"\b(?:holds|holding|held)\b")
#: One that is near is not agreed, whatever a headline makes of it.
_NEARING = re.compile(
    r"\b(?:are|is|appear(?:s|ed)?) (?:very |reportedly )?"
    r"(?:close to|near|nearing|on the (?:verge|brink|cusp) of) "
    r"(?:an? |the )?(?:agree|reach|sign|strik|clinch|seal|deal|truce|cease)"
)
#: "X's call for a ▢ was rejected by Y": it is not X who refuses.
_REFUSED_BY = re.compile(
    r"\b(?:rejected|refused|dismissed|turned down|spurned|rebuffed|brushed off)(?: [a-z]+)? by "
)
_THE = len("the ")
_UNTIL_REACH = 24
_UNTIL = re.compile(r"\b(?:until|till|through|expires?(?: on)?|ends?(?: on)?|expired?(?: on)?)\s*$")


#: What is told beside the beginning of a truce, or before it, breaks none.
_BEFOREHAND = re.compile(
    r"\b(?:before|ahead of) (?:(?:the|a|any|its|that) )?(?:[\w-]+ ){0,3}"
    r"(?:truce|ceasefire|cease-fire|pause|deal|agreement)\b"
    r"|\bbefore it (?:took|takes|came|comes|went|goes|began|begins)\b"
    r"|^(?:(?!\b(?:after|since|following|despite|into)\b).)*"
    r"\b(?:took|takes|taking|came|comes|coming|went|goes|entered|enters)"
    r" (?:effect|into (?:effect|force))\b(?!.*\b(?:violat|breach|despite))",
    re.IGNORECASE,
)


def find_ceasefires(
    document: Document,
    words: CeasefireWords,
    relevance: Relevance,
    strikes: tuple[Strike, ...],
    located: Located,
) -> tuple[Ceasefire, ...]:
    """What a report says of truces, newest first; none where it is not about conflict."""
    if not relevance.conflict:
        return ()
    spoken: list[Spoken] = []
    breach = False
    for sentence in document.sentences[:SEARCHED]:
        if one := spoken_of(sentence, words, document.report.published):
            spoken.append(one)
        if spoken and not breach:
            breach = any(hit.label == "breach" for hit in sentence.find(words.signs))
    real = [one for one in spoken if one.truce.label != "peace"]
    kept = real or [one for one in spoken if one.status in _PEACE and not one.plain]
    if not kept:
        return ()
    if any(_NEARING.search(one.sentence.folded) for one in kept):
        kept = [one._replace(status="proposed") if one.status == "agreed" else one for one in kept]
    kept.sort(key=_newest_first)
    told: dict[object, Ceasefire] = {}
    alone = any("unilateral" in one.sentence.folded for one in kept)
    pair = agreeing_pair(document.sentences[:_LEAD], located)
    for one in kept:
        truce = _ceasefire(one, located)
        if len(truce.parties) < _TWO and set(truce.parties) <= set(pair):
            truce = replace(truce, parties=pair, between=bool(pair))
        if alone:
            truce = replace(truce, unilateral=True)
        told.setdefault((truce.status, truce.ordinal, truce.violator), truce)
    found = list(told.values())
    lead = found[0]
    holds = _HOLDS.search(lead.quote)  # its own words: it held all the same
    broken = (
        not all(_BEFOREHAND.search(strike.quote) for strike in strikes)
        and not holds
        and (lead.status in ("in_effect", "extended") or (lead.status == "agreed" and breach))
    )
    if broken:
        found.insert(0, replace(lead, status="violated", mentioned=False))
    return tuple(found)


def _newest_first(one: Spoken) -> tuple[bool, bool, int, int]:
    return (one.older, one.plain, -STAGES.index(one.status), one.sentence.index)


def _ceasefire(one: Spoken, located: Located) -> Ceasefire:
    sentence, text = one.sentence, one.sentence.text
    brokered = _BROKER.search(text) if any(map(text.__contains__, _BROKERED)) else None
    broker = _STOP.sub("", brokered["by"] or brokered["name"]) if brokered else None
    mentions = located.within(sentence.index)
    # "Russian-brokered" names Russia; "US" is kept as it is written
    nations = {one.name: one.nation for one in mentions if not one.name.isupper()}
    named = [
        mention
        for mention in mentions
        if not brokered or not brokered.start() <= mention.start < brokered.end()
    ]
    accused = accusation(sentence, named) if one.status in ("violated", "collapsed") else None
    parties, between = sides_of(sentence, one.truce, named)
    folded, at = sentence.folded, one.truce.start
    ordinal = _ORDINAL.search(folded, max(0, at - _ORDINAL_REACH), at)
    ends = [
        time.day
        for time in one.times
        if time.day and _UNTIL.search(folded, max(0, time.start - _UNTIL_REACH), time.start)
    ]
    bound = one.status in ("agreed", "extended") and not brokered
    assents = bound and _assents(one, located)
    leader = _announcer(one, located) if bound and assents is False else None
    refuses = one.status == "rejected" and _refuses(one, named)
    return Ceasefire(
        status=one.status,
        parties=parties,
        broker=nations.get(broker or "") or broker,
        claimant=accused.who if accused else (assents or leader or refuses or None),
        field=sentence.field,
        start=sentence.start,
        end=sentence.end,
        quote=text,
        until=ends[0].isoformat() if ends else None,
        violator=accused.whom if accused else None,
        ordinal=_ORDINALS.index(ordinal[1]) + 1 if ordinal else None,
        mentioned=one.plain or one.known,
        peace=one.truce.label == "peace",
        unilateral=one.status == "agreed" and assents is not False,
        between=between,
    )


def _refuses(one: Spoken, named: Sequence[Mention]) -> str | None:
    """The one side named before a truce that is none: "▢ says there is no ceasefire"."""
    if by := _REFUSED_BY.search(one.sentence.folded, one.truce.end):
        refusing = (m.party or m.nation for m in named if by.end() <= m.start <= by.end() + _THE)
        return next(refusing, None)
    sides = {
        mention.party or mention.name
        for mention in named
        if mention.end <= one.truce.start and not mention.sited
        if mention.party or mention.nation == mention.name
    }
    return sides.pop() if len(sides) == 1 else None


def _announcer(one: Spoken, located: Located) -> str | None:
    """Who announces a truce by a name that is no party's: a side's leader, or a mediator."""
    folded, at = one.sentence.folded, one.truce.start
    verb = next(reversed(list(_ASSENTS.finditer(folded, max(0, at - _ASSENT_REACH), at))), None)
    if verb is None or _BOTH.search(folded):
        return None
    leader = _LEADER.search(one.sentence.text, folded.rfind(":", 0, verb.start()) + 1, verb.start())
    if leader is None:
        return None
    name = leader["name"].rpartition("'s ")[2]  # "▢'s Burhan": the land is not he
    first = leader.end("name") - len(name)
    named = located.within(one.sentence.index)
    own = any(m.start < leader.end("name") and first < m.end for m in named)
    return None if own or not name else name


def _assents(one: Spoken, located: Located) -> str | Literal[False]:
    """The one side that binds itself alone before a truce: "▢ accepts it", "declares it".

    Empty where its name is not known, False where two do or nobody is said to.
    """
    folded, at = one.sentence.folded, one.truce.start
    verb = next(reversed(list(_ASSENTS.finditer(folded, max(0, at - _ASSENT_REACH), at))), None)
    if verb is None or _BOTH.search(folded) or _BETWEEN.match(folded, at):
        return False
    named = located.within(one.sentence.index)
    heading = folded.rfind(":", 0, verb.start())  # "Libya: general declares a truce"
    before = [
        mention
        for mention in named
        if heading < mention.start <= mention.end <= verb.start()
        and (mention.party or mention.nation)
    ]
    owners = [one for one, other in pairwise(before) if owns(folded[one.end : other.start])]
    before = [one for one in before if one not in owners]
    # A mediator announces and backs a truce as well; to accept, agree and declare is a side's own.
    anybodys = verb.group().startswith(("announc", "back", "endors"))
    sides = {mention.party or (not anybodys and mention.nation) or None for mention in before}
    sides.discard(None)
    # "X and the tribes agree", "the army and X agree"
    joined = before and (
        " and " in folded[before[-1].end : verb.start()]
        or folded[: before[0].start].endswith((" and ", " and the "))
    )
    if len(sides) == 1 and not joined and not folded.startswith("'s", before[-1].end):
        return sides.pop() or False
    return "" if len(sides) < _TWO and verb.group().startswith(("declar", "order")) else False
