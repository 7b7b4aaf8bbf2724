"""From a reading to what happened: stories found or founded, series moved, truces stepped.

No rule is asked here. Everything relevant goes into the draft, told or not: known is not told.
"""

from __future__ import annotations

from tocsin.judging.draft import Draft, digest
from tocsin.judging.event import incident_figures
from tocsin.judging.happening import Happening, WordsHeard
from tocsin.judging.incident import figures_of
from tocsin.judging.series import recount, totals_of
from tocsin.judging.strike import place_event, strike_of
from tocsin.judging.subject import keyword_subject
from tocsin.judging.truce import truces_of


def hear(draft: Draft) -> list[Happening]:
    """All that the report made happen, in the order in which it is told."""
    if not draft.reading.conflict:
        draft.silent("not_conflict", detail="the report is not about armed conflict")
        return [_words(draft, None)]
    placed = {claim.id for event in draft.events for claim in event.claims}
    if any(claim.id not in placed for claim in incident_figures(draft.reading)):
        detail = "a figure of another attack, of which nothing else is told"
        draft.silent("unspecific", detail=detail)
    recount(draft)
    happened: list[Happening] = []
    main: str | None = None
    for number, event in enumerate(draft.events):
        story, possibly = place_event(draft, event, number)
        main = main or story.id
        happened += strike_of(draft, event, story, possibly)
        happened += figures_of(draft, event, story.id)
    happened += totals_of(draft, main)
    happened += truces_of(draft)
    if any(claim.basis == "historical" for claim in draft.reading.claims):
        draft.silent("historical", detail="a figure of the past, told as background")
    return [*happened, _words(draft, main)]


def _words(draft: Draft, story: str | None) -> WordsHeard:
    report = draft.report
    entry = digest(report.id, report.version)
    return WordsHeard(keyword_subject(report.id), entry, story, draft.reading.places)
