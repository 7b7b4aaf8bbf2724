"""One message for people: which alerts it tells, and in which words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from tocsin.sinks.escape import plain, web_link
from tocsin.sinks.parcel import REHEARSALS, Parcel

#: Why a message is sent: as it came, at a cooldown's end, quiet changes gathered, after an outage
#: of the sink, after a downtime of ours.
Occasion = Literal["alert", "held", "digest", "catch_up", "downtime"]


@dataclass(frozen=True, slots=True)
class Line:
    """One alert in a message. `since` is the change counted from what this sink was last told."""

    parcel: Parcel
    since: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """What one send tells: the gravest first, the rest as its lines.

    `folded` are the ids that a newer line of the same subject stands for.
    """

    occasion: Occasion
    lines: tuple[Line, ...]
    folded: tuple[str, ...] = ()

    @property
    def lead(self) -> Parcel:
        """The gravest."""
        return self.lines[0].parcel

    @property
    def ids(self) -> tuple[str, ...]:
        """Every alert that is told once this is delivered."""
        return (*(line.parcel.id for line in self.lines), *self.folded)


def single(parcel: Parcel) -> Message:
    """One alert as it is: how machines get them."""
    return Message("alert", (Line(parcel),))


@dataclass(frozen=True, slots=True)
class Words:
    """A message in plain words, visible and of one line each, for a vendor's form to dress.

    `link` is (address, host) of the report. `level` is the severity of the gravest.
    """

    level: str
    title: str
    detail: tuple[str, ...]
    lines: tuple[str, ...]
    link: tuple[str, str] | None
    footer: str


_OCCASIONS: dict[Occasion, str] = {
    "alert": "",
    "held": "Since then: ",
    "digest": "Quiet changes: ",
    "catch_up": "While you could not be reached: ",
    "downtime": "Late, from while we did not look: ",
}


def words(message: Message) -> Words:
    """Say it. Everything from a feed goes through `plain`."""
    lead = message.lead
    report = _dict(lead.data.get("report"))
    folded = len(message.folded)
    ids = [lead.id, *(line.parcel.id for line in message.lines[1:]), *message.folded]
    return Words(
        level=_level(lead),
        title=_OCCASIONS[message.occasion] + _headline(message.lines[0]),
        detail=tuple(part for part in (_said_by(lead), _report(report)) if part),
        lines=(
            *_note(lead),
            *(f"{_level(line.parcel)} · {_headline(line)}" for line in message.lines[1:]),
        ),
        link=web_link(report.get("url")),
        footer=plain(
            f"{lead.sequence} · {', '.join(ids)}" + (f" · {folded} folded" if folded else ""), 1_500
        ),
    )


def _headline(line: Line) -> str:
    parcel = line.parcel
    marks = ""
    if parcel.event.get("source") in REHEARSALS or parcel.data.get("test"):
        marks += "TEST · "
    if parcel.type == "tocsin.alert.corrected":
        marks += "Correction: "
    since = f" ({line.since})" if line.since else ""
    headline = parcel.data.get("headline") or parcel.event.get("subject") or parcel.type
    return marks + plain(str(headline), 600) + since


def _note(parcel: Parcel) -> tuple[str, ...]:
    """The lines of a note."""
    lines = parcel.data.get("lines")
    return tuple(plain(str(line), 400) for line in lines) if isinstance(lines, list) else ()


def _level(parcel: Parcel) -> str:
    return plain(str(parcel.event.get("severitytext") or "low"), 20).upper()


def _said_by(parcel: Parcel) -> str:
    """How well it stands: origins, and who denies it."""
    confirmation = _dict(parcel.data.get("confirmation"))
    parts = []
    origins = confirmation.get("origins")
    if isinstance(origins, int) and origins > 0:
        parts.append(f"{origins} origin" + ("s" if origins > 1 else ""))
    denied = confirmation.get("denied_by")
    if isinstance(denied, list) and denied:
        parts.append("denied by " + ", ".join(plain(str(who), 80) for who in denied[:5]))
    return " · ".join(parts)


def _report(report: dict[str, Any]) -> str:
    who = plain(str(report.get("publisher") or ""), 80)
    title = plain(str(report.get("title") or ""), 300)
    return f"{who}: {title}" if who and title else title or who


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
