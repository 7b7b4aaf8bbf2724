"""Whether somebody in a sentence is the author of an attack: by grammar, not by who stands near.

An author stands before a deed that is told as active, or gives an attack its name. Somebody is
none who only owns what was struck, made the weapons, shot them down, answered an earlier attack,
or is one of two who fought each other.
"""

from __future__ import annotations

import re

from tocsin.reading.actors import OWN_WORD, Actor
from tocsin.reading.attacks import Told, sort_of
from tocsin.reading.facts import Place
from tocsin.reading.interception import downing
from tocsin.reading.phrases import Hit
from tocsin.reading.siting import is_sited, led_to

#: How far from the attack word its author may stand, characters.
REACH = 40
_ACTIVE = frozenset(("now", "past"))
#: Kinds of attack that are called by the state that makes them, not by where they are.
_OF_STATES = ("air", "missile", "drone", "artillery", "other")
#: Words between an author and the attack word that part them.
_PARTING = re.compile(
    r"[,;:()\"]|\b(?:says?|said|that|which|who|in|on|of|by|after|as|and|to|from|near|at|with|against"
    r"|for|accuse[sd]?|killed|wounded|over|amid|during|despite|was|were|been|is|are|report(?:s|ed)?"
    r"|den(?:y|ies|ied)|condemns?|condemned|prevent(?:s|ed)?|repel(?:s|led)?|foil(?:s|ed)?"
    r"|thwart(?:s|ed)?|end(?:s|ed)?|stop(?:s|ped)?|halt(?:s|ed)?|surviv(?:es?|ed)|investigat\w+"
    r"|intercept(?:s|ed)?|(?:shot|shoots?) down|downs|downed"
    r"|(?:an?|the) (?:earlier|previous|similar))\b"
)
#: Who stops what flies at them is no attacker: "air defences shot down ten drones".
_DEFENDS = re.compile(
    r"intercept|repel|foil|thwart|prevent|(?:shoot|shot|down|destroy)[^.,;:]{0,40}?"
    r"\b(?:drones?|missiles?|rockets?|uavs?|attacks?|assaults?)\b"
)
#: What comes after it is another event: "strikes on ▢, days after a bombing in …".
ASIDE = re.compile(
    r"\b(?:(?:days?|hours?|weeks?|months?|years?) (?:after|before|since)|(?:in )?(?:response"
    r"|retaliation|revenge|reprisals?) (?:to|for)|follow(?:s|ed|ing)?|despite|since)\b"
    r"|\bafter (?:the |an? |deadly )*$"
)
#: Who both sides are, and not who struck whom: "between ▢ and …", "▢ exchanged fire".
_BETWEEN = re.compile(r"\bbetween [^,.;]*$")
_MUTUAL = re.compile(
    r"(?:exchang|trad(?:e|ing)|clash|skirmish|gun ?battle|firefight|shootout|face-off)"
)
#: A noun that looks like a deed: "▢ targets killed", "attacks on ▢ targets".
_NO_OBJECT = re.compile(
    r"targets(?=$|[.,;:]| (?:in|on|at|across|near|by|with|and|were|was|kill)\b)"
    r"|seiz\w* (?:power|(?:[\w-]+ ){0,2}(?:weapons|arms|drugs|assets|tankers?|ships?|vessels?))\b"
    # "▢ launches a terror probe": not what it launches at anybody.
    r"|launch\w* (?:[\w-]+ ){0,2}(?:probe|inquiry|investigation|manhunt|hunt|search|appeal|bid"
    r"|review|talks)\b"
)
#: What tells of an attack, and not of what came of it.
_NAMING = ("attack", "firm", "loose", "loose verb")
#: Another clause; and deeds of a war that goes on, of no attack that another clause tells of.
_MEANWHILE = re.compile(r"\b(?:as|while|whereas) ")
_FIGHTS = re.compile(r"(?:advanc|seiz|captur|battl|fight|fought|repel|breach|overr|invad)")
#: Verbs whose past is no other than their present.
_TENSELESS = re.compile(r"(?:hit|hurt|shot dead)\b")
#: Who is named after "by" is no subject of the verb that comes: "condemned by ▢ kills six".
_WHETHER = (" if ", " whether ", " if the ", " whether the ")
_AGENT = re.compile(r"\bby (?:the |an? )?$")
_AT_SEA = (" off ", " coast of ", " off the ", " waters of ")
#: An answer tells nobody who made the attack that it answers: "▢ retaliates after a bombing".
_ANSWERED = re.compile(r"(?:retaliat\w*|respond(?:s|ed)?)\b[^,;:.]*? (?:after|for|to|against)\b")
#: What befalls one, and is no deed: "▢'s president dies in clashes".
_BEFALLS = re.compile(r"(?:die[sd]?|dying|perish(?:es|ed)?)\b")
#: Who stood at the head of somebody: "a general who ran ▢'s operations" is killed for it.
_HEADED = re.compile(r"\b(?:ran|led|headed|commanded|oversaw|directed) (?:the )?$")
#: What somebody's power brings about is not their deed: "linked to the growing influence of ▢".
_OF_POWER = re.compile(
    r"\b(?:influence|presence|threat|rise|spread|growth|strength|fight|war|battle|campaign"
    r"|struggle) (?:of|from|by|against|with) (?:the )?(?:armed )?$"
)
#: A drone that was shot down flew for whoever launched it, and need not have been theirs.
_TAKEN_DOWN = re.compile(
    r"\b(?:sh(?:oots?|ot) down|downs|downed|intercept(?:s|ed)|destroy(?:s|ed))"
    r"(?: (?:an?|the|suspected|two|three|four|several|\d+))* $"
)
#: What may stand between a country's own name and its deed; "a ▢ vehicle bomb kills" has a noun.
_ADVERB = re.compile(
    r"'?s|has|have|had|also|again|now|then|still|just|once|twice|more|later|back|it|its"
    r"|[a-z]+ly|may|might|appears?|president|government|regime|war|on|day"
)
_THINGS = ("drone", "drones", "missile", "missiles", "rocket", "rockets", "bombs", "shells")
_WORDS = re.compile(r"[a-z-]+|'s")
#: What may stand between a nation and the attack that it made.
_MANNER = re.compile(
    r"'?s|air|aerial|ground|naval|sea|border|cross-border|state|secret|covert|special|police|terror"
    r"|deadl(?:y|iest)|fatal|fresh|new|latest|recent|first|second|third|another|possible|rare"
    r"|suspected|alleged|apparent|reported|most|bigg?est|larg(?:e|est)|worst|massive|mass|major"
    r"|heav(?:y|iest)|fierce|intense|intensified|sustained|relentless|renewed|repeated|multiple"
    r"|several|double|twin|double-tap|its|their|daily|nightly|overnight|early|morning|dawn|night"
    r"|night-?time|evening|weekend|[a-z]+day|retaliatory|revenge|reprisal|retaliation|pre-?emptive"
    r"|surprise|targeted|precision|indiscriminate|brutal|all-out|full-scale|large-scale|(?:long|short)"
    r"-range|cruise|ballistic|guided|hypersonic|barrage"
)
#: A country's own name wages what is named after it: "▢'s raid", "▢ strikes", "▢ resumes shelling".
_WAGES = re.compile(
    r"'s\b| (?:(?:has|have|had) (?:also )?)?(?:hits|shells"
    r"|(?:strikes|raids)(?! (?:kill|lea|left|wound|injur))|(?:continues?"
    r"|continued|resumes?|resumed|(?:keeps|kept|starts|started)(?= [a-z]+ing\b)|launch(?:es|ed)"
    r"|begins?|began|renews?|renewed|widens?|widened|expands?|expanded"
    r"|(?:steps|stepped|ramps|ramped|keeps|kept) up|orders?|ordered|directs|directed"
    r"|unleash(?:es|ed)|conducts?|conducted|carries out|carried out|mounts?|mounted|escalates"
    r"|escalated|intensifies|intensified|presses|pressed)\b)"
)
#: "▢ attacks bases": a deed where a party of the war does it; "attacks kill" and "on" are none.
_ATTACKS = re.compile(
    r" attacks(?=(?! (?:kill|lea|left|wound|injur|hit|spark|prompt|on|in|at|by|are|were|was|that"
    r"|have|has|continue|follow)) )"
)
_PASSIVE = re.compile(
    r"\s*(?:$|(?:in|by|over|above|after|when|while|as|at|during|near|amid|and|since|with|from|outside"
    r"|inside|early|late|dead(?= (?:in|by|after|when|as|at|on|near|during|outside)\b|[.,;]|$))\b"
    r"|[.,;])"
)


