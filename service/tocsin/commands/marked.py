"""A reading shown to a person: the text with its facts marked, and the facts beneath it."""

from __future__ import annotations

from rich.console import Console, Group
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from tocsin.reading.facts import Claim, Indicator, Reading
from tocsin.reading.report import FIELDS, Report

_STYLES: dict[Indicator, str] = {
    "killed": "bold red",
    "wounded": "bold yellow",
    "missing": "bold magenta",
    "captured": "bold cyan",
    "displaced": "bold blue",
}


def show(report: Report, reading: Reading, console: Console) -> None:
    """Print the marked text, then figures, strikes, truces and the verdict on the topic."""
    console.print(Group(*_marked(report, reading)))
    console.print()
    if reading.claims:
        console.print(_figures(reading))
    for strike in reading.strikes:
        who = f"{strike.attacker} → " if strike.attacker else ""
        where = strike.place or strike.target or "a place not named"
        told = f", {strike.claimant} {strike.stance}" if strike.claimant else ""
        day = f" on {strike.when}" if strike.when else ""
        console.print(f"[reverse] strike [/] {escape(f'{who}{strike.kind}: {where}{day}{told}')}")
    for truce in reading.ceasefire:
        parties = " – ".join(truce.parties) or "parties not named"
        broker = f", brokered by {truce.broker}" if truce.broker else ""
        console.print(
            f"[bold green]ceasefire[/] {truce.status.replace('_', ' ')}: {parties}{broker}"
        )
    topic = "about armed conflict" if reading.conflict else "not about armed conflict"
    console.print(
        f"[dim]{topic} ({escape(', '.join(reading.because)) or 'no word speaks for it'})[/]"
    )
    if reading.toll:
        toll = ", ".join(f"{name} {_span(i.low, i.high)}" for name, i in reading.toll.items())
        console.print(f"[dim]toll of this incident: {toll}[/]")


def _marked(report: Report, reading: Reading) -> list[Text]:
    texts = []
    for name in FIELDS:
        text = Text(report.field(name), style="bold" if name == "title" else "")
        for truce in reading.ceasefire:
            if truce.field == name:
                text.stylize("green", truce.start, truce.end)
        for strike in reading.strikes:
            if strike.field == name:
                text.stylize("underline", strike.start, strike.end)
        for claim in reading.claims:
            if claim.field == name:
                faint = not claim.relevant or claim.basis == "historical"
                text.stylize("dim" if faint else _STYLES[claim.indicator], claim.start, claim.end)
        if text:
            texts.append(text)
    return texts


def _figures(reading: Reading) -> Table:
    table = Table(box=None, pad_edge=False)
    for column in ("", "how many", "who", "what for", "says", "denied by"):
        table.add_column(column, overflow="fold")
    for claim in reading.claims:
        stance = "" if claim.stance == "asserted" else f" ({claim.stance})"
        table.add_row(
            Text(claim.indicator, style=_STYLES[claim.indicator]),
            _amount(claim),
            " ".join(word for word in (claim.side, claim.victims) if word),
            Text(_basis(claim)),
            Text((claim.claimant or "the outlet") + stance),
            Text(", ".join(claim.disputed_by)),
        )
    return table


def _amount(claim: Claim) -> str:
    more = " more" if claim.increment else ""
    match claim.bound:
        case "exact":
            return f"{claim.value}{more}"
        case "at_least":
            return f"≥ {claim.low}{more}"
        case "at_most":
            return f"≤ {claim.high}{more}"
        case "approx":
            return (
                f"≈ {claim.value}{more}"
                if claim.value is not None
                else _span(claim.low, claim.high)
            )


def _basis(claim: Claim) -> str:
    words: list[str] = [claim.basis]
    if claim.since:
        words.append(f"since {claim.since}")
    if claim.place:
        words.append(claim.place)
    if claim.part_of:
        words.append(f"part of {claim.part_of}")
    if not claim.relevant:
        words.append("not of the conflict")
    return ", ".join(words)


def _span(low: int | None, high: int | None) -> str:
    if low == high:
        return str(low)
    if high is None:
        return f"≥ {low}"
    return f"≤ {high}" if low is None else f"{low}–{high}"
