"""`tocsin check`: settings, feeds, rules, networks allowed; every fault with file and line."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def check(
    config: Annotated[Path | None, typer.Option(help="tocsin.yaml")] = None,
) -> None:
    """Say what a start would use, and every fault that would stop it. Exit code 2 if any."""
    from rich.console import Console  # noqa: PLC0415 — `--help` stays fast

    from tocsin.commands.starting import rules_from, settings_from  # noqa: PLC0415
    from tocsin.duration import in_words  # noqa: PLC0415
    from tocsin.rules_in_force import load_reading  # noqa: PLC0415
    from tocsin.shelf.shipped import rules_home  # noqa: PLC0415
    from tocsin.subscriptions import subscribed  # noqa: PLC0415

    settings = settings_from(config, None)
    feeds = subscribed(settings, rules_home())
    if isinstance(feeds, list):
        from tocsin.commands.mistakes import refuse  # noqa: PLC0415

        refuse(feeds)
    rulebook = rules_from(settings).rulebook
    lexicon = load_reading()
    out = Console(highlight=False, soft_wrap=True)
    redis = "the embedded server" if settings.redis.address() is None else "as set"
    out.print(f"settings   {config or 'defaults and environment'}; Redis: {redis}")
    fastest, slowest = map(in_words, (settings.polling.fastest, settings.polling.slowest))
    out.print(f"feeds      {len(feeds)}, each asked every {fastest} to {slowest}")
    out.print(f"rules      {len(rulebook.rules)} in {', '.join(rulebook.packs)}")
    out.print(f"theatres   {', '.join(sorted(rulebook.theatres))}")
    out.print(f"lexicon    {lexicon.digest[:19]}")
    for sink in settings.sinks:
        allowed = f", may reach {', '.join(sink.allow)}" if sink.allow else ""
        out.print(f"sink       {sink.name} ({sink.kind}){allowed}", markup=False)
    for feed in feeds:
        if feed.allow:
            networks = ", ".join(map(str, feed.allow))
            out.print(f"network    {feed.name} may reach {networks}", markup=False)
    out.print("[green]no fault found[/green]")
