"""What `tocsin feeds` does, on the store of a service."""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from typing import Any

import typer
from rich.console import Console
from rich.table import Table

from tocsin.commands.joining import here
from tocsin.commands.mistakes import refuse
from tocsin.feeds.address import feed_id
from tocsin.feeds.opml import OpmlFeed, write_opml
from tocsin.ledger import feed_register, leases
from tocsin.ledger.connection import Store
from tocsin.net.guard import LOOPBACK, Refused, judge_url
from tocsin.sinks.escape import plain
from tocsin.web.history import FeedRow
from tocsin.web.ledger_history import LedgerHistory


async def show_feeds(store: Store) -> None:
    """A table of all feeds, those that fail first."""
    table = Table("feed", "last poll", "failures", "due", "newest report", "seen within")
    stopped = here(await feed_register.register(store)).stopped
    for row in sorted(await _rows(store), key=lambda row: (row.fresh, row.name)):
        outcome = "paused" if row.id in stopped else row.outcome or "not yet"
        remark = f" ({row.remark.replace('_', ' ')}: ignored)" if row.remark else ""
        table.add_row(
            plain(row.name, 60),
            outcome + remark,
            str(row.failures),
            _at(row.due),
            _at(row.newest),
            _span(row.worst),
        )
    Console().print(table)
    for feed, pause in stopped.items():
        typer.echo(f"paused  {feed} since {_at(pause.since)} {pause.why}".rstrip())


async def add_feed(store: Store, url: str, name: str | None, publisher: str | None) -> None:
    """Describe the feed in Redis; the running service takes it up within seconds."""
    judged = judge_url(url, LOOPBACK)
    if isinstance(judged, Refused):
        refuse([f"{url} is no address to poll: {judged.reason}"])
    described: dict[str, Any] = {"url": url}
    described |= {"name": name} if name else {}
    described |= {"publisher": publisher} if publisher else {}
    here(await feed_register.add(store, feed_id(url), described))
    here(await feed_register.resume(store, feed_id(url)))
    typer.echo(f"added: {url}")


async def remove_feed(store: Store, url: str) -> None:
    """Forget an added feed, or record a declared one as paused."""
    if here(await feed_register.remove(store, feed_id(url))):
        typer.echo(f"removed: {url}")
        return
    here(await feed_register.stop(store, feed_id(url), datetime.now(UTC), "removed"))
    typer.echo(f"paused, for a file declares it: {url}")


async def pause_feed(store: Store, url: str, why: str) -> None:
    """Record the pause."""
    here(await feed_register.stop(store, feed_id(url), datetime.now(UTC), why))
    typer.echo(f"paused: {url}")


async def resume_feed(store: Store, url: str) -> None:
    """End the pause."""
    was = here(await feed_register.resume(store, feed_id(url)))
    typer.echo(f"resumed: {url}" if was else f"was not paused: {url}")


async def poll_now(store: Store, url: str) -> None:
    """Let it be due at once."""
    sooner = here(await leases.hasten(store, [feed_id(url)]))
    typer.echo(f"due now: {url}" if sooner else f"not polled here, or being polled: {url}")


async def export_opml(store: Store) -> None:
    """Write OPML to standard output."""
    listed = [OpmlFeed(row.url, row.name) for row in await _rows(store) if row.url]
    sys.stdout.buffer.write(write_opml("Tocsin", listed))


async def _rows(store: Store) -> list[FeedRow]:
    return list(await LedgerHistory(store, dict).feeds())


def _at(moment: datetime | None) -> str:
    return "" if moment is None else f"{moment.astimezone(UTC):%d %b %H:%M}"


def _span(length: timedelta | None) -> str:
    if length is None:
        return ""
    seconds = length.total_seconds()
    return f"{seconds / 60:.0f} min" if seconds >= 60 else f"{seconds:.0f} s"