def is_author(actor: Actor, hit: Hit, told: Told) -> bool:
    """Whether somebody stands as the author of a deed or an attack named after them."""
    folded = told.sentence.folded
    between = folded[actor.end : hit.start]
    if not 0 <= hit.start - actor.end <= REACH or _PARTING.search(between):
        return False
    if is_where(actor, folded) or _MUTUAL.match(folded, hit.start):
        return False
    if _BETWEEN.search(folded, max(0, actor.start - 2 * REACH), actor.start):
        return False
    if folded.endswith(_WHETHER, 0, actor.start):
        return False  # "would not say if ▢ struck it"
    if actor.paired or is_aside(actor.start, told) or _is_maker(actor, hit, told):
        return False
    down = downing(folded)
    if down is not None and hit.label.startswith("weapon:") and hit.start in range(*down.span()):
        return False  # whose the aircraft was
    if _OF_POWER.search(folded, max(0, actor.start - REACH), actor.start):
        return False
    if _ANSWERED.match(folded, hit.start):
        return False
    if _BEFALLS.match(folded, hit.start) or _HEADED.search(folded, 0, actor.start):
        return False
    if not actor.armed and _TAKEN_DOWN.search(folded, max(0, actor.start - REACH), actor.start):
        return False
    if _FIGHTS.match(folded, hit.start) and _MEANWHILE.search(
        folded, told.trigger.end, actor.start
    ):
        return False  # "ten killed in a strike, as ▢ advance"
    sort, _, detail = hit.label.partition(":")
    if sort in ("firm", "loose verb", "harm", "toll"):
        if _AGENT.search(folded, max(0, actor.start - 20), actor.start):
            return False
        if _DEFENDS.match(folded, hit.start) or _NO_OBJECT.match(folded, hit.start):
            return False
        passive = (detail == "past" or _TENSELESS.match(folded, hit.start)) and is_passive(
            hit, folded
        )
        return (
            (detail in _ACTIVE or sort == "toll")
            and not passive
            and not _titles_attack(actor, hit, told)
            and not (actor.country and any(map(_is_noun, _between(actor, hit, told))))
        )
    if actor.country:
        wages = _WAGES.match(folded, actor.end)
        if wages is None:
            return actor.party and _ATTACKS.match(folded, actor.end) is not None
        if wages.group() != "'s":
            return True
    return _is_named_after(actor, hit, told)


