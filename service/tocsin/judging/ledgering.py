"""What a judged report leaves behind: tellings remembered where the next report will meet them."""

from __future__ import annotations

from dataclasses import replace

from tocsin.judging.alert import alert_id
from tocsin.judging.draft import Draft, remember, remember_on_board
from tocsin.judging.figure import slim
from tocsin.judging.happening import (
    FigureGone,
    FigureHeard,
    StoryConfirmed,
    StoryMerged,
    StrikeReported,
    TruceStep,
    WordsHeard,
)
from tocsin.judging.headlined import keep_headline
from tocsin.judging.memory import Filed, Series, Told
from tocsin.judging.rulebook import SEVERITY_NUMBER
from tocsin.judging.subject import NO_THEATRE, board_subject
from tocsin.judging.telling import Part, Telling
from tocsin.judging.verdict import Alert, Entry, Verdict


def count_as_told(draft: Draft, telling: Telling, alert: Alert | None) -> None:
    """Remember a telling and all figures in it; without an alert it was backlog, told by a note."""
    told = _told(draft, telling, alert)
    name = alert.id if alert else None
    for part in telling.parts:
        draft.note(part.heard.entry, part.change.reason, name)
    happening = telling.happening
    match happening:
        case StrikeReported(story=story):
            _of_story(draft, story, told)
        case TruceStep(subject=subject, status=status):
            draft.note(telling.happening.entry, status, name)
            truce = draft.truces[subject]
            draft.keep_truce(
                replace(truce, told=remember(truce.told, replace(told, status=status)))
            )
        case WordsHeard(story=story):
            draft.told.append(told)
            keep_headline(draft, telling.rule)
            if story is not None:
                _of_story(draft, story, told)
        case FigureGone(story=story, claim=claim):
            if story is not None:
                _of_story(draft, story, replace(told, claim=slim(claim), status="gone"))
        case FigureHeard() | StoryConfirmed() | StoryMerged():
            pass
    for part in (*telling.parts, *telling.besides):
        _figure(draft, part, replace(told, rule=part.rule.id))


def close(draft: Draft, alerts: tuple[Alert, ...], heads: tuple[str, ...]) -> Verdict:
    """The verdict: every document that was touched, in its new version.

    It moves the heads of its own theatre, and of the stories that an edit without facts touches.
    """
    filed = draft.memory.filed
    touched = tuple(story for story in draft.stories.values() if story.id in draft.touched)
    return Verdict(
        report=draft.report.id,
        filed=Filed(
            report=draft.report.id,
            version=draft.report.version,
            published=draft.report.published,
            reading=draft.reading,
            stories=tuple(story.id for story in touched),
            alerts=(*(filed.alerts if filed else ()), *(alert.id for alert in alerts))[-32:],
            told=(*(filed.told if filed else ()), *draft.told)[-32:],
        ),
        alerts=alerts,
        entries=tuple(_settled(draft, entry) for entry in draft.entries),
        stories=touched,
        series=tuple(one for one in draft.series.values() if one.subject in draft.touched),
        truces=tuple(one for one in draft.truces.values() if one.subject in draft.touched),
        marks=draft.marks,
        heads=tuple(dict.fromkeys((*heads, *(one.theatre or NO_THEATRE for one in touched)))),
        reasons=tuple(draft.reasons),
    )


def _settled(draft: Draft, entry: Entry) -> Entry:
    """The entry with what became of it: why it was told or not, and by which alert."""
    reason, alert = draft.outcomes.get(entry.id, (entry.reason, None))
    return replace(entry, reason=reason, alert=alert)


def _told(draft: Draft, telling: Telling, alert: Alert | None) -> Told:
    before = telling.told
    severity = alert.event["severitynumber"] if alert else SEVERITY_NUMBER[telling.severity]
    return Told(
        rule=telling.rule.id,
        subject=telling.happening.subject,
        alert=alert_id(telling) if alert else "",
        entry=telling.happening.entry,
        severity=severity,
        at=draft.now,
        revision=before.revision + 1 if before else 1,
        report=draft.report.id,
        said=draft.said,
        publisher=draft.publisher.family,
        loudest=max(severity, before.loudest if before else 0),
    )


def _figure(draft: Draft, part: Part, told: Told) -> None:
    heard = part.heard
    before = part.told
    partners = before.partners if before else ()
    if part.change.reason == "claimants_diverge":
        _diverged(draft, part, (*partners, heard.who.id))
        return
    claim = slim(heard.claim)
    one = replace(
        told,
        subject=heard.subject,
        entry=heard.entry,
        claim=claim,
        revision=before.revision + 1 if before else 1,
        partners=partners,
    )
    if heard.subject.startswith("story/") and heard.story is not None:
        _of_story(draft, heard.story, one)
        return
    series = draft.series[heard.subject]
    draft.keep_series(replace(series, told=remember(series.told, one)))
    subject = board_subject(draft.theatre, claim.indicator)
    board = draft.series.get(subject) or Series(subject, draft.said, claim, heard.entry)
    board = replace(board, said=draft.said, claim=claim, entry=heard.entry)
    draft.keep_series(remember_on_board(board, one))


def _diverged(draft: Draft, part: Part, partners: tuple[str, ...]) -> None:
    """A rival claim does not replace what was told; that the two differ is told once."""
    before, heard = part.told, part.heard
    if before is None or heard.story is None:
        return
    _of_story(draft, heard.story, replace(before, partners=partners[-16:]))


def _of_story(draft: Draft, story: str, told: Told) -> None:
    known = draft.stories[story]
    draft.keep_story(replace(known, told=remember(known.told, told)))
