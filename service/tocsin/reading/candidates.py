"""The sentences of a report that may tell of an attack.

One does when it names an attack, or when a looser word ("attack", "blast", "hit") stands in company
of a weapon, an armed body, victims or a place; not one that counts the attacks of months, tells
what somebody ends, or names an attack only to say when something else was.
"""

from __future__ import annotations

import re
from itertools import pairwise

from tocsin.reading.actors import is_common
from tocsin.reading.attacks import StrikeWords, Told, sort_of, told_in
from tocsin.reading.document import Document
from tocsin.reading.newness import Candidate
from tocsin.reading.places import Located
from tocsin.reading.roles import roles_in
from tocsin.reading.when import When, find_times

#: Sentences of a long text that are searched for attacks: what a report tells, it tells early.
SEARCHED = 60
#: So many attacks of months, which are not one of these days; a record is.
_COUNT = re.compile(
    r"\b(?:\d[\d,.]*|two|three|four|five|six|seven|eight|nine|ten|(?:dozen|hundred|thousand)s of)"
    r" (?:[a-z]+ ){0,2}(?:strikes|airstrikes|missiles|rockets|drones|shells|raids|attacks|bombings)"
    r" (?!(?:[a-z-]+ ){0,12}(?:biggest|largest|worst|most|heaviest|first|deadliest|fiercest)\b)"
    r"(?:[a-z-]+ ){0,4}(?:since|so far this|this (?:month|year)|in (?:january|february|march|april"
    r"|may|june|july|august|september|october|november|december))\b"
)
#: Its nouns: where none of them stands it is not looked for.
_COUNTED = (
    *("strikes ", "missiles ", "rockets ", "drones ", "shells ", "raids ", "attacks "),
    "bombings ",
)
#: What stands between: nothing that a day or another clause begins with.
_SINCE = re.compile(
    r"\bsince (?!(?:early|late|mid|last|then|dawn|midnight|[a-z]+day"
    r"|the (?:morning|start|beginning))\b)[^,;:]*$"
)
#: What a title tells so is told there all the same: "president elected hours after rockets fall".
_HOURS = re.compile(r"\bhours (?:after|before) [^,;:]*$")
#: What somebody ends: "▢ to end weeks of clashes", "halted its strikes".
_ENDS_REACH = 60
_ENDS = re.compile(
    r"\b(?:(?:to|that|would|will) (?:end|halt|stop|pause)|end(?:s|ed|ing)|halt(?:s|ed|ing)"
    r"|paus(?:es|ed|ing)|stopp(?:ed|ing)) (?:an? |the |its |their |all |any )?"
    r"(?:(?:weeks?|days?|months?|years?|hours|rounds?) of )?(?:[a-z-]+ ){0,2}$"
)
_DONE = frozenset(("firm:now", "firm:past", "loose:other"))
_DEEDS = frozenset(("attack", "firm", "loose", "loose verb", "harm"))
#: Sorts of words of which two different ones together may tell of an attack.
_COMPANY = frozenset(("loose", "loose verb", "harm", "armed", "weapon"))


def candidates(document: Document, words: StrikeWords, located: Located) -> list[Candidate]:
    """The sentences that may tell of an attack."""
    found = []
    for sentence in document.sentences[:SEARCHED]:
        if not sentence.find(words.phrases):
            continue
        told = told_in(sentence, words)
        if not told.hits:
            continue
        mentions = located.within(sentence.index)
        company = len(_COMPANY & told.sorts) + bool(mentions)
        if not (told.firm or (company > 1 and not told.sorts.isdisjoint(_COMPANY))):
            continue
        if not (_is_count(sentence.folded) or _only_when(told) or _ends_it(told)):
            times = [
                time
                for time in find_times(sentence, document.report.published)
                if not _dates_another(time, told)
            ]
            found.append(Candidate(told, times, mentions))
    return found


def headed(one: Candidate) -> bool:
    """Whether a title says who attacks where, by a verb: "▢ strikes forces in ▢"."""
    told = one.told
    if told.sentence.field != "title" or not one.current:
        return False
    if not _DONE.intersection(hit.label for hit in told.hits):
        return False
    roles = roles_in(told, one.mentions)
    named = roles.attacker is not None and not is_common(roles.attacker)
    return named and roles.place is not None and roles.place.precision != "country"


def heads(told: Told) -> bool:
    """Whether a title tells what was done to others: "rebels kill two", "drones set it ablaze"."""
    if told.sentence.field != "title":
        return False
    ablaze = {"weapon", "loose"} <= told.sorts and " ablaze" in told.sentence.folded
    return ablaze or {"armed", "harm"} <= told.sorts or _flies(told)


def _flies(told: Told) -> bool:
    """Whether a weapon itself hits: "drones hit ▢"."""
    return any(
        weapon.label.startswith("weapon:")
        and deed.label in ("loose:other", "loose verb:now", "loose verb:past")
        and deed.start == weapon.end + 1
        for weapon, deed in pairwise(told.hits)
    )


def _is_count(folded: str) -> bool:
    """Whether a sentence counts the attacks of months."""
    return any(map(folded.__contains__, _COUNTED)) and _COUNT.search(folded) is not None


def _dates_another(time: When, told: Told) -> bool:
    """Whether a time tells how long before the attack something else was: "a day after it"."""
    since = told.sentence.folded.endswith(" after", time.start, time.end)
    later = any(time.end <= hit.start and sort_of(hit.label) in _DEEDS for hit in told.hits)
    return since and told.trigger.end <= time.start and not later


def _ends_it(told: Told) -> bool:
    """Whether the fighting is what somebody ends: "sign a truce to end weeks of clashes"."""
    folded, at = told.sentence.folded, told.trigger.start
    ended = _ENDS.search(folded, max(0, at - _ENDS_REACH), at)
    return ended is not None and not any(
        hit.start < ended.start() and sort_of(hit.label) in _DEEDS for hit in told.hits
    )


def _only_when(told: Told) -> bool:
    """Whether the attack only says when: "the first talks since a strike killed him"."""
    sentence, folded, at = told.sentence, told.sentence.folded, told.trigger.start
    when = _SINCE.search(folded, 0, at) if "since " in folded else None
    if when is None and sentence.field != "title" and "hours " in folded:
        when = _HOURS.search(folded, 0, at)
    if when is None:
        return False
    return not any(hit.start < when.start() and sort_of(hit.label) in _DEEDS for hit in told.hits)
