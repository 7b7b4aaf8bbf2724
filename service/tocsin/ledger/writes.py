"""A verdict as the list of writes that `commit.lua` applies: pure data, no Redis, no clock.

What is written under which key, and for how long, is decided here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import chain

from tocsin.judging.memory import Memory, Series, Story
from tocsin.judging.verdict import Verdict
from tocsin.ledger.alert_record import flat_facts, kept_fields, stream_fields
from tocsin.ledger.documents import CaseFile, StoredReport, pack
from tocsin.ledger.entries import pack_entry
from tocsin.ledger.keys import (
    FILED_KEPT,
    INCIDENT_KEPT,
    MARK_KEPT,
    STORY_FOUND,
    STORY_KEPT,
    Keys,
)
from tocsin.ledger.recall import STORIES_A_KEY
from tocsin.ledger.script import Argument
from tocsin.ledger.seen import member
from tocsin.reading.facts import Reading
from tocsin.reading.report import Report


@dataclass(frozen=True, slots=True)
class Judged:
    """One report with all that its verdict was made from; `now` is when it was judged (UTC).

    `report` None is a verdict of the clock or an operator. `rulebook` and `reader` name the rules
    and the version of reading, for the case file.
    """

    report: Report | None
    reading: Reading | None
    memory: Memory
    verdict: Verdict
    now: datetime
    rulebook: str = ""
    reader: str = ""


@dataclass(slots=True)
class Order:
    """The arguments of one call of `commit.lua`: keys are numbered as they are named."""

    keys: list[str] = field(default_factory=list)
    letters: list[str] = field(default_factory=list)
    words: list[Argument] = field(default_factory=list)
    _numbers: dict[str, int] = field(default_factory=dict)

    def key(self, key: str, letter: str) -> int:
        """The number of a key, which must be of the type that `letter` stands for."""
        if key not in self._numbers:
            self.keys.append(key)
            self.letters.append(letter)
            self._numbers[key] = len(self.keys)
        return self._numbers[key]

    def arguments(self) -> list[Argument]:
        """ARGV."""
        return ["".join(self.letters), *self.words]


Write = tuple[str, str, str, tuple[Argument, ...]]  # command, letter, key, arguments


def plan(
    keys: Keys,
    feed: str,
    token: str,
    judged: Sequence[Judged],
    doubtful: Collection[str] = (),
) -> Order:
    """Lay out the call that commits `judged`, in order, where no `doubtful` head is built upon."""
    order = Order()
    for key, letter in (
        (keys.leases, "h"),
        (keys.heads, "h"),
        (keys.seen(feed), "z"),
        (keys.alerts, "x"),
        (keys.order, "z"),
    ):
        order.key(key, letter)
    seconds = int(judged[-1].now.timestamp())
    order.words += (feed, token, seconds, len(doubtful), *sorted(doubtful), len(judged))
    for one in judged:
        _plan_one(keys, order, one)
    return order


def _plan_one(keys: Keys, order: Order, judged: Judged) -> None:
    verdict, words = judged.verdict, order.words
    words.append(member(judged.report) if judged.report else "")
    words.append(len(verdict.heads))
    for head in verdict.heads:
        words += (head, judged.memory.heads.get(head, 0))
    words.append(len(verdict.alerts))
    for alert in verdict.alerts:
        fields = list(chain.from_iterable(stream_fields(alert).items()))
        kept = list(chain.from_iterable(kept_fields(alert).items()))
        words += (order.key(keys.alert(alert.id), "h"), _ms(keys.alerts_kept), flat_facts(alert))
        words += (len(fields), *fields, len(kept), *kept)
    writes = list(_writes(keys, judged))
    words.append(len(writes))
    for command, letter, key, arguments in writes:
        words += (2 + len(arguments), command, order.key(key, letter), *arguments)


# ── the ledger ───────────────────────────────────────────────────────────────────────────────────
def _writes(keys: Keys, judged: Judged) -> Iterator[Write]:
    verdict = judged.verdict
    alerted = tuple(alert.id for alert in verdict.alerts)
    if judged.report is not None:
        yield from _report(keys, judged, judged.report, alerted)
    if judged.report is not None and judged.reading is not None and alerted:
        case = pack(
            CaseFile(
                judged.report,
                judged.reading,
                judged.memory,
                judged.now,
                judged.rulebook,
                judged.reader,
            )
        )
        for alert in alerted:
            yield _set(keys.case(alert), case, keys.alerts_kept)
    if verdict.filed is not None and _compares(judged):
        yield _set(keys.filed(verdict.filed.report), pack(verdict.filed), FILED_KEPT)
    for entry in verdict.entries:
        log = keys.log(entry.series)
        yield "RPUSH", "l", log, (pack_entry(entry),)
        if _passes(entry.series):
            yield "PEXPIRE", "l", log, (_ms(INCIDENT_KEPT),)
    for series in verdict.series:
        yield _series(keys, series)
    known = {story.id: frozenset(story.keys) for story in judged.memory.stories}
    for story in verdict.stories:
        yield from _story(keys, story, known.get(story.id, frozenset()))
    for truce in verdict.truces:
        yield "HSET", "h", keys.truces(truce.theatre), (truce.subject, pack(truce))
    for mark, said in verdict.marks.items():
        yield _set(keys.mark(mark), said.encode(), MARK_KEPT)


def _report(
    keys: Keys, judged: Judged, report: Report, alerted: tuple[str, ...]
) -> Iterator[Write]:
    reasons = judged.verdict.reasons
    stored = StoredReport(
        report, judged.now, judged.reading, reasons, alerted, rulebook=judged.rulebook
    )
    kept = keys.alerts_kept if alerted else keys.reports_kept
    texts = {keys.report(report.id): pack(stored)}
    texts |= {keys.address(one): report.id.encode() for one in (report.url, report.guid) if one}
    edited = judged.memory.filed is not None
    for key, text in texts.items():
        if edited:
            yield from _at_least(key, text, kept)
        else:
            yield _set(key, text, kept)


def _series(keys: Keys, series: Series) -> Write:
    key, packed = keys.series(series.subject), pack(series)
    return _set(key, packed, INCIDENT_KEPT) if _passes(series.subject) else _set(key, packed, None)


def _story(keys: Keys, story: Story, known: frozenset[str]) -> Iterator[Write]:
    yield _set(keys.story(story.id), pack(story), STORY_KEPT)
    last = int(story.last.timestamp())
    for story_key in story.keys:
        if story_key not in known:
            found = keys.stories(story_key)
            yield "INDEX", "z", found, (last, story.id, STORIES_A_KEY, _ms(STORY_FOUND))


def _compares(judged: Judged) -> bool:
    """Whether a later version could be compared with what is filed: most reports hold nothing."""
    verdict = judged.verdict
    said = verdict.heads or verdict.alerts or (verdict.filed and verdict.filed.told)
    return bool(said) or judged.memory.filed is not None


def _passes(subject: str) -> bool:
    """Whether a series is of one story, and ends with it; a theatre's is for ever."""
    return subject.startswith("story/")


def _set(key: str, value: bytes, kept: timedelta | None) -> Write:
    lifetime: tuple[Argument, ...] = () if kept is None else ("PX", _ms(kept))
    return "SET", "s", key, (value, *lifetime)


def _at_least(key: str, value: bytes, kept: timedelta) -> Iterator[Write]:
    """Set a value without shortening the life of an older one: it may have alerted."""
    yield "SET", "s", key, (value, "KEEPTTL")
    yield "PEXPIRE", "s", key, (_ms(kept), "NX")
    yield "PEXPIRE", "s", key, (_ms(kept), "GT")


def _ms(lifetime: timedelta) -> int:
    return int(lifetime.total_seconds() * 1000)
