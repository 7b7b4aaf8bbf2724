"""The parts of a headline in words: how many of whom, a name in running text, who says so."""

from __future__ import annotations

import re

from tocsin.reading.facts import Claim, Stance

_VAGUE = re.compile(
    r"\b(?:(?:tens|hundreds) of thousands|millions|thousands|hundreds|scores|dozens"
    r"|several|a few|many)\b",
    re.IGNORECASE,
)
_FEARED = re.compile(r"\b(?:feared|presumed|believed)\b", re.IGNORECASE)
#: What is counted are their bodies: when they died, and by whose hand, is not said.
_BODIES = re.compile(r"\b(?:bodies|corpses)\b", re.IGNORECASE)
#: Vague words that stand before their noun without "of".
_DETERMINERS = frozenset({"several", "a few", "many"})
_ONE = {"children": "child", "women": "woman"}
#: Who is nobody's name, however it is capitalised: "Officials say" opens a sentence.
_ANYONE_WORDS = """
activists assailants attackers authorities doctors eyewitness eyewitnesses fighters gunman gunmen
insurgents investigators journalists lawmakers medics men militants militiamen monitors mourners
observers official officials paramedics police prosecutors protesters rebels relatives rescuers
residents soldiers sources spokesman spokesperson spokeswoman survivors terrorist terrorists troops
villagers witness witnesses
"""
#: What such a name is made of besides. Alone, or before lower case, these are no name either.
_ROUGHLY_WORDS = """
aid and armed army both chief city coalition defence defense emergency foreign forces government
governor group groups health hospital human interior intelligence law local masked mayor media
medical military minister ministry news of outlets president prime reports rescue rights security
senior separatist services several sides source state suspected the tv unidentified unknown workers
"""
#: "The region's governor" speaks, and "region's governor" is no English.
_WHOSE = re.compile(
    r"(?:city|country|district|government|group|nation|province|region|ship|state|town|village)"
    r"['’]s\b",
    re.IGNORECASE,
)
_ANYONE = frozenset(_ANYONE_WORDS.split())
_ROUGHLY = _ANYONE | frozenset(_ROUGHLY_WORDS.split())


def number(claim: Claim) -> str:
    """A claim's figure in words as short as it can be truthfully: "at least 1,068", "35–44"."""
    if claim.value is not None:
        lead = {"exact": "", "at_least": "at least ", "at_most": "up to ", "approx": "about "}
        return f"{lead[claim.bound]}{claim.value:,}"
    vague = _VAGUE.search(claim.quote) if claim.bound == "approx" else None
    if vague is not None:
        return vague.group().casefold()
    if claim.low is not None and claim.high is not None:
        return f"{claim.low:,}–{claim.high:,}"
    if claim.low is not None:
        return f"at least {claim.low:,}"
    return f"up to {claim.high:,}" if claim.high is not None else "an unknown number"


def what(claim: Claim) -> str:
    """Who is counted, and what happened to them: "soldiers killed"; of people just "killed"."""
    befell, victims = _befell(claim), _counted(claim)
    return befell if victims == "people" else f"{victims} {befell}"


def _counted(claim: Claim) -> str:
    return "attackers" if claim.attackers and claim.victims == "people" else claim.victims


def _befell(claim: Claim) -> str:
    """What happened to them; who is found dead or feared dead is not told as killed."""
    if claim.indicator == "killed" and _BODIES.search(claim.quote):
        return "found dead"
    return f"feared {claim.indicator}" if _FEARED.search(claim.quote) else claim.indicator


def amount(claim: Claim) -> str:
    """A figure as a phrase: "20 soldiers killed", "at least 1 child wounded", "dozens killed"."""
    many, victims = number(claim), _counted(claim)
    if victims == "people":
        return f"{many} {_befell(claim)}"
    if many.split()[-1] == "1":
        return f"{many} {_ONE.get(victims, victims.removesuffix('s'))} {_befell(claim)}"
    vague = many == "an unknown number" or (many[-1].isalpha() and many not in _DETERMINERS)
    return f"{many}{' of' if vague else ''} {what(claim)}"


def in_text(name: str) -> str:
    """A name as it stands within a sentence: "Armed men" is "armed men", "US officials" stays."""
    if _WHOSE.match(name):
        return f"the {name[:1].lower()}{name[1:]}"
    words = name.split()
    common = [word.casefold().strip(",'’") in _ROUGHLY for word in words]
    if all(common):
        return name.lower()
    opens = bool(words) and common[0] and len(words) > 1 and words[1][:1].islower()
    return name[:1].lower() + name[1:] if opens else name


def says(claimant: str | None, stance: Stance) -> str:
    """Whose word it is, with its comma: fit for one speaker and for many; nobody's is empty."""
    if not claimant:
        return ""
    lead = {
        "asserted": "according to",
        "accused": "according to an accusation by",
        "denied": "denied by",
    }
    return f", {lead[stance]} {in_text(claimant)}"
