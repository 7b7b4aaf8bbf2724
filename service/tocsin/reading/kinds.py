"""What kind of attack a sentence tells of, by what it says of this one and not of another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import cast

from tocsin.reading.attacks import Told
from tocsin.reading.deeds import is_passive
from tocsin.reading.facts import StrikeKind
from tocsin.reading.interception import downing
from tocsin.reading.phrases import Hit
from tocsin.reading.siting import aside

_CRAFT = ("weapon:air", "loose:air")
_NEAR = 40
_LOST = re.compile(
    r"\b(?:destroy\w*|damag\w*|(?:shot|shoots?|shooting|brought) down|down(?:s|ed|ing)|crash\w*"
    r"|lost|intercept\w*|scrambl\w*|wreckage)\b[^.,;:]*$"
)
#: What attackers brought down beside what they did: "had killed 20 and downed a drone".
_DOWNED = re.compile(r"\bkilled [^.;]*\b(?:downed|shot down|destroyed) an? (?:[\w-]+ ){0,2}$")
#: Aircraft that were hit, or that hit what flew at others.
_NO_STRIKE = re.compile(
    r"[^.,;:]{0,30} (?:(?:shot|shoots?|shooting) down|down(?:s|ed)|crash\w*|destroyed|damaged"
    r"|scrambled|intercept\w*|came down|malfunction\w*)\b"
)
#: What an attack came after is another: "▢ bombs towns after a bombing in …".
_AFTER = re.compile(r"\bafter\b")
#: A weapon that was struck itself: "a rocket depot", "drone manufacturing sites".
_STRUCK = re.compile(
    r" (?:(?:ammunition|manufacturing|production|storage|launch|launching|making|assembly) ){0,3}"
    r"(?:sites?|launchers?|factor(?:y|ies)|depots?|stockpiles?|workshops?|stores?|positions?"
    r"|launchpads?|plants?)\b"
    # What is cleared away or hidden from: "a mine-clearing team", "a bomb shelter".
    r"|[- ](?:clear\w+|disposal|removal|detection|shelters?|squads?)\b"
)
#: What took part in other attacks: "bombers used in missile strikes on …".
_ELSEWHERE = re.compile(
    r"\b(?:used|taken part|took part|taking part|involved) in (?:[\w-]+ )?$"
    r"|\b(?:clear(?:s|ed|ing)?|defus\w+) (?:\w+ ){0,2}$"
    # What is only feared: "explosions as residents are warned of missiles".
    r"|\b(?:warn(?:s|ed|ing)?|threats?|fears?|risk) of (?:[\w-]+ ){0,2}$"
)
#: Deeds that are done with one kind of weapon.
_FIRED = re.compile(
    r"(?:(?:fir|lob|launch)\w* (?:a )?(?:(?P<missile>rocket|missile|ballistic)|(?P<drone>drone)"
    r"|(?P<air>air ?strike)|(?P<artillery>mortar|artillery))|(?P<shells>shell)"
    # "A bomb kills six": a noun, though it looks like a deed.
    r"|(?P<bombing>bomb)"
    r"(?= (?:kill|wound|injur|hit|explo|target|rip|goes|detonat|(?:in|at|near|outside) )))"
)
#: Deeds that strike by themselves: "▢ hits the town after rocket fire" is no rocket fire.
_STRIKES = re.compile(r"(?:hits?|strikes?|struck|pound(?:s|ed)|attack(?:s|ed)|target(?:s|ed))\b")
#: Words that leave open what went off.
_BLAST = re.compile(r"(?:explosions?|blasts?|detonations?)\b")
#: Two who fight each other, of whom no text says that one attacked.
_CLASH = re.compile(
    r"(?:clash|fight(?:s|ing)?\b|fought\b|skirmish|(?:gun ?)?battle|firefight|gunfight|shoot-?out"
    r"|face-off|exchang)"
)
_ENCOUNTER = re.compile(
    r"\b(?:clash(?:es|ed)?|skirmish(?:es)?|firefights?|gun ?battles?|gunfights?|shoot-?outs?"
    r"|exchanges? of (?:gun)?fire|encounter with|altercation|fist-?fights?|brawl(?:s|ed)?|scuffles?"
    r"|face-off|collision|collided)\b"
)
_DEEDS = frozenset(("attack", "firm", "loose", "loose verb"))
#: Deeds that need a bomb.
_BOMBS = ("bomb", "blow", "blew", "detonat")


def kind_of(told: Told) -> StrikeKind:
    """The kind of attack: by its name, else its weapon, else a loose word for it."""
    named = list(_naming(told))
    for sort in ("attack", "weapon", "loose"):
        for hit in named:
            name, _, kind = hit.label.partition(":")
            if name == sort:
                return cast("StrikeKind", kind)
        if sort == "weapon" and (fired := _fired(told)) is not None:
            return fired
    return "ground" if "armed" in told.sorts else "other"


def _fired(told: Told) -> StrikeKind | None:
    """The kind that a deed's own verb names: "shelled", "fired rockets"."""
    for hit in told.hits:
        if hit.label.startswith("firm") and not aside(told.sentence.folded, hit.start):
            match = _FIRED.match(told.sentence.folded, hit.start)
            if match is not None:
                kind = match.lastgroup
                return "artillery" if kind == "shells" else cast("StrikeKind", kind)
    return None