def tells_own(actor: Actor, hit: Hit, told: Told) -> bool:
    """Whether somebody says of themselves that they did it: "▢ says it struck"."""
    folded = told.sentence.folded
    sort, _, detail = hit.label.partition(":")
    return (
        (sort in ("firm", "loose verb", "harm") or detail == "other" or sort == "attack")
        and (detail in (*_ACTIVE, "other") or sort == "attack")
        and OWN_WORD.fullmatch(folded, actor.end, hit.start) is not None
        and not (is_passive(hit, folded) or _DEFENDS.match(folded, hit.start))
        and not (_BEFALLS.match(folded, hit.start) or _NO_OBJECT.match(folded, hit.start))
    )


def is_aside(at: int, told: Told) -> bool:
    """Whether what stands there is of another event than the first that the sentence tells of."""
    named = (hit for hit in told.hits if sort_of(hit.label) in _NAMING)
    first = next(named, told.trigger)
    folded = told.sentence.folded
    if led_to(folded, at) is not None:
        return True
    aside = ASIDE.search(folded, first.end, at)
    if first.label.startswith("loose:"):  # "a blast after a strike" is that strike
        return aside is not None and not aside.group().startswith("after")
    if aside is not None:
        return True
    # "struck Gaza after what it said were attacks by ▢"
    earlier = folded.rfind(" after ", first.end, at)
    return earlier >= 0 and any(
        earlier < hit.start < at and sort_of(hit.label) in _NAMING for hit in told.hits
    )


