"""Who may have attacked: the parties, nations and armed bodies that a sentence names.

Left out are those who only stand behind a nation's name and attack nobody ("a French reporter"),
what an army owns ("a Russian military base"), and bodies that are told of without saying whose
they are ("troops opened fire").
"""

from __future__ import annotations

import re
from typing import NamedTuple

from tocsin.reading.attacks import Told
from tocsin.reading.phrases import Hit, fold
from tocsin.reading.places import Mention
from tocsin.reading.siting import is_bound

#: How near a word stands that belongs to a name, characters.
ADJACENT = 12
#: Who stands behind a nation's name and never attacks: officials, speakers, whom it befalls.
_NO_ATTACKERS = frozenset(("bystander", "talks", "report"))
#: Another's name tells what somebody is: "JNIM, an affiliate of ▢".
_KIN = re.compile(
    r"\b(?:affiliates?|branch|arm|wing|offshoot|faction|franchise|all(?:y|ies)|proxy|proxies"
    r"|linked|loyal|tied|allied|affiliated|aligned) (?:of|to|with) (?:the )?$"
)
_KIN_REACH = 32
#: Between a nation and the body that is its own: "Myanmar's military", "Russian airborne troops".
_OWN = re.compile(
    r"(?:'s|\.)?(?: (?!(?:after|against|over|for|before|since|when|while)\b)[a-z-]+)? $"
)
#: "The extremist group ▢": who it is comes after it.
_KIND_OF = re.compile(r" (?:groups?|networks?|movements?|organi[sz]ations?|outfits?|attacks?)\b")
#: The same in a headline's capitals.
_TITLED_KIND = re.compile(r"(?:militant|rebel|insurgent|jihadist|terrorist|extremist) group\b")
#: Common nouns that armies use of their own men too.
_REGULARS = re.compile(r"(?:commandos?|snipers?|fighters?)$")
#: Who tells nobody anything as an attacker as long as it is not said whose they are.
_NAMELESS = re.compile(
    r"(?:(?:armed|security) )?forces?$|troops?$|soldiers?$|military$|army$|air force$|navy$"
    r"|warships?$|gunboats?$|tanks?$|warplanes?$|fighter jets?$|attackers?$|assailants?$"
)
#: Who is told of by a common noun: it may be anybody, also one who is named elsewhere.
_COMMON = re.compile(
    r"(?:(?:suspected|armed|suicide|islamist|islamic|[a-z]+-backed) )?(?:gunm[ae]n|militants?"
    r"|rebels?|insurgents?|jihad(?:i|ist)s?|extremists?|terrorists?|fighters?|militias?|militiam[ae]n"
    r"|separatists?|guerrillas?|snipers?|bandits?|bombers?|commandos?|settlers?|men|man|groups?)$"
)
#: One group under its many names.
_ISLAMIC_STATE = re.compile(
    r"(?:the )?(?:so-called )?(?:isi[sl]|islamic state|daesh)(?: [a-z]+)?$", re.IGNORECASE
)
#: What an armed body owns or who speaks for it: it is hit, and hits nobody.
_OWNED = re.compile(
    r" (?:air ?)?(?:bases?|airfields?|barracks|headquarters|checkpoints?|convoys?|outposts?"
    r"|positions?|posts?|vehicles?|camps?|hospitals?|academy|commanders?|chiefs?|leaders?"
    r"|spokes\w+|officials?|veterans?|hideouts?|targets?(?! (?:[a-z]+ ){0,3}(?:in|near)\b)"
    r"|sites?|strongholds?)\b"
)


#: Who is accused speaks no more than who is struck: "▢ blamed by Moscow for".
_BLAMED = re.compile(r" (?:is |are |was |were )?(?:accused|blamed|condemned) (?:by|for|of)\b")
#: Who tells of a deed of their own: "▢ says it struck", "▢'s army said its jets had hit".
OWN_WORD = re.compile(
    r"(?:'s)?(?: (?:military|army|navy|air force|forces|rebels|group|militants|fighters))?,?"
    r" (?:says?|said|claims?|claimed|confirms?|confirmed|announces?|announced|admits?|admitted)"
    r" (?:on \w+day )?(?:that )?(?:it|they|(?:its|their) (?:\w+ )?(?:forces|troops|soldiers|army"
    r"|military|fighters|men|(?:war)?planes|jets|drones|air force|navy|artillery))"
    r"(?: (?:has|have|had|also))*"
    r"(?: (?:(?:was|were|is|are|been) )?"
    r"(?:carr(?:ying|ied) out|conduct(?:ing|ed)|launch(?:ing|ed)))? "
)
_AND = " and "


