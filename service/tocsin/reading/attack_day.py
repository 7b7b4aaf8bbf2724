"""The day of an attack: the one named nearest to it, and not the day on which somebody spoke.

News gives the day of a word more often than that of a deed: "told reporters on Monday", "arrested
two on Sunday after Thursday's attack".
"""

from __future__ import annotations

import re
from datetime import date

from tocsin.reading.document import Document
from tocsin.reading.newness import CYCLE, Candidate
from tocsin.reading.siting import led_to
from tocsin.reading.when import When, find_times

#: Sentences that may give the day of a report's one attack.
OPENING = 5
#: The day of a word, and not of the deed: "told reporters on Monday".
_SAID_REACH = 60
_SAID = r"said|says|told|tells|reported|reports|announced|confirmed|added|stated"
#: The day of what came after: "arrested two on Sunday", "the minister on Thursday cautioned".
_DONE = (
    r"warned|cautioned|condemned|urged|vowed|accused|blamed|acknowledged|arrested|detained|charged"
    r"|postponed|mourned|buried|called"
)
_SAID_ON = re.compile(rf"\b(?:{_SAID}|{_DONE})\b[^,;]{{0,24}}$")
#: Nor does a count since a day tell when what it counts was.
_DONE_ON = re.compile(rf"\b(?:(?:{_DONE})\b[^,;]{{0,24}}|since\b[^,;]{{0,50}})$")
_ON_IT_SAID = re.compile(rf",? (?:also |has |had )?(?:{_SAID}|{_DONE})\b")
_ON_IT_DONE = re.compile(rf",? (?:also |has |had )?(?:{_DONE})\b")


_HAD = re.compile(r"\bhad (?:[a-z]+ ){0,1}$")
_HAD_REACH = 16
#: What is told is a count of the dead, and not the attack.
_COUNTED = re.compile(
    r"\btoll\b|\bnumber of (?:people|dead|deaths|those)\b"
    r"|\b(?:was|were) (?:killed|shot|injured|wounded)\b[^.;]* when\b"
    r"|\b(?:rises|rose|risen|rising|climb(?:s|ed|ing)?|jump(?:s|ed)?|increase[sd]?) to\b"
)


def day_of(one: Candidate) -> date | None:
    """The day within the news cycle that is named nearest to the attack.

    One on which somebody spoke of it stands for it where no other is named, and it is not told as
    something before, "said on Monday it had hit", nor as a count: "rose to nine, he said Monday".
    """
    folded, trigger = one.told.sentence.folded, one.told.trigger
    days = [
        (
            _stands_by(time, folded, _SAID_ON, _ON_IT_SAID),
            max(time.start - trigger.end, trigger.start - time.end),
            time.day,
        )
        for time in one.times
        if time.day and time.age is not None and 0 <= time.age <= CYCLE + 1
        if not _stands_by(time, folded, _DONE_ON, _ON_IT_DONE)
        if led_to(folded, time.start) is None or led_to(folded, trigger.start) is not None
    ]
    if not days:
        return None
    spoken, _, day = min(days)
    before = _HAD.search(folded, max(0, trigger.start - _HAD_REACH), trigger.start)
    return None if spoken and (before or _COUNTED.search(folded)) else day


def only_day(document: Document) -> date | None:
    """The one day of the news cycle that the opening of a report names, but for who said it."""
    days = {
        time.day
        for sentence in document.sentences[:OPENING]
        for time in find_times(sentence, document.report.published)
        if time.day and time.age is not None and 0 <= time.age <= CYCLE
        if not _stands_by(time, sentence.folded, _SAID_ON, _ON_IT_SAID)
    }
    return days.pop() if len(days) == 1 else None


def _stands_by(time: When, folded: str, before: re.Pattern[str], after: re.Pattern[str]) -> bool:
    """Whether a time is that of a word or a deed named right before or right after it."""
    first = max(0, time.start - _SAID_REACH)
    return bool(before.search(folded, first, time.start) or after.match(folded, time.end))
