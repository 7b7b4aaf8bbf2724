"""The line that tells of a truce's step."""

from __future__ import annotations

import re

from tocsin.judging.draft import Draft
from tocsin.judging.happening import TruceStep
from tocsin.judging.subject import normal_words
from tocsin.judging.wording import in_text, says

_TWO = 2
_READ = 4000  # characters of a text in which a party may be named
_CALLS = re.compile(
    r"\bcall(?:s|ed|ing)? (?:for|on)\b|(?<!its )(?<!their )\bdemand(?:s|ed|ing)?\b"
    r"|\b(?:urg(?:e|es|ed|ing)|appeal(?:s|ed|ing)?|plea) ",
    re.IGNORECASE,
)
_ONE_SIDED = "announced by one side"
_STATUSES = {
    "proposed": "proposed",
    "agreed": "agreed",
    "in_effect": "in effect",
    "extended": "extended",
    "delayed": "delayed",
    "violated": "violated",
    "suspended": "suspended",
    "expired": "expired",
    "collapsed": "collapsed",
    "rejected": "rejected",
}


def truce_line(draft: Draft, step: TruceStep) -> str:
    """What became of a truce, between whom, by whose deed or word, and what it was before."""
    parties = _parties(draft, step)
    became = _ONE_SIDED if step.after.alone else _STATUSES[step.status]
    if step.status == "proposed" and _CALLS.search(step.ceasefire.quote):
        became = "called for"  # by anybody: neither side has offered one
    line = f"{'Peace deal' if step.ceasefire.peace else 'Ceasefire'} {became}: {parties}"
    if step.ceasefire.inferred:  # nobody has called it a violation
        line = f"Attack during the ceasefire: {parties}"
    if step.after.number > 1:
        line += f" (truce no. {step.after.number})"
    if step.ceasefire.violator:
        line += f", by {in_text(step.ceasefire.violator)}"
    if step.ceasefire.broker:
        line += f", brokered by {step.ceasefire.broker}"
    if step.truce is not None:
        was = step.truce.status
        line += f" (was {_ONE_SIDED if step.truce.alone else _STATUSES.get(was, was)})"
    return line + says(step.ceasefire.claimant, "asserted")


def _parties(draft: Draft, step: TruceStep) -> str:
    """Between whom it is; of a war of many parties those that the report names, or else the war.

    Whose a truce is that is heard of for the first time follows from the war where a report names
    nobody, and is no word of the report.
    """
    theatre = draft.rulebook.theatres.get(draft.theatre)
    names = {party.id: party.name for party in theatre.parties} if theatre else {}
    sides = [one for one in step.after.parties if one != "other:unknown"]
    if theatre and step.truce is None and len(draft.names.fighting) > _TWO:
        report = draft.report
        said = " ".join((report.title, report.summary, report.text[:_READ]))
        words = frozenset(normal_words(said))
        sides = [one for one in sides if draft.names.named(one, words)]
    if theatre and not sides:
        return theatre.name
    return "–".join(
        names.get(one, one.removeprefix("other:").replace("-", " ").title()) for one in sides
    )
