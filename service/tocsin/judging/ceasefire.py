"""A truce as a history: which step a report makes it take, and which words are only background.

One side's announcement never puts a truce in effect; it is agreed by that side. A truce that broke
comes back only as a new one (its number rises), unless it is said to hold again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from tocsin.judging.happening import Quiet
from tocsin.judging.memory import Truce
from tocsin.judging.subject import normal_words, truce_subject
from tocsin.reading.facts import Ceasefire, Strike, TruceStatus

Step = Literal["advance", "anew"]

_LEAD = 240  # what stands further into a text, or in the pluperfect, is background
_AGAIN = timedelta(hours=24)
_NEWS = timedelta(hours=72)
_BOTH = re.compile(r"\b(?:both|sides|leaders|each|mutual(?:ly)?)\b", re.IGNORECASE)
#: What was denied is agreed once both say so, and not when an outsider says it again.
_CONFIRMED = re.compile(r"\b(?:both|sides|confirm(?:s|ed)?)\b", re.IGNORECASE)
_LONG = timedelta(days=14)
#: So soon after a truce was announced a side may say that there is none.
_DENIED = timedelta(days=2)
_SETTLED = timedelta(days=60)  # one agreed while another has held for so long is the next
_LIVE = frozenset({"agreed", "in_effect", "extended", "delayed"})
#: Only a truce that was agreed can come to one of these.
ENDED = frozenset({"violated", "suspended", "expired", "collapsed"})
_BROKEN = frozenset({"violated", "suspended", "expired", "collapsed", "rejected"})
_HISTORY = 24
_RENEWED = re.compile(
    r"\b(?:new|newly|fresh|another|second|third|fourth|fifth)\b[\w\s.,'’-]{0,40}?"
    r"\b(?:truce|cease-?fire|armistice)",
    re.IGNORECASE,
)
_BACKGROUND = ("had agreed", "had reached", "had been", "was agreed last", "previous", "earlier")


@dataclass(frozen=True, slots=True)
class Word:
    """What one report says of a truce, its names resolved; `said` is the report's time."""

    ceasefire: Ceasefire
    status: TruceStatus
    camp: str | None
    said: datetime
    parties: tuple[str, ...]
    theatre: str
    entry: str


def foremost(said: tuple[Ceasefire, ...]) -> Ceasefire:
    """Of what one report says of one truce (newest first) the news: an agreement it is headed by.

    "The truce begins at midnight" under a headline that one was agreed is no truce in effect yet.
    """
    first = said[0]
    if first.status != "in_effect":
        return first
    return next((one for one in said if one.status == "agreed" and one.field == "title"), first)


def status_of(
    ceasefire: Ceasefire, camp: str | None, parties: tuple[str, ...], truce: Truce | None
) -> TruceStatus:
    """The status as we may believe it: the "in effect" of one `camp` is that camp's agreement."""
    if ceasefire.status != "in_effect" or camp not in parties or ceasefire.broker:
        return ceasefire.status
    assented = {camp, *(truce.assented if truce else ())}
    settled = truce is not None and truce.status in ("agreed", "extended", "in_effect")
    return "in_effect" if settled or assented >= set(parties) else "agreed"


def step(
    truce: Truce | None,
    ceasefire: Ceasefire,
    status: TruceStatus,
    said: datetime,
    camp: str | None = None,
) -> Step | Quiet:
    """Whether a status said now moves the truce on, begins a new one, or is known already.

    `camp` is the party that says it, if one does.
    """
    if truce is None:
        return "advance" if _news(ceasefire) else Quiet("unspecific", "a truce told in passing")
    now = truce.status
    if said < truce.since:
        return Quiet("late", f"said before it was {now}")
    if ceasefire.mentioned:
        return Quiet("corroborated", f"only named, and known to be {now}")
    age = said - truce.since
    another = _another(ceasefire, truce, age)
    other = camp is not None and camp not in truce.assented
    answers = truce.alone and status == "agreed" and age <= _LONG
    if answers and (other or not _one_sided(ceasefire, own=camp in truce.parties)):
        return "advance"  # the other side has agreed as well
    if status == now:
        if another or (status == "agreed" and age > _LONG and _news(ceasefire)):
            return "anew"
        return Quiet("corroborated", f"known to be {now}")
    match status:
        case "agreed" | "in_effect":
            return _alive(truce, ceasefire, status, age, another=another)
        case "proposed" if not _news(ceasefire):
            return Quiet("unspecific", "a truce proposed in passing")
        case "delayed" if now == "agreed" and _news(ceasefire):
            return "advance"
        case "proposed" | "delayed" | "rejected":
            # What one side or an outsider announced, the other may deny.
            unsaid = other and camp in truce.parties and age <= _DENIED
            alone = truce.alone and (camp is None or other)
            answered = status == "rejected" and (alone or unsaid)
            if now in ("agreed", "in_effect", "extended") and age <= _LONG and not answered:
                return Quiet("corroborated", f"{status}, while it is {now}")
            return "advance" if now != "violated" or age > _AGAIN else Quiet("corroborated", now)
        case "extended":
            return "advance"
        case "violated":
            if now in ("collapsed", "expired") and not another:
                return Quiet("corroborated", f"it is {now} already")
            return "anew" if another else "advance"
        case "suspended" | "expired" | "collapsed":
            if not _news(ceasefire):
                return Quiet("corroborated", f"background to a truce that is {now}")
            return "anew" if another else "advance"