def _is_named_after(actor: Actor, hit: Hit, told: Told) -> bool:
    """Whether an attack bears somebody's name, and not what was attacked: "an Afghan ward attack".

    Between them stand only bodies, weapons, other words of attack, and words of manner.
    """
    if actor.armed:
        return True
    return all(map(_MANNER.fullmatch, _between(actor, hit, told)))


def _between(actor: Actor, hit: Hit, told: Told) -> list[str]:
    """The words between somebody and a deed that are no weapon, no attack and no deed."""
    words = told.sentence.folded[actor.end : hit.start]
    for other in told.hits:
        if actor.end <= other.start and other.end <= hit.start and ":" in other.label:
            at = other.start - actor.end
            words = (
                words[:at] + " " * (other.end - other.start) + words[at + other.end - other.start :]
            )
    return _WORDS.findall(words)


def _is_noun(word: str) -> bool:
    """Whether a word between a country's own name and a deed makes another the one who did it."""
    return not (_MANNER.fullmatch(word) or _ADVERB.fullmatch(word))


def _is_maker(actor: Actor, hit: Hit, told: Told) -> bool:
    """Whether a nation that is no party of the war only made the weapons: "Iranian drones"."""
    between = told.sentence.folded[actor.end : actor.end + 6]
    if between == " made ":
        return True
    return actor.outsider and any(
        weapon.start == actor.end + 1 and _is_weapon(weapon, told) and weapon.end <= hit.end
        for weapon in told.hits
    )


def _is_weapon(hit: Hit, told: Told) -> bool:
    """Whether a word names things that strike: "missiles", "attack drones"."""
    if hit.label.startswith("weapon:"):
        return True
    last = told.sentence.folded[hit.start : hit.end].rpartition(" ")[2]
    return hit.label.startswith("attack:") and last in _THINGS


def is_where(actor: Actor, folded: str) -> bool:
    """Whether a country's own name tells where something is, and not who did it."""
    return actor.country and (
        folded.endswith(_AT_SEA, 0, actor.start) or is_sited(folded, actor.start, actor.end)
    )


def is_passive(hit: Hit, folded: str) -> bool:
    """Whether a past form tells what befell its subject; "fired rockets" has its object with it."""
    _, gap, last = folded[hit.start : hit.end].rpartition(" ")
    if gap and last not in ("down", "up", "fire", "attack", "shelling", "dead"):
        return False
    return bool(_PASSIVE.match(folded, hit.end))


def _titles_attack(actor: Actor, deed: Hit, told: Told) -> bool:
    """Whether a country's name only says where the attack was: "the Iran attack killed 19"."""
    return actor.country and any(
        actor.end < hit.start < deed.start
        and hit.label.startswith(("attack:", "loose:", "weapon:"))
        and not (actor.party and hit.label.endswith(_OF_STATES))
        for hit in told.hits
    )


def is_home(actor: Actor, hit: Hit, place: Place | None) -> bool:
    """Whether somebody is only the struck place's own land, with none of its forces named.

    "A Syrian airstrike in Idlib" is Syria's; "an Afghan car bombing" only tells where.
    """
    if actor.armed:
        return False
    if place is not None and actor.name.casefold() in place.name.casefold():
        return True
    if actor.land is None:
        return False
    if place is None:
        return hit.start == actor.end + 1 and hit.label == "attack:bombing"
    if actor.land != place.country:
        return False
    return not (hit.start == actor.end + 1 and hit.label.endswith(_OF_STATES))
