"""The status that one sentence gives a truce: by the words before and after the truce's name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from tocsin.reading.document import Sentence
from tocsin.reading.facts import TruceStatus
from tocsin.reading.phrases import Hit, Phrases, verb_forms
from tocsin.reading.truce_turns import (
    accepts,
    ends_fighting,
    is_asked,
    is_ended,
    is_hinted,
    is_of_talks,
    is_unsigned,
    peace_in,
    threatens,
)
from tocsin.reading.unreal_truces import is_no_news, is_unreal, states_terms
from tocsin.reading.when import When, find_times
from tocsin.reading.wordlist import entries, section

#: In the life of a truce: of two told together, the later stage is the newer.
STAGES: tuple[TruceStatus, ...] = (
    "proposed",
    "agreed",
    "delayed",
    "in_effect",
    "rejected",
    "extended",
    "violated",
    "suspended",
    "expired",
    "collapsed",
)
#: Which status holds where several stand around one truce, strongest first.
_STRONGEST: tuple[TruceStatus, ...] = (
    "expired",
    "collapsed",
    "suspended",
    "rejected",
    "violated",
    "delayed",
    "extended",
    "in_effect",
    "agreed",
    "proposed",
)
_ENDS = frozenset(("collapsed", "expired", "suspended", "violated"))
_SIGNS = ("future", "doubt", "older", "attacking", "breach", "background")
#: Words after which a verb tells of what is not yet.
_WISHING = frozenset({"to", "should", "could", "would", "must", "can", "may", "might"})
_BARE = frozenset(
    {"agree", "agree to", "agree on", "accept", "sign", "declare", "announce", "unilateral"}
)
#: "will not accept", "won't sign"; marks are spaces there.
_NOT = frozenset({"not", "never", "t"})
_BEFORE, _AFTER, _NEAR = 62, 100, 30
#: "After the fragile, US-brokered ▢": so many words stand between an article and its truce.
_NEXT = 4
#: Between who accepts a proposal and the truce stands whose it was: "▢ agrees to X's plan for".
_ACCEPTED = 120
#: A truce dated longer ago is history, days.
_HISTORY = 150
#: And so is one of last week, where no other day is named; today's weekday is seven days back.
_NEWS = 6
#: "Strike a truce" agrees on one; "a strike tests the truce" and "strikes Mill as talks …" do not.
_STRIKE = re.compile(r"str(?:ik|uck)")
_DEAL = re.compile(
    r" (?:(?:an?|the|its|their|this|new|another|first|last|tentative|fragile|temporary|partial"
    r"|limited|humanitarian|local|permanent|lasting|long-term|short|shaky|surprise|initial|formal"
    r"|[a-z]+-(?:day|hour|week|month|term|minute|brokered|mediated|backed)|deals?|agreements?|pacts?"
    r"|on|for|to|ha(?:s|ve)|been) )*"
)
#: "The fifth exchange under a ceasefire" tells of the exchange.
_UNDER = re.compile(r"\bunder (?:an?|the|its|their) (?:[\w-]+ ){0,2}$")
#: Whose it is, and not another clause: "▢ between the army and the rebels now in effect".
_BETWEEN = re.compile(r"^(?: [a-z]+)? between (?:(?!and\b)[\w'-]+ ){1,5}and(?: [\w'-]+){1,2}")
_MAY = re.compile(r" (?:[a-z-]+ ){0,3}(?:could|may|might)\b")


@dataclass(frozen=True, slots=True)
class CeasefireWords:
    """The compiled words of truces."""

    truces: Phrases
    others: Phrases
    before: Phrases
    after: Phrases
    signs: Phrases


#: Talks that only say for how long: "extend the truce until talks end".
_WHILE = re.compile(r"\b(?:until|till|during|while|amid|for) (?:the )?(?:(?:end|conclusion) of )?$")


class Spoken(NamedTuple):
    """What one sentence says of a truce.

    `plain`: it only hints at a status. `known`: the status is no news between two sides.
    """

    sentence: Sentence
    truce: Hit
    status: TruceStatus
    older: bool
    plain: bool
    times: list[When]
    known: bool = False


def compile_ceasefires(data: Mapping[str, Any]) -> CeasefireWords:
    """Compile ceasefires.yaml; raises LexiconError where an entry cannot be used."""
    truces = [
        (form, label)
        for label in ("truce", "peace", "halt")
        for word in entries(data.get(label), label)
        for form in (word, word + "s")
    ]
    others = [(word, "other") for word in entries(data.get("other_truces"), "other_truces")]
    signs = [(word, sign) for sign in _SIGNS for word in entries(data.get(sign), sign)]
    return CeasefireWords(
        Phrases(truces),
        Phrases(others),
        Phrases(_statuses(section(data, "before", "ceasefires"), "before")),
        Phrases(_statuses(section(data, "after", "ceasefires"), "after")),
        Phrases(signs),
    )


def _statuses(data: Mapping[str, Any], where: str) -> Iterable[tuple[str, str]]:
    for status in _STRONGEST:
        for word in entries(data.get(status), f"{where}.{status}"):
            yield word.replace("/", " "), status
            for form in verb_forms(word):
                yield form, status


def spoken_of(
    sentence: Sentence, words: CeasefireWords, published: datetime | None
) -> Spoken | None:
    """What a sentence says of a truce; None where it names none that is one, or an old one."""
    hits = sentence.find(words.truces) or peace_in(sentence.folded)
    if not hits or sentence.find(words.others):
        return None
    folded = sentence.folded
    signs = sentence.find(words.signs)
    times = find_times(sentence, published)
    found: list[Spoken] = []
    for place, hit in enumerate(hits):
        start = hits[place - 1].end if place else 0
        end = hits[place + 1].start if place + 1 < len(hits) else len(folded)
        left = folded[max(start, hit.start - _BEFORE) : hit.start]
        right = folded[hit.end : min(end, hit.end + _AFTER)]
        before = _statuses_before(sentence, words, hit.start - len(_clause(left)), hit.start)
        last = hit.end + len(_opening(right))
        after = [
            one.label
            for one in sentence.find(words.after)
            if hit.end <= one.start
            and one.end <= last
            # "accepts the truce, but the fight continues"
            and not (one.label == "in_effect" and _of_another(folded[hit.end : one.start]))
            and not (one.label == "proposed" and _WHILE.search(folded, hit.end, one.start))
        ]
        if not {"expired", "collapsed"}.isdisjoint(after) and ends_fighting(right):
            after = [one for one in after if one not in ("expired", "collapsed")] or ["agreed"]
        if left.endswith(" near "):
            before.append("proposed")  # "near ▢": one that is not yet
        statuses = {*before, *after}
        around = _around(sentence, words, hit, hit.end + right.find(","))
        if is_unreal(folded, hit, start, agreed="agreed" in before):
            continue
        if is_of_talks(before, right) or (_ENDS.isdisjoint(statuses) and is_unsigned(right)):
            continue
        whole = _clause(folded[max(start, hit.start - _ACCEPTED) : hit.start])
        if before[:1] in ([], ["agreed"], ["proposed"]) and accepts(whole):
            before = ["agreed"]
        old = "background" in around or _is_old(hit, times)
        if old and not statuses & {"collapsed", "expired", "suspended"}:
            continue
        if any(time.age is not None and time.age < 0 for time in _near(hit, times)):
            around.add("future")
        ended = is_ended(left, right, after)
        halted = hit.label == "halt" and not statuses
        status = "agreed" if halted else _settled(before, after, around, left, right)
        older = "older" in {s.label for s in signs if hit.start - _NEAR <= s.start < hit.start}
        if status == "rejected" and states_terms(folded, hit):
            continue
        hinted = not (halted or ended) and (not statuses or statuses == {"extended", "proposed"})
        # "after the peace deal" only dates what is told.
        hinted |= hit.label == "peace" and status == "in_effect" and "in_effect" not in after
        # nor is one told of that lapsed last week, or on which something may turn
        hinted |= _is_past(hit, times) or (
            status == "in_effect" and _MAY.match(folded, hit.end, end) is not None
        )
        hinted |= status == "in_effect" and _UNDER.search(left) is not None
        hinted |= is_hinted(status, statuses, around, left, right)
        known = is_no_news(folded, hit, status)
        found.append(Spoken(sentence, hit, status, older, hinted, times, known=known))
    return max(found, key=_newer, default=None)


def _of_another(gap: str) -> bool:
    """Whether the words after a truce tell of something else: "and said its troops had" begun."""
    _, joined, since = _BETWEEN.sub("", gap).rpartition(" and ")
    return " but " in gap or (bool(joined) and len(since.split()) > 1)


def _around(sentence: Sentence, words: CeasefireWords, hit: Hit, comma: int) -> set[str]:
    """The signs around a truce; those behind a comma are not of a truce that began before it."""
    began = any(
        one.label == "in_effect" and hit.end <= one.start and one.end <= comma
        for one in sentence.find(words.after)
    )
    first, last = hit.start - _BEFORE, comma if began else hit.end + _AFTER
    signs = sentence.find(words.signs)
    return {sign.label for sign in signs if first <= sign.start and sign.end <= last}


def _statuses_before(sentence: Sentence, words: CeasefireWords, first: int, last: int) -> list[str]:
    """The statuses in the clause before a truce: "to reach" only wishes, "not accept" rejects."""
    found: list[str] = []
    for hit in sentence.find(words.before):
        if first <= hit.start and hit.end <= last:
            if hit.label in _ENDS and threatens(sentence.folded[max(0, first) : hit.start]):
                continue
            word, between = (sentence.folded[slice(*at)] for at in (hit[1:3], (hit.end, last)))
            if word.endswith((" the", " a")) and len(between.split()) > _NEXT:
                continue  # "after the rebels said they accept ▢": not after the truce
            if _STRIKE.match(word) and not _DEAL.fullmatch(between):
                continue
            verb = sentence.spaced[first + 1 : hit.start + 1].split()[-1:]
            wished = hit.label == "agreed" and "agreed" not in found and _WISHING.issuperset(verb)
            # "leaders demand they agree to ▢"
            bidden = "proposed" in found and sentence.folded[hit.start : hit.end] in _BARE
            wished = wished or (hit.label == "agreed" and bidden)
            denied = hit.label == "agreed" and _NOT.issuperset(verb)
            unsaid = "rejected" if denied else "proposed"
            found.append(unsaid if verb and (denied or wished) else hit.label)
    return found


def _newer(one: Spoken) -> tuple[bool, bool, int]:
    return (one.truce.label != "peace", not one.older, STAGES.index(one.status))


def _clause(left: str) -> str:
    """The words before a truce that belong to its clause."""
    for mark in ("; ", ", ", " but ", " although ", ": "):
        left = left.rpartition(mark)[2]
    return left


def _opening(right: str) -> str:
    """The words after a truce that belong to its clause."""
    for mark in ("; ", " although ", " as "):
        right = right.partition(mark)[0]
    return right


def _is_old(hit: Hit, times: list[When]) -> bool:
    return any(time.age is not None and time.age > _HISTORY for time in _near(hit, times))


def _is_past(hit: Hit, times: list[When]) -> bool:
    """Whether only days past the news are named, and beside it: "last week failed to renew"."""
    ages = [time.age for time in times if time.age is not None]
    near = any(time.age is not None for time in _near(hit, times))
    return near and all(_NEWS < age <= _HISTORY for age in ages)


def _near(hit: Hit, times: list[When]) -> list[When]:
    return [t for t in times if hit.start - _NEAR <= t.end and t.start <= hit.end + _NEAR]


def _settled(
    before: list[str], after: list[str], signs: set[str], left: str, right: str
) -> TruceStatus:
    """The one status of those before and after a truce."""
    last = left.split()[-1:] or [""]
    if last[0] == "no":
        return "rejected"
    if is_ended(left, right, after):
        return "collapsed"
    wished = [status for status in before if status in ("agreed", "proposed")]
    statuses = {*before, *after}
    if before[-1:] == ["proposed"] and "extended" not in after:
        statuses.discard("extended")  # calls are renewed, and no truce is
    if wished:
        # Of "agreed" and "called for" the nearer to the truce governs it.
        statuses -= {"agreed", "proposed"} - {wished[-1]}
    elif "in_effect" in before:
        statuses -= {"proposed", "agreed"}
    elif "proposed" in after:
        statuses.discard("agreed")
    talks = after[:1] == ["proposed"] and not before  # "truce talks collapse"
    if (talks or before[-1:] == ["proposed"]) and statuses & _ENDS:
        # Who defies a call for a truce breaks none, and talks that end, end no truce.
        statuses = statuses - _ENDS | {"rejected"}
    if not statuses:
        definite = left.endswith(("the ", "its ", "his ", "'s ", "this "))
        return "in_effect" if definite else "proposed"
    if "future" in signs:
        statuses = {"in_effect" if s == "expired" else s for s in statuses}
    ranked = [status for status in _STRONGEST if status in statuses]
    status = ranked[0]
    if "future" in signs and "expired" in (*before, *after) and status == "in_effect":
        return status  # it is to end, and holds until then
    if status in _ENDS and "doubt" in signs and len(ranked) > 1:
        status = ranked[1]
    if status == "in_effect" and "despite" in left and "attacking" in signs:
        return "violated"
    if status == "extended" and ("proposed" in statuses or is_asked(left)):
        return "in_effect"
    if status == "in_effect" and "proposed" in statuses:
        return "proposed"
    if status == "in_effect" and "future" in signs:
        return "agreed"
    return status
