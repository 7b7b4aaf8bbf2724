"""The steps that a report makes truces take, also by the attacks it tells of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from tocsin.judging.ceasefire import (
    ENDED,
    Word,
    advance,
    broken_by,
    foremost,
    status_of,
    step,
)
from tocsin.judging.draft import Draft, digest
from tocsin.judging.event import OLD
from tocsin.judging.happening import Quiet, TruceStep
from tocsin.judging.occasion import looks_back
from tocsin.judging.subject import truce_subject
from tocsin.judging.truce_parties import parties_of
from tocsin.reading.facts import Ceasefire

#: A title that asks or explains has no news of a truce: "Why the truce failed", "Will it hold?".
_ASKS = re.compile(
    r"^(?:why|how|what|who|will|can|could|is|are|explainer|explained)\b|\?$", re.IGNORECASE
)


def truces_of(draft: Draft) -> Iterator[TruceStep]:
    """The steps taken: for each pair of parties the newest that the report says."""
    found: dict[tuple[str, ...], list[Ceasefire]] = {}
    for said in _ceasefires(draft):
        parties = parties_of(said, draft.names, draft.truces)
        if parties:
            found.setdefault(parties, []).append(said)
        else:
            draft.silent("unspecific", detail="a truce, and it is not said between whom")
    for parties, words in found.items():
        yield from _step(draft, foremost(tuple(words)), parties)


def _ceasefires(draft: Draft) -> Iterable[Ceasefire]:
    yield from draft.reading.ceasefire
    if any(said.status in ENDED for said in draft.reading.ceasefire):
        return  # what its attacks broke is said
    for strike in draft.reading.strikes:
        attacker = draft.names.belligerent(strike.attacker)
        for truce in tuple(draft.truces.values()):
            broken = broken_by(strike, attacker, truce)
            if broken is not None and draft.said > truce.since:
                speaker = draft.names.camp(draft.names.claimant(strike.claimant).side)
                # who tells of an own attack does not say that it broke a truce
                yield replace(broken, claimant=None) if speaker == attacker else broken


def _step(draft: Draft, said: Ceasefire, parties: tuple[str, ...]) -> Iterator[TruceStep]:
    subject = truce_subject(draft.theatre, parties)
    before = draft.truces.get(subject)
    who = draft.names.claimant(said.claimant)
    camp = draft.names.camp(who.side)
    status = status_of(said, camp, parties, before)
    entry = digest(subject, draft.report.id, draft.report.version, status)
    word = Word(said, status, camp, draft.said, parties, draft.theatre, entry)
    taken = step(before, said, status, draft.said, camp)
    if isinstance(taken, str) and draft.reading.genre == "explainer":
        taken = Quiet("unspecific", "an explainer tells of truces as background")
    title = draft.report.title
    if isinstance(taken, str) and (looks_back(title) or _ASKS.search(title)):
        taken = Quiet("historical", "its report looks back at a truce, or thinks about one")
    if isinstance(taken, Quiet):
        if before is None:  # known is not told
            draft.keep_truce(advance(None, word, anew=False))
        draft.silent(taken.silence, subject=subject, detail=taken.detail)
        return
    anew = taken == "anew"
    if anew and status in ENDED:  # what is broken was agreed, though nobody told us then
        before, anew = advance(before, replace(word, status="agreed"), anew=True), False
    after = advance(before, word, anew=anew)
    draft.enter_status(subject, status, who, entry)
    draft.keep_truce(after)
    yield TruceStep(
        subject=subject,
        entry=entry,
        truce=before,
        after=after,
        status=status,
        ceasefire=said,
        who=who,
        said=draft.said,
        places=draft.reading.places,
        old=draft.now - draft.said > OLD,
    )