def is_downing(told: Told) -> bool:
    """Whether a sentence tells that aircraft were shot down, before any other attack."""
    down = downing(told.sentence.folded)
    if down is None:
        return False
    return all(
        hit.start >= down.start() or hit.label == "loose:bombing"
        for hit in told.hits
        if hit.label.partition(":")[0] in _DEEDS
    )


def is_blast(told: Told) -> bool:
    """Whether a sentence tells that something went off, and of no bomb: it may be a shell."""
    folded = told.sentence.folded
    return not any(
        (hit.label.endswith(":bombing") and not _BLAST.match(folded, hit.start))
        or folded.startswith(_BOMBS, hit.start)
        for hit in told.hits
    )


def is_clash(told: Told) -> bool:
    """Whether a sentence tells only that two sides fought or met, and of no attack of one."""
    folded = told.sentence.folded
    deeds = [hit for hit in told.hits if hit.label.partition(":")[0] in _DEEDS]
    if not all(_CLASH.match(folded, hit.start) for hit in deeds):
        return False
    return bool(deeds) or _ENCOUNTER.search(folded) is not None


def _naming(told: Told) -> Iterator[Hit]:
    """The words that name a kind, of this attack: not of one before, and not what was shot down."""
    folded = told.sentence.folded
    deed = next((hit for hit in told.hits if _is_done(hit, folded)), None)
    for hit in told.hits:
        sort, _, kind = hit.label.partition(":")
        if sort not in ("attack", "weapon", "loose") or kind == "other":
            continue
        if _is_no_striker(hit, folded) or _is_of_others(hit, folded):
            continue
        if not (deed and _AFTER.search(folded, deed.end, hit.start)):
            yield hit


def _is_done(hit: Hit, folded: str) -> bool:
    """Whether a word tells of the attack, after which another may be named as its cause."""
    sort, _, detail = hit.label.partition(":")
    if sort == "loose verb" or (sort, detail) == ("loose", "other"):
        return _STRIKES.match(folded, hit.start) is not None and not is_passive(hit, folded)
    return sort in ("attack", "firm")


def _is_of_others(hit: Hit, folded: str) -> bool:
    """Whether a word tells of another attack, or of weapons that were struck themselves."""
    return (
        aside(folded, hit.start) is not None
        or _STRUCK.match(folded, hit.end) is not None
        or _ELSEWHERE.search(folded, max(0, hit.start - _NEAR), hit.start) is not None
    )


def _is_no_striker(craft: Hit, folded: str) -> bool:
    """Whether aircraft are named as what was destroyed or what defended, and not as what struck."""
    if craft.label == "weapon:drone" and _DOWNED.search(folded, 0, craft.start):
        return True
    return craft.label in _CRAFT and bool(
        _LOST.search(folded, max(0, craft.start - _NEAR), craft.start)
        or _NO_STRIKE.match(folded, craft.end)
    )