class Actor(NamedTuple):
    """Somebody who may attack: where the name stands, and of what country.

    `country`: it is a country's own name; `armed`: forces are named with it; `outsider`: it is no
    party of the war, and a party is named beside it; `paired`: it stands behind another and "and",
    so that it is not told which of them did it; `people`: a people whose party is only one body.
    """

    start: int
    end: int
    name: str
    country: bool
    armed: bool = False
    land: str | None = None
    party: bool = False
    outsider: bool = False
    paired: bool = False
    people: bool = False


def actors_in(told: Told, mentions: tuple[Mention, ...]) -> list[Actor]:
    """Parties, nations and armed bodies in order; "Israeli forces" is one, by its nation."""
    text, folded = told.sentence.text, told.sentence.folded
    armed = [hit for hit in told.hits if hit.label == "armed"]
    warring = any(one.party for one in mentions)
    found = []
    for one in mentions:
        own = any(one.start <= hit.start < one.end for hit in armed)
        bound = is_bound(folded, one.end) or folded.endswith("pro-", 0, one.start)
        bound = bound or _is_kin(folded, one.start)
        if (own or one.party or one.nation) and not bound:
            found.append(
                Actor(
                    one.start,
                    one.end,
                    one.party or one.nation or one.name,
                    one.place is not None,
                    armed=own,
                    land=one.land,
                    party=one.party is not None,
                    outsider=one.party is None and warring,
                    people=not own and _is_people(one),
                )
            )
    for hit in armed:
        if any(one.start <= hit.start < one.end for one in found) or _is_kin(folded, hit.start):
            continue
        whose = next((one for one in found if _is_of(one, hit, told)), None)
        if whose is not None:
            # "Somali militants" are not Somalia, as "Somali troops" and "commandos" are.
            irregular = whose.people or (
                whose.land is not None
                and is_common(text[hit.start : hit.end])
                and not _REGULARS.match(folded, hit.start, hit.end)
            )
            own_name = not (irregular or is_common(whose.name))
            named = whose.name if own_name else text[whose.start : hit.end]
            found[found.index(whose)] = whose._replace(
                end=hit.end, name=named, country=False, armed=True, people=False
            )
        elif not (
            _NAMELESS.match(folded, hit.start, hit.end)
            or (text[hit.start].islower() and _KIND_OF.match(folded, hit.end))
            or _TITLED_KIND.match(folded, hit.start)
        ):
            name = text[hit.start : hit.end]
            found.append(Actor(hit.start, hit.end, name, country=False, armed=True))
    ends = {one.end for one in found}
    return sorted(
        one._replace(paired=one.start - len(_AND) in ends and folded.endswith(_AND, 0, one.start))
        for one in found
        if not one.people and not _is_bystander(one, told)
    )


def _is_kin(folded: str, start: int) -> bool:
    """Whether a name at `start` only says whose ally or branch somebody else is."""
    return _KIN.search(folded, max(0, start - _KIN_REACH), start) is not None


def is_common(name: str) -> bool:
    """Whether an attacker is told of by a common noun, "gunmen", and not by a name."""
    return bool(_COMMON.match(fold(name)))


def one_name(one: str, two: str) -> bool:
    """Whether two names are one attacker's, as Islamic State and Isis are."""
    return one == two or all(map(_ISLAMIC_STATE.match, (one, two)))


def _is_people(one: Mention) -> bool:
    """Whether a name is a people's, and its party another body: "Palestinian" is no authority."""
    return bool(one.party and one.nation and one.party.split()[0] != one.nation.split()[0])


def _is_of(actor: Actor, body: Hit, told: Told) -> bool:
    """Whether an armed body stands right behind a nation's name, as its own."""
    if actor.armed:  # "Boko Haram fighters"
        return body.start == actor.end + 1
    return (
        0 <= body.start - actor.end <= ADJACENT
        and _OWN.match(told.sentence.folded, actor.end, body.start) is not None
        and not any(actor.end <= hit.start < body.start for hit in told.hits)
    )


def _is_bystander(actor: Actor, told: Told) -> bool:
    """Whether a name only says whose somebody or something is that never attacks."""
    folded = told.sentence.folded
    if actor.armed:
        return bool(_OWNED.match(folded, actor.end))
    if _BLAMED.match(folded, actor.end) or OWN_WORD.match(folded, actor.end):
        return False
    return any(
        hit.label in _NO_ATTACKERS and 0 <= hit.start - actor.end <= ADJACENT for hit in told.hits
    )
