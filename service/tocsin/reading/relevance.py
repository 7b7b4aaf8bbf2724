"""Whether a report is about armed conflict.

A linear model: words, topics and pairs of topics each speak for or against with a
weight that was trained once and is shipped as data; the sum decides, and its strongest terms say
why. A topic's weight holds for any word an analyst adds to it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from tocsin.reading.document import Document
from tocsin.reading.genre import Genre, compile_genre, genre_of
from tocsin.reading.phrases import Phrases, labelled
from tocsin.reading.terms import LINK, Terms, terms_of
from tocsin.reading.wordlist import LexiconError, entries, section

_REASONS = 5
#: A strike that kills: no walkout does, and lightning and birds are no party of a war.
_KILLS = re.compile(
    r"(?<!lightning )(?<!bird )(?<!hunger )\bstrikes?\b(?: on\b.*)?"
    r" (?:kill(?:s|ed)?|leaves? \S+ dead)\b"
    r"|\b(?:killed|dead|dies?) (?:in|by|after) [\w’' -]{0,40}"
    r"(?<!lightning )(?<!bird )(?<!hunger )\bstrikes?\b",
    re.IGNORECASE,
)
_OF_WAR = "a strike that kills, in a theatre of war"
#: Who bombs a land, said as a title says it: its name or its aircraft, at once before the deed.
_BOMBS = re.compile(
    r"(?:^(?:[A-Z][\w.’'-]* ){1,2}|\b(?:(?:fighter )?jets?|warplanes?|planes?|[A-Z]{1,2}-\d+s?"
    r"|aircraft|helicopters?|drones?|army|forces|military|troops|navy) )"
    r"(?:bomb(?:s|ed)?|bombard(?:s|ed)?|shell(?:s|ed)?) "
    r"(?!(?:at|in|out|with|on|as|and|for|of|after|near|outside|inside|sent|found|had"
    r"|kill\w*|wound\w*|explode\w*|hits?|rocks?|rips?|goes|go|threats?|scares?|hoax\w*|alerts?"
    r"|squads?|disposal|shelters?|makers?|plots?|companies|company|petrol|garages?)\b)[A-Z\d\w]"
)
_BOMBED = "a land or its aircraft bomb another, in a theatre of war"
#: So many put to death where nobody dies of an accident: in a ward, a school, a camp, at prayer.
_SLAIN = re.compile(
    r"\b\d{2,} (?:[a-z]+ ){0,2}(?:killed|massacred|slaughtered|shot dead|executed)"
    r" (?:at|in|inside) (?:[\w’'-]+ ){0,4}(?:hospital|clinic|ward|camp|mosque|church)\b",
)
#: Who comes to help, and is not to be harmed.
_HELPERS = re.compile(
    r"\b(?:aid|relief|humanitarian|ngo|un|u\.n\.|msf|red (?:cross|crescent)|wfp|unicef|unrwa)"
    r" (?:workers?|staff(?:ers?)?|employees?|convoys?|medics?|peacekeepers?)\b[^,;:]{0,40}?"
    r"\b(?:killed|shot|wounded|abducted|kidnapped|attacked|ambushed)\b",
    re.IGNORECASE,
)
#: A weapon of war that hits or kills, told of by its name.
_WEAPON = re.compile(
    r"\b(?:drones?|missiles?|rockets?|artillery|mortars?|warplanes?|fighter jets?|air ?strikes?)\b"
    r"[^.;:]{0,70}?\b(?:struck|hits?|kill(?:s|ed|ing)|wound(?:s|ed|ing))\b",
    re.IGNORECASE,
)
_STRUCK = "a weapon of war hits or kills, in a theatre of war"
_HELPED = "those who came to help are attacked, in a theatre of war"
_MISHAP = re.compile(
    r"\b(?:fires?|blaze|crash\w*|flood\w*|storms?|stampede|crush|collaps\w*|quake|earthquake"
    r"|landslide|outbreak|cholera|ebola|virus|gunman|student)\b",
    re.IGNORECASE,
)
_MASSACRE = "many put to death in one place, in a theatre of war"
_LEAD = 2
_HARDLY = 0.01  # log odds that decide, and say that words alone did not


@dataclass(frozen=True, slots=True)
class RelevanceWords:
    """The compiled topics and links, the weights, the words of genres."""

    topics: Phrases
    weights: Mapping[str, float]
    bias: float
    genres: Mapping[Literal["live", "explainer"], Phrases]


@dataclass(frozen=True, slots=True)
class Relevance:
    """Whether a report is about armed conflict, by how much (log odds), and why.

    `because` names the strongest terms for the decision, strongest first; `terms` is what was
    weighed.
    """

    conflict: bool = True
    because: tuple[str, ...] = ()
    genre: Genre = "news"
    score: float = 0.0
    terms: Terms = field(default_factory=Terms)


def compile_relevance(
    data: Mapping[str, Any], weights: Mapping[str, Any] | None = None
) -> RelevanceWords:
    """Compile relevance.yaml and its weights; raises LexiconError where one cannot be used."""
    topics = section(data, "topics", "relevance")
    groups = {LINK: entries(data.get("navigation"), "navigation")}
    groups |= {f"@{name}": entries(words, f"topics.{name}") for name, words in topics.items()}
    weighed = read_weights(weights or {}, "relevance_weights")
    return RelevanceWords(
        topics=Phrases(labelled(groups)),
        weights=weighed,
        bias=float((weights or {}).get("bias", 0.0)),
        genres=compile_genre(section(data, "genre", "relevance")),
    )


def read_weights(data: Mapping[str, Any], where: str) -> dict[str, float]:
    """The weight of each term, from lists of terms that share one."""
    found: dict[str, float] = {}
    for weight, terms in section(data, "weights", where).items():
        try:
            value = float(weight)
        except ValueError as error:
            raise LexiconError(f"{where}: weights: want a number, not {weight!r}") from error
        found.update(dict.fromkeys(entries(terms, f"{where}.{weight}"), value))
    return found


def weigh_relevance(
    document: Document, words: RelevanceWords, theatre: str | None = None
) -> Relevance:
    """Weigh a report; a report without a word that speaks is not about conflict.

    In a theatre of war a strike that kills, in a title, is of the war, whatever it hit; so is
    who bombs whom, and many put to death at once.
    """
    terms = terms_of(document.sentences, words.topics, at_war=theatre is not None)
    score, because = _weighed(terms, words)
    if score <= 0 and theatre and (of_war := _of_war(document)):
        score, because = _HARDLY, (of_war,)
    return Relevance(score > 0, because, genre_of(document, words.genres), score, terms)


def _of_war(document: Document) -> str:
    """Why a report tells of the war of its theatre, whatever its words weigh; empty if none does.

    A title does, or the first sentence below it that names a weapon of war.
    """
    title = document.report.title
    lead = [one.text for one in document.sentences[:_LEAD] if one.field != "title"][:1]
    if lead and _WEAPON.search(lead[0]) and not _MISHAP.search(title):
        return _STRUCK
    if _KILLS.search(title):
        return _OF_WAR
    if _BOMBS.search(title):
        return _BOMBED
    if _HELPERS.search(title) and not _MISHAP.search(title):
        return _HELPED
    return _MASSACRE if _SLAIN.search(title) and not _MISHAP.search(title) else ""


def _weighed(terms: Terms, words: RelevanceWords) -> tuple[float, tuple[str, ...]]:
    """The log odds, and the terms that speak loudest for the decision."""
    spoken = terms.weighed(words.weights)
    score = words.bias + sum([weight for weight, _ in spoken]) / terms.norm
    agreeing = [one for one in spoken if (one[0] > 0) == (score > 0)]
    agreeing.sort(reverse=score > 0)
    return score, tuple([term for _, term in agreeing[:_REASONS]])
