"""`tocsin mute`, `unmute` and `retract`: an operator silences one thing, or takes an alert back."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from tocsin.commands.joining import ConfigOption, DataOption, RedisOption, beside, here
from tocsin.commands.mistakes import refuse

if TYPE_CHECKING:
    from tocsin.ledger.connection import Store

_WHAT = "STORY|SUBJECT|FEED"


def mute(
    what: Annotated[str | None, typer.Argument(metavar=_WHAT)] = None,
    for_: Annotated[str, typer.Option("--for", help="How long, like 6h.")] = "6h",
    config: ConfigOption = None,
    data: DataOption = None,
    redis: RedisOption = None,
) -> None:
    """Silence one story, subject or feed for a while; what it says goes on into the ledger.

    Alone it lists what is muted, and until when.
    """
    from tocsin.duration import parse_duration  # noqa: PLC0415 — fast --help
    from tocsin.ledger import mutes  # noqa: PLC0415

    try:
        lasts = parse_duration(for_)
    except ValueError as error:
        refuse([f"--for: {error}"])

    async def work(store: Store) -> None:
        now = datetime.now(UTC)
        if what is None:
            muted = here(await mutes.muted(store, now))
            for name, until in sorted(muted.items(), key=lambda one: one[1]):
                typer.echo(f"{name}  until {until:%Y-%m-%d %H:%M} UTC")
            if not muted:
                typer.echo("nothing is muted")
            return
        here(await mutes.mute(store, _known_as(what), now + lasts))
        typer.echo(f"{what} is muted until {now + lasts:%Y-%m-%d %H:%M} UTC")

    beside(work, config, data, redis)


def unmute(
    what: Annotated[str, typer.Argument(metavar=_WHAT)],
    config: ConfigOption = None,
    data: DataOption = None,
    redis: RedisOption = None,
) -> None:
    """Let a muted story, subject or feed be heard again."""
    from tocsin.ledger import mutes  # noqa: PLC0415 — fast --help

    async def work(store: Store) -> None:
        was = here(await mutes.unmute(store, _known_as(what)))
        if not was:
            refuse([f"{what} is not muted: `tocsin mute` lists what is"])
        typer.echo(f"{what} is heard again")

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
    from tocsin.judging.verdict import Verdict  # noqa: PLC0415
    from tocsin.ledger import history  # noqa: PLC0415
    from tocsin.notices import tell  # noqa: PLC0415

    async def work(store: Store) -> None:
        first = here(await history.alert(store, alert))
        if first is None:
            refuse([f"there is no alert {alert}: `tocsin tail --since 24h` lists ids"])
        now = datetime.now(UTC)
        told = here(
            await tell(store, Verdict("", alerts=(retraction(first.event, why, now),)), now)
        )
        if not told:
            refuse([f"{alert} was taken back before"])
        typer.echo(f"taken back: {first.event['data']['headline']}")

    beside(work, config, data, redis)


def _known_as(what: str) -> str:
    """As judging knows it: a feed by its id, however its address or subject was given."""
    from tocsin.feeds.address import feed_id  # noqa: PLC0415 — fast --help

    if what.startswith(("http://", "https://")):
        return feed_id(what)
    kind, _, rest = what.partition("/")
    return rest if kind in {"story", "feed"} and rest and "/" not in rest else what
