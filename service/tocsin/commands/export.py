"""`tocsin export`: what is kept, as JSON lines."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from tocsin.commands.joining import ConfigOption, DataOption, RedisOption, beside, here
from tocsin.commands.mistakes import refuse

if TYPE_CHECKING:
    from tocsin.ledger.connection import Store


def export(
    what: Annotated[Literal["series", "alerts"], typer.Argument(help="What to write.")],
    subject: Annotated[str | None, typer.Option(help="Only this subject.")] = None,
    as_of: Annotated[
        str | None, typer.Option(help="Series as they were known then: a time in ISO form, UTC.")
    ] = None,
    config: ConfigOption = None,
    data: DataOption = None,
    redis: RedisOption = None,
) -> None:
    """Write every entry of the ledger's series, or every alert that is kept, one a line."""
    import orjson  # noqa: PLC0415 — fast --help

    from tocsin.ledger import history  # noqa: PLC0415
    from tocsin.ledger.subjects import subjects  # noqa: PLC0415

    known = _moment(as_of)

    async def write_series(store: Store) -> None:
        async for one in subjects(store):
            if subject in {None, one}:
                for entry in here(await history.series(store, one, as_of=known)):
                    sys.stdout.buffer.write(orjson.dumps(entry) + b"\n")

    async def write_alerts(store: Store) -> None:
        after = None
        while page := here(
            await history.alerts(store, history.Query(after=after, subject=subject, limit=500))
        ):
            for one in page:
                sys.stdout.buffer.write(orjson.dumps(one.event) + b"\n")
            after = page[-1].sequence

    beside(write_series if what == "series" else write_alerts, config, data, redis)


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        refuse([f"--as-of: '{text}' is no time: write it like 2020-10-20T12:00"])
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
