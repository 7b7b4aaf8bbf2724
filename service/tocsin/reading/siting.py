"""What a place's name stands for where it stands: a place, or somebody who speaks, arms or acts.

"Officials in Kyiv" names a place; "Kyiv says" names a government, and "Iran-backed fighters" those
it backs. Offsets are of the folded sentence.
"""

from __future__ import annotations

import re
from functools import lru_cache

#: Words that a place follows, with one word or "the" and one between them at most.
_LOCATIVE = frozenset(
    (
        *(
            "in",
            "near",
            "of",
            "capital",
            "on",
            "at",
            "against",
            "into",
            "over",
            "across",
            "around",
            "outside",
        ),
        *("within", "inside", "throughout", "toward", "towards", "sweep", "ripple"),
        *("northern", "southern", "eastern", "western", "central", "hit", "hits", "struck"),
        *("strike", "strikes", "attack", "attacks", "attacked", "bombs", "bombed", "shells"),
        *("shelled", "pound", "pounds", "pounded", "target", "targets", "targeted", "rock"),
        *("rocks", "rocked"),
    )
)
_MARK = re.compile(r"\W")
_ONE_WORD = re.compile(r"[\w'-]+")
_NOTHING = ("",) * 4
#: Words that part a place from the one before: "in what ▢ calls a massacre", "shelled by ▢".
_PARTING = frozenset(
    (
        *("what", "which", "whom", "where", "that", "by", "from", "with", "for", "as", "after"),
        *("before", "since", "amid", "while", "when", "than", "is", "was", "were"),
    )
)
#: "the war with Syria", "the foreign minister of Syria": whose, and not where.
_WHOSE = re.compile(
    r"\b(?:(?:president|minister|ministry|leader|king|army|government|ambassador|war|people|ally"
    r"|allies|forces?|support|accus\w+|condemn\w*|light|instead) of (?:the )?$"
    r"|(?:acts?|action|acted|sanctions|measures|wars?|fight(?:s|ing)?|case|defen[cs]es?)"
    r" against $"
    # "Talks in Geneva": far from what is told.
    r"|(?:ambassadors?|diplomats|reporters|speaking|talks|summit|meetings?"
    r"|conference) in $)"
)
#: "Kyiv under attack", "Kabul hotel blast", "Goma shelled".
_STRUCK = re.compile(
    r" (?:(?:(?:has |have )?been|was|were|is|are|is being) (?:(?:also|again|heavily|now) )?"
    r"(?:hit|struck|rocked|shelled|bombed|pounded|attacked|targeted)\b"
    r"|(?:(?:again|also) )?(?:hit|struck|rocked|shelled|bombed|pounded|attacked|targeted)"
    r" (?:by|with|in|as|after|again|overnight|on)\b"
    r"|(?:comes? |came )?under (?:attack|fire)"
    r"|(?:airport|region|city|suburb|province|district|hotel|hospital|mosque|school"
    r"|church|market|university|prison|metro|apartment|bombings?|blasts?|explosions?|shootings?"
    r"|siege|clashes|police|mayor|residents|house|homes?|streets?|suburbs?|checkpoint|restaurant"
    r"|compound|building|square|warehouse|factory|embassy|stadium|bomb site)\b)"
)
#: What is told of somewhere else: "talks in ▢", "the embassy in ▢ says", "CNN reports from ▢". It
#: is looked for where a word begins, and only there.
_ELSEWHERE = re.compile(
    r"\b(?:(?:talks|summit|meets?|met|speech|speaking|speaks|visit(?:s|ed|ing)?"
    r"|trip|arriv(?:es?|ed|ing)|trial|tribunal"
    r"|based|headquartered) (?:to|in|at|outside) (?:the )?$"
    # Where a thing was put on paper or spoken of: "a joint statement of 9 October in ▢".
    r"|(?:statement|declaration|communiqu[eé]|negotiations|negotiated|signed|interview"
    r"|(?:press|news) conference)(?: of \d+ \w+)? in $"
    # Whom somebody spoke to: "told parliament in ▢".
    r"|t(?:old|ells?) (?:an? |the )?(?:[\w-]+ ){1,3}in (?:the )?$"
    r"|(?:visit(?:s|ed|ing)?|report(?:s|ing)? (?:live )?from|native of|born in|exiled? in|back in"
    r"|to (?:fight|serve|train) in) (?:the )?$"
    # Where somebody works or goes: "an analyst at ▢", "a convoy travelling to ▢".
    r"|(?:analyst|expert|fellow|director|head|professor|lecturer|student|researcher|correspondent)"
    r" (?:at|in|with|of) (?:the )?(?:university of )?$"
    r"|(?:travell?ing|heading|headed|bound|destined|en route|on (?:its|their|his|her) way"
    r"|proceed(?:s|ed|ing)?|withdraw\w*|retreat\w*"
    r"|fle(?:d|e|es|eing)|mov(?:ed?|ing)|return(?:s|ed|ing)?|flown|flew|flying) (?:back )?"
    r"(?:to|for|from|towards?) (?:the )?$"
    # Where who was freed or hurt is now: "is now at the embassy in ▢", "flown to a clinic in ▢".
    r"|\b(?:now|recovering|recuperating|residence|reunited|safe)"
    r" (?:(?:at|in) [^,;:.]{0,40})?in (?:the )?$"
    r"|\b(?:airlifted|flown|evacuated|transferred) (?:out )?to [^,;:.]{0,30}\bin (?:the )?$"
    # What somebody's war is about: "attacks on its ships amid its years-long war in ▢".
    r"|(?:'s|\bits|\btheir) (?:[\w-]+ ){0,2}(?:war|campaign|intervention|involvement|operations)"
    r"(?: (?:with|against) [^,;:.]{1,40})? in (?:the )?$"
    # What people go to see or stand up for elsewhere.
    r"|(?:display|exhibition|rallied|(?:thousands|hundreds|crowds) rally) in (?:the )?$"
    # What is fed from elsewhere: "a substation that provides power to ▢".
    r"|\b(?:power|electricity|supply|supplies|water) to (?:the )?$"
    # Where it was fired: "thousands of rockets from ▢".
    r"|\b(?:rockets?|missiles?|drones?|shells|mortars?|projectiles?) (?:[\w-]+ )?from (?:the )?$"
    # At sea: "off the coast of ▢".
    r"|off (?:the )?(?:(?:\w+ )?(?:coasts?|shores?|waters) of )?(?:the )?$"
    r"|(?:gulf|sea|bay|straits?) of (?:the )?$)"
)
#: Where somebody is from: "a volunteer, from ▢".
_FROM = (", from ", ", originally from ")
#: Another event: "days after the ▢ bombing", "in response to a bombing in ▢".
_ASIDE = re.compile(
    r"\b(?:(?:days?|weeks?|months?|years?) (?:after|before|since)|follow(?:s|ed) (?:an?|the)"
    r"|in (?:response|retaliation|revenge|reprisal) (?:to|for))\b[^,;:.]{0,100}$"
)
#: What led to an attack: "▢ strikes ▢ after gunmen killed ten in ▢". Who did it by doing something
#: ("after storming ▢") did it there.
_CAUSE = re.compile(
    r"\b(?:(?:air ?)?strikes?|struck|hits?|bomb(?:s|ed)|shell(?:s|ed)|attack(?:s|ed)|raid(?:s|ed)"
    r"|fire[sd]|launch(?:es|ed)|pound(?:s|ed)|kills|retaliat\w+)\b(?:(?! after)|(?<=it struck))"
    r"[^;:.]{0,80}?(?P<after> after (?:accusing|blaming|(?![a-z]+ing )(?:[\w'’-]+ ){1,14}?"
    r"(?:kill(?:s|ed|ing)|wound(?:s|ed)|injure[sd]|murder(?:s|ed)|fire[sd]|launch(?:es|ed)"
    r"|attack(?:s|ed))\b))"
)
_PART = re.compile(r"[;:.]")
#: "730km southeast of ▢", "450 miles from the capital, ▢".
_DISTANCE = re.compile(
    r"(?P<much>\d(?<!\w\d)[\d,]*) ?-?(?:kms?|kilomet(?:er|re)s?|miles?)\b[^,;.]{0,40}?"
    r" (?:of|from) (?:the (?:capital|city)(?:,| of) )?$"
)
#: So far from a town is elsewhere, kilometres or miles.
_FAR = 40
#: Beside a country is not in it: "a region near ▢", "the border with ▢".
_BESIDE = re.compile(
    r"\b(?:near|off|outside|towards?|bordering|facing|close to|next to|neighbou?ring|border with"
    r"|frontier with) (?:the )?$"
)
#: "Killed in ▢ border clashes": on one side of it or the other.
_BORDER = re.compile(
    r"(?:-[a-z]+)? border (?:clash(?:es)?|fighting|skirmish(?:es)?|conflict|dispute|war|tensions?"
    r"|violence|standoff|row)\b"
)
#: Beside a town is not in it: "near ▢", "north of ▢"; "near ▢ airport" is.
_NEAR = re.compile(
    r"\b(?:near|outside|close to|next to|not far from"
    r"|(?<!in the )(?:north|south|east|west)[\w-]* of)"
    r" (?:the )?(?:(?:[\w-]+ ){0,3}(?:capital|city|town|village|port)(?: city)?,?(?: of)? )?$"
)
_WITHIN = re.compile(
    r"\b(?:in|inside|within|across|throughout) (?:the )?"
    r"(?:(?:north|south|east|west|cent(?:er|re|ral))[\w-]* )?$"
)
_PART_OF_IT = re.compile(
    r"(?:'s)? (?:[A-Z]|(?:[\w-]+ )?(?:airport|airfield|embassy|university|hospital|station|port"
    r"|plant|bridge|market|mosque|church|school|hotel|prison|stadium|square|parliament|palace|headquarters"
    r"|bus stop)\b)|'s |-"
)
#: What a land does, and not where: "after ▢'s latest attacks".
_FORCE = re.compile(
    r" (?:[\w-]+ )?(?:attacks?|strikes?|raids?|assaults?|bombardment|bombing|shelling|onslaught"
    r"|invasion|aggression|war|offensive|campaign|forces?|army|military|troops|soldiers)\b"
)
_VOICES = re.compile(
    r"\b(?:embass(?:y|ies)|consulates?|mission|ambassadors?|diplomats?|envoys?|government|officials?"
    r"|authorit(?:y|ies)|sources?|agency|media|television|outlets?|ministry|spokes\w+"
    r"|(?:hospital|aid|relief|rescue|health|medical|humanitarian) workers?"
    r"|doctors?|medics?|nurses?) in $"
)
#: The words that may stand last before a name that is elsewhere; most names are spared the search.
_LEADING_AWAY = frozenset(
    (
        *("to", "in", "at", "from", "of", "with", "for", "near", "off", "outside", "toward"),
        *("towards", "bordering", "facing", "neighbouring", "neighboring", "capital,", "city,"),
        *("visit", "visits", "visited", "visiting"),
    )
)
_FAR_OFF = re.compile(r", (?:some |about )?\d[^,;:.]{4,50},")
_CALLS = re.compile(r" (?:is |are |was |were )?(?:call(?:s|ed|ing)|describ(?:es?|ed|ing))\b")
_HEADING = re.compile(
    r"(?: (?:war|conflict|crisis|attacks?|protests?|unrest|coup|shootings?|explosions?|blasts?"
    r"|bombings?|strikes?|clashes|violence|siege|massacre))?:"
)
_SAYING = (
    r"(?:says?|said|admits?|admitted|insists?|insisted|claims?|claimed|confirms?|confirmed|den(?:y"
    r"|ies|ied)|accuses?|accused|blames?|blamed|warns?|warned|vows?|vowed|condemns?|condemned"
    r"|announces?|announced|urges?|urged|tells?|told|rejects?|rejected|demands?|demanded|call(?:s|ed))"
)
_SPEAKS = re.compile(rf",? (?:also |has |have |had )?{_SAYING}\b")
#: Literals come first, so that a search leaps to them; that they are words is looked at there.
_SAID_BY = re.compile(r"(?:s(?<=\bs)ays?|a(?<=\ba)ccording to) (?:the )?(?:[\w'-]+ and )?$")
_SIGNED = re.compile(r": $")
_BOUND = re.compile(r"-[a-z]")


