"""`tocsin deliveries`: how each sink stands, its dead letters, their replay, a test."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer

from tocsin.commands.joining import (
    ConfigOption,
    DataOption,
    RedisOption,
    beside,
)
from tocsin.commands.mistakes import refuse

deliveries = typer.Typer(
    name="deliveries",
    help="How sinks stand; dead letters, their replay, a test.",
    no_args_is_help=True,
)
SinkOption = Annotated[str | None, typer.Option("--sink", help="Only this sink.")]


@deliveries.command("list")
def list_sinks(
    config: ConfigOption = None, data: DataOption = None, redis: RedisOption = None
) -> None:
    """How each sink stands: what waits, what is dead, how far it is behind."""
    from tocsin.commands.post_room import show_sinks  # noqa: PLC0415 — fast --help

    beside(show_sinks, config, data, redis)


@deliveries.command("dead")
def list_dead(
    sink: SinkOption = None,
    config: ConfigOption = None,
    data: DataOption = None,
    redis: RedisOption = None,
) -> None:
    """The dead letters, newest first, each with the command that sends it again."""
    from tocsin.commands.post_room import show_dead  # noqa: PLC0415 — fast --help

    beside(lambda store: show_dead(store, sink), config, data, redis)


@deliveries.command("replay")
def replay(
    alert: Annotated[str, typer.Argument(help="The alert's id, or `all`.")],
    sink: SinkOption = None,
    config: ConfigOption = None,
    data: DataOption = None,
    redis: RedisOption = None,
) -> None:
    """Send dead letters again, with the same id, so that a receiver can tell."""
    from tocsin.commands.post_room import send_again  # noqa: PLC0415 — fast --help

    beside(lambda store: send_again(store, alert, sink), config, data, redis)


@deliveries.command("enable")
def enable(
    sink: str, config: ConfigOption = None, data: DataOption = None, redis: RedisOption = None
) -> None:
    """Switch a sink on again that was found gone; its dead letters wait for `replay`."""
    from tocsin.commands.post_room import switch_on  # noqa: PLC0415 — fast --help

    beside(lambda store: switch_on(store, sink), config, data, redis)


@deliveries.command("test")
def send(sink: str, config: ConfigOption = None, data: DataOption = None) -> None:
    """Send one alert marked as a test to a sink of the settings, and say what it answered."""
    from tocsin.commands.post_room import send_test  # noqa: PLC0415 — fast --help
    from tocsin.commands.starting import settings_from  # noqa: PLC0415

    settings = settings_from(config, data)
    asked = next((one for one in settings.sinks if one.name == sink), None)
    if asked is None:
        names = ", ".join(one.name for one in settings.sinks) or "none"
        refuse([f"{sink}: no such sink in the settings, which have: {names}"])
    raise typer.Exit(asyncio.run(send_test(asked, settings.polling.contact)))
