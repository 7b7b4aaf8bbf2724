"""`tocsin mute` and `tocsin retract`: an operator silences one thing, or takes an alert back."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from tocsin.commands.joining import ConfigOption, DataOption, RedisOption, beside, here
from tocsin.commands.mistakes import refuse

if TYPE_CHECKING:
    from tocsin.ledger.connection import Store


def mute(
    what: Annotated[str, typer.Argument(metavar="STORY|SUBJECT|FEED")],
    for_: Annotated[str, typer.Option("--for", help="How long, like 6h.")] = "6h",
    config: ConfigOption = None,
    data: DataOption = None,
    redis: RedisOption = None,
) -> None:
    """Silence one story, subject or feed for a while; what it says goes on into the ledger."""
    from tocsin.duration import parse_duration  # noqa: PLC0415 — fast --help
    from tocsin.ledger import mutes  # noqa: PLC0415

    try:
        until = datetime.now(UTC) + parse_duration(for_)
    except ValueError as error:
        refuse([f"--for: {error}"])

    async def work(store: Store) -> None:
        here(await mutes.mute(store, what, until))
        typer.echo(f"{what} is muted until {until:%Y-%m-%d %H:%M} UTC")

    beside(work, config, data, redis)


def retract(
    alert: Annotated[str, typer.Argument(metavar="ALERT_ID")],
    why: Annotated[str, typer.Option(help="What readers are told of the reason.")],
    config: ConfigOption = None,
    data: DataOption = None,
    redis: RedisOption = None,
) -> None:
    """Take an alert back: every sink that had it is told, in its thread."""
    from tocsin.judging.retraction import retraction  # noqa: PLC0415 — fast --help
    from tocsin.ledger import history  # noqa: PLC0415
    from tocsin.notices import publish  # noqa: PLC0415

    async def work(store: Store) -> None:
        first = here(await history.alert(store, alert))
        if first is None:
            refuse([f"there is no alert {alert}: `tocsin tail --since 24h` lists ids"])
        now = datetime.now(UTC)
        await publish(store, retraction(first.event, why, now), now)
        typer.echo(f"taken back: {first.event['data']['headline']}")

    beside(work, config, data, redis)