def speaks(folded: str, start: int, end: int) -> bool:
    """Whether a place's name stands for those who speak or rule there: "Seoul says", "pro-Kyiv"."""
    if folded.endswith(("pro-", "anti-"), 0, start):
        return True
    if _SPEAKS.match(folded, end) and not is_sited(folded, start, end):
        return True
    before = folded[max(0, start - 40) : start]
    if ("say" in before or "according" in before) and _SAID_BY.search(before):
        return True
    return end == len(folded) and start > 2 and bool(_SIGNED.search(folded, start - 2, start))


def is_bound(folded: str, end: int) -> bool:
    """Whether a name only tells whose a thing is: "Iran-backed", "US-led"."""
    return bool(_BOUND.match(folded, end))


def is_sited(folded: str, start: int, end: int) -> bool:
    """Whether the words around a name say that something is or befalls there."""
    if _STRUCK.match(folded, end):
        return True
    before = folded[max(0, start - 40) : start]
    if before.endswith((" toll from ", " toll in ", " toll of ")):
        return True  # "the toll from ▢ bombs", though it may read as who bombs
    if folded.startswith("'s ", end) and (
        before.endswith((" of ", " of the ")) or _FORCE.match(folded, end + 2)
    ):
        return False  # "one of ▢'s jets", "defends against ▢'s attacks"
    return _follows_where(before) and not (
        before.endswith((" of ", " of the ", " in ", " against ")) and _WHOSE.search(before)
    )


