"""`tocsin feeds`: the feeds with their health; add, remove, pause, resume, poll now, OPML."""

from __future__ import annotations

from typing import Annotated

import typer

from tocsin.commands.joining import ConfigOption, DataOption, RedisOption, beside

feeds = typer.Typer(
    name="feeds",
    help="The feeds with their health; add, remove, pause, resume, poll now, OPML.",
    no_args_is_help=True,
)
Url = Annotated[str, typer.Argument(metavar="URL", help="The feed's address.")]


@feeds.command("list")
def list_feeds(
    config: ConfigOption = None, data: DataOption = None, redis: RedisOption = None
) -> None:
    """Every feed: how its last poll ended, when it is next due, its newest report."""
    from tocsin.commands.newsstand import show_feeds  # noqa: PLC0415 — fast --help

    beside(show_feeds, config, data, redis)


@feeds.command("add")
def add(
    url: Url,
    name: Annotated[str | None, typer.Option(help="What it is called.")] = None,
    publisher: Annotated[str | None, typer.Option(help="Its publisher's id or name.")] = None,
    config: ConfigOption = None,
    data: DataOption = None,
    redis: RedisOption = None,
) -> None:
    """Poll one more feed; it lives in Redis, beside those that files declare."""
    from tocsin.commands.newsstand import add_feed  # noqa: PLC0415 — fast --help

    beside(lambda store: add_feed(store, url, name, publisher), config, data, redis)


@feeds.command("remove")
def remove(
    url: Url, config: ConfigOption = None, data: DataOption = None, redis: RedisOption = None
) -> None:
    """Poll it no more: an added feed is forgotten, a declared one is paused, and that is kept."""
    from tocsin.commands.newsstand import remove_feed  # noqa: PLC0415 — fast --help

    beside(lambda store: remove_feed(store, url), config, data, redis)


@feeds.command("pause")
def pause(
    url: Url,
    why: Annotated[str, typer.Option(help="A word for whoever looks later.")] = "",
    config: ConfigOption = None,
    data: DataOption = None,
    redis: RedisOption = None,
) -> None:
    """Stop polling a feed until it is resumed."""
    from tocsin.commands.newsstand import pause_feed  # noqa: PLC0415 — fast --help

    beside(lambda store: pause_feed(store, url, why), config, data, redis)


@feeds.command("resume")
def resume(
    url: Url, config: ConfigOption = None, data: DataOption = None, redis: RedisOption = None
) -> None:
    """Poll a paused feed again."""
    from tocsin.commands.newsstand import resume_feed  # noqa: PLC0415 — fast --help

    beside(lambda store: resume_feed(store, url), config, data, redis)


@feeds.command("poll")
def poll(
    url: Url, config: ConfigOption = None, data: DataOption = None, redis: RedisOption = None
) -> None:
    """Let a feed be due now."""
    from tocsin.commands.newsstand import poll_now  # noqa: PLC0415 — fast --help

    beside(lambda store: poll_now(store, url), config, data, redis)


@feeds.command("export")
def export(config: ConfigOption = None, data: DataOption = None, redis: RedisOption = None) -> None:
    """All feeds as OPML 2.0 on standard output."""
    from tocsin.commands.newsstand import export_opml  # noqa: PLC0415 — fast --help

    beside(export_opml, config, data, redis)
