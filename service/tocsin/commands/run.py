"""`tocsin run`: the service."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tocsin.commands.mistakes import refuse

if TYPE_CHECKING:
    from tocsin.plan import Plan, Voice
    from tocsin.rules_in_force import RulesInForce


def run(
    urls: Annotated[list[str] | None, typer.Argument(metavar="FEED_URL")] = None,
    config: Annotated[Path | None, typer.Option(help="tocsin.yaml")] = None,
    data: Annotated[Path | None, typer.Option(help="where the embedded server keeps all")] = None,
    since: Annotated[str | None, typer.Option(help="tell the backlog too, e.g. 6h")] = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="one alert a line")] = False,
) -> None:
    """Poll feeds, read them, raise alerts. Without addresses or settings: the starter feeds.

    Addresses given here are polled instead of those of the settings; loopback is allowed for them.
    Ctrl-C ends it: what is under way is finished first. A second start goes on where this stopped.
    """
    from tocsin.commands.starting import prepare  # noqa: PLC0415 — `--help` stays fast
    from tocsin.commands.terminal import JsonLines, Silence, Terminal  # noqa: PLC0415

    plan, rules = prepare(urls or [], config=config, data=data, since=since, quiet=as_json)
    logged = plan.settings.log.format == "json"
    voice = JsonLines() if as_json else Silence() if logged else Terminal()
    raise typer.Exit(start(plan, rules, voice))


def start(plan: Plan, rules: RulesInForce, voice: Voice) -> int:
    """Run the service until SIGINT or SIGTERM; the exit code."""
    import asyncio  # noqa: PLC0415 — `--help` stays fast
    import signal  # noqa: PLC0415

    from tocsin.app import Service  # noqa: PLC0415
    from tocsin.ledger.connection import UnsuitableServerError  # noqa: PLC0415
    from tocsin.ledger.server_binary import ServerError  # noqa: PLC0415
    from tocsin.web.serving import PortTakenError  # noqa: PLC0415

    async def serve() -> None:
        stopping = asyncio.Event()
        service = Service(plan, rules, voice)
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, stopping.set)
        loop.add_signal_handler(signal.SIGHUP, service.reload_rules)
        await service.run(stopping)

    try:
        asyncio.run(serve())
    except (PortTakenError, ServerError, UnsuitableServerError) as error:
        refuse([error])
    return 0