def _follows_where(before: str) -> bool:
    """Whether a text ends with a word that a place follows, or with one such and a word more."""
    if not before[-1:].isspace():
        return False
    before = before.removesuffix("capital, ")
    words = [*_NOTHING, *before.rsplit(maxsplit=4)]
    last = words[-1]
    if _is_locative(words, -1):
        return True
    if last in _PARTING or not (last.isalnum() or _ONE_WORD.fullmatch(last)):
        return False
    return _is_locative(words, -2) or (words[-2] == "the" and _is_locative(words, -3))


def _is_locative(words: list[str], at: int) -> bool:
    """Whether the word there is locative, whatever mark it comes after: "in", "(near", "-hit"."""
    word = words[at]
    if not word.isalnum():
        word = _MARK.split(word)[-1]
    return word in _LOCATIVE or (word == "through" and words[at - 1].endswith("ripped"))


def aside(folded: str, start: int) -> int | None:
    """Where the words begin that make a name's event another one: "days after a bombing in ▢"."""
    near = folded[max(0, start - 130) : start]
    # One of these stands in all such words: most names are spared the search.
    timed = " after" in near or " before" in near or " since" in near
    if not (timed or "follow" in near or "in re" in near):
        return None
    found = _ASIDE.search(folded, max(0, start - 130), start)
    return found.start() if found else led_to(folded, start)


