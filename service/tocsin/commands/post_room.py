"""What `tocsin deliveries` does, on the store of a service."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import assert_never
from uuid import uuid4

import typer
from rich.console import Console
from rich.table import Table

from tocsin.commands.joining import here
from tocsin.commands.mistakes import refuse
from tocsin.judging.envelope import enveloped
from tocsin.ledger.connection import Store
from tocsin.ledger.dead_letters import DeadLetter, DeadLetters
from tocsin.ledger.due_set import DueSet
from tocsin.ledger.outbox import Outbox
from tocsin.net.session import Outbound
from tocsin.sinks.escape import plain
from tocsin.sinks.health import Health, health_from
from tocsin.sinks.message import single
from tocsin.sinks.parcel import Delivered, Parcel, Rejected, Retry
from tocsin.sinks.settings import SinkSettings, build_sink

MOST = 1_000  # dead letters of a sink that are shown or sent again at once


async def show_sinks(store: Store) -> None:
    """A table of all sinks that have a place in the stream."""
    outbox, due, letters = Outbox(store, "command"), DueSet(store), DeadLetters(store)
    table = Table("sink", "state", "waiting", "being sent", "dead letters", "behind")
    behind = here(await outbox.behind(_now()))
    for sink in sorted(here(await outbox.enrolled())):
        waiting, held = here(await due.counts(sink))
        health = health_from(here(await due.health(sink)))
        dead = here(await letters.count(sink))
        late = f"{behind[sink].total_seconds():.0f} s" if sink in behind else "no group"
        table.add_row(sink, _state(health), str(waiting), str(held), str(dead), late)
    Console().print(table)


async def show_dead(store: Store, sink: str | None) -> None:
    """Two lines a dead letter: what and why, and the command that sends it again."""
    for letter in await _dead(store, sink):
        died = letter.died.strftime("%Y-%m-%d %H:%M")
        attempts = f"{letter.attempts} attempt" + ("" if letter.attempts == 1 else "s")
        said = plain(letter.headline, 100)
        typer.echo(f"{died}  {letter.sink}  {letter.reason}, {attempts}  {said}")
        typer.echo(f"    {letter.replay}")


async def send_again(store: Store, alert: str, sink: str | None) -> None:
    """Let one dead letter, or `all`, wait again."""
    letters = DeadLetters(store)
    found = [one for one in await _dead(store, sink) if alert in {one.alert, "all"}]
    if not found:
        refuse([f"{alert}: no such dead letter; see `tocsin deliveries dead`"])
    for letter in found:
        if here(await letters.replay(letter, _now())):
            typer.echo(f"{letter.alert} waits for {letter.sink} again")


async def switch_on(store: Store, sink: str) -> None:
    """Forget that a sink was found gone."""
    if sink not in here(await Outbox(store, "command").enrolled()):
        refuse([f"{sink}: no such sink; see `tocsin deliveries list`"])
    here(await DueSet(store).settle(sink, [], _now(), health=Health().to_json()))
    typer.echo(f"{sink} is on")


async def send_test(asked: SinkSettings, contact: str) -> int:
    """Send a test straight to the sink; the exit code."""
    async with Outbound(contact=contact) as outbound:
        sink = build_sink(asked, outbound, _now)
        outcome = await sink.send(single(_test_alert(asked.name)))
    match outcome:
        case Delivered(status):
            typer.echo(f"{asked.name} took it ({status})")
            return 0
        case Retry(reason) | Rejected(reason):
            typer.echo(f"{asked.name} did not take it: {reason}", err=True)
            return 1
        case _:
            assert_never(outcome)


def _test_alert(sink: str) -> Parcel:
    now = _now()
    name = f"test-{uuid4().hex}"
    subject = f"sink/{sink}/note"
    event = enveloped(
        name,
        "tocsin.note",
        subject,
        {"headline": f"This is how alerts reach {sink}", "loud": True, "test": True},
        source="/tocsin/test",
        severity="low",
        said=now,
        recorded=now,
        thread=subject.removesuffix("/note"),
    )
    return Parcel(name, f"{int(now.timestamp() * 1000)}-0", event, now, now)


async def _dead(store: Store, sink: str | None) -> list[DeadLetter]:
    """The dead letters of one sink or of all, also of sinks that are no more."""
    letters = DeadLetters(store)
    sinks = [sink] if sink else here(await letters.sinks())
    found = [here(await letters.newest(one, MOST)) for one in sinks]
    return sorted((one for some in found for one in some), key=lambda one: one.died, reverse=True)


def _state(health: Health) -> str:
    if health.disabled:
        return f"off: {health.disabled}"
    if health.down_since:
        return f"failing since {health.down_since:%Y-%m-%d %H:%M}"
    return "well"


def _now() -> datetime:
    return datetime.now(UTC)