def _one_sided(ceasefire: Ceasefire, *, own: bool) -> bool:
    """Whether an agreement binds one side: it says so, or only that side says it is in effect.

    `own`: who announces it is of one of the two parties, by a leader's name.
    """
    announced = own and ceasefire.claimant is not None and not _BOTH.search(ceasefire.quote)
    return ceasefire.unilateral or ceasefire.status == "in_effect" or announced


def _alive(
    truce: Truce, ceasefire: Ceasefire, status: TruceStatus, age: timedelta, *, another: bool
) -> Step | Quiet:
    now = truce.status
    if another:
        return "anew"
    if now in ("proposed", "delayed"):
        return "advance"
    if now in _LIVE:
        lasted = _SETTLED if now == "in_effect" else _LONG
        if status == "agreed" and ceasefire.field == "title" and age > lasted and _news(ceasefire):
            return "anew"
        if status == "in_effect" and now in ("agreed", "delayed"):
            taken = ceasefire.field != "title" and age > _NEWS
            return Quiet("corroborated", f"{now} days ago") if taken else "advance"
        return Quiet("corroborated", f"{status}, and known to be {now}")
    if not _news(ceasefire):
        return Quiet("corroborated", f"background to a truce that is {now}")
    if status == "in_effect" and now in ("violated", "suspended") and age <= _NEWS:
        return "advance"
    if now == "rejected" and (status == "in_effect" or _CONFIRMED.search(ceasefire.quote)):
        return "advance"
    if (ceasefire.field == "title" and age > _AGAIN) or age > _NEWS:
        return "anew"
    return Quiet("corroborated", f"background to a truce that is {now}")


def advance(truce: Truce | None, word: Word, *, anew: bool) -> Truce:
    """The truce after its step (`anew`: as the next truce). It keeps its newest 24 steps."""
    said, status = word.ceasefire, word.status
    step_taken = (word.said, status, said.claimant)
    assent = (word.camp,) if word.camp in word.parties and status in _LIVE else ()
    before = truce if truce is not None and not anew else None
    assented = tuple(dict.fromkeys((*(before.assented if before else ()), *filter(None, assent))))
    alone = (
        status == "agreed"
        and _one_sided(said, own=word.camp in word.parties)
        and not set(word.parties) <= set(assented)
    )
    if truce is None:
        return Truce(
            subject=truce_subject(word.theatre, word.parties),
            theatre=word.theatre,
            status=status,
            since=word.said,
            history=(step_taken,),
            parties=word.parties,
            broker=said.broker,
            number=max(1, said.ordinal or 1),
            began=word.said,
            until=said.until,
            assented=assented,
            entry=word.entry,
            alone=alone,
        )
    base = replace(truce, broker=None, until=None, began=word.said) if anew else truce
    return replace(
        base,
        status=status,
        since=word.said,
        history=(*truce.history, step_taken)[-_HISTORY:],
        broker=said.broker or base.broker,
        number=max(truce.number + 1, said.ordinal or 0) if anew else truce.number,
        until=said.until or base.until,
        assented=assented,
        entry=word.entry,
        alone=alone,
    )


def broken_by(strike: Strike, attacker: str | None, truce: Truce) -> Ceasefire | None:
    """The violation that an attack reported during a truce in force amounts to (R12)."""
    if truce.status not in ("in_effect", "extended") or attacker not in truce.parties:
        return None
    return Ceasefire(
        status="violated",
        parties=truce.parties,
        broker=truce.broker,
        claimant=strike.claimant,
        field=strike.field,
        start=strike.start,
        end=strike.end,
        quote=strike.quote,
        violator=strike.attacker,
        inferred=True,
    )


def _another(ceasefire: Ceasefire, truce: Truce, age: timedelta) -> bool:
    """Whether the words are of a later truce: a higher number, or after a break a new one."""
    if ceasefire.ordinal is not None:
        return ceasefire.ordinal > truce.number
    if truce.status in _BROKEN and age > _NEWS and _RENEWED.search(ceasefire.quote):
        return True
    brokers = ceasefire.broker and truce.broker
    mine, theirs = normal_words(ceasefire.broker or ""), normal_words(truce.broker or "")
    return bool(brokers) and truce.status in _BROKEN and set(mine).isdisjoint(theirs)


def _news(ceasefire: Ceasefire) -> bool:
    """Whether a truce is what the report is about: in its title, or the first thing it says.

    That one is only proposed, or only named, is news in a title alone.
    """
    quote = ceasefire.quote.casefold()
    if ceasefire.mentioned or any(words in quote for words in _BACKGROUND):
        return False
    if ceasefire.field == "title":
        return True
    if ceasefire.status == "proposed":
        return False
    if ceasefire.ordinal is not None and ceasefire.status in ENDED:
        return True  # "a third truce collapsed within minutes": wherever it stands
    return ceasefire.start < (_LEAD if ceasefire.field == "text" else 1)