def led_to(folded: str, start: int) -> int | None:
    """Where the words begin that tell what an attack answered, if `start` stands in them."""
    cause = _cause(folded) if " after " in folded else None
    if cause is None or _PART.search(folded, cause.start("after"), start):
        return None
    return cause.start("after") if cause.start("after") < start else None


@lru_cache(maxsize=256)
def _cause(folded: str) -> re.Match[str] | None:
    """What led to the attack of a sentence; each of its names and words asks for it."""
    return _CAUSE.search(folded)


def is_away(folded: str, start: int, end: int, *, country: bool) -> bool:
    """Whether a place is named as another than where the thing told of happened.

    Where talks are held, an embassy speaks, a victim is from or another attack was; what is only
    near a country, or hundreds of kilometres from a town.
    """
    if folded.startswith(" river", end) or aside(folded, start) is not None:
        return True
    if country and _BORDER.match(folded, end):
        return True
    before = folded[max(0, start - 90) : start]
    if before.removesuffix("the ").rpartition(" ")[0].rpartition(" ")[2] not in _LEADING_AWAY:
        return False
    if before.endswith(_FROM) or _ELSEWHERE.search(before):
        return True
    if country and _BESIDE.search(before):
        return True
    if (far := _DISTANCE.search(before)) and int(far["much"].replace(",", "")) >= _FAR:
        return True
    if not before.endswith(" in ") or not _VOICES.search(before):
        return False
    after = _FAR_OFF.match(folded, end)  # "a doctor in ▢, 45 kilometres to the south, said"
    end = after.end() if after else end
    return bool(_SPEAKS.match(folded, end) or _CALLS.match(folded, end))


def is_near(text: str, folded: str, start: int, end: int) -> bool:
    """Whether a name only tells what something is near to."""
    before = folded[max(0, start - 50) : start]
    return bool(_NEAR.search(before)) and not _PART_OF_IT.match(text, end)


def is_within(folded: str, start: int) -> bool:
    """Whether something is said to be in a place, and not only done to it: "an ▢ convoy in …"."""
    return bool(_WITHIN.search(folded, max(0, start - 40), start))


def heads(folded: str, start: int, end: int) -> bool:
    """Whether a title opens with the place it is about: "Somalia: …", "Ukraine war: …"."""
    return start == 0 and bool(_HEADING.match(folded, end))
