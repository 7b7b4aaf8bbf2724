"""`tocsin explain`: why an alert was raised, or why a report raised none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from tocsin.commands.joining import ConfigOption, DataOption, RedisOption, beside

if TYPE_CHECKING:
    from tocsin.ledger.connection import Store


def explain(
    alert: Annotated[str | None, typer.Argument(metavar="ALERT_ID")] = None,
    report: Annotated[
        str | None, typer.Option(help="A report's address or guid, for one that did not alert.")
    ] = None,
    config: ConfigOption = None,
    data: DataOption = None,
    redis: RedisOption = None,
) -> None:
    """Judge a stored case again by the rules of its time: why it alerted, or what kept it quiet."""
    from tocsin.commands.casebook import explain_alert, explain_report  # noqa: PLC0415
    from tocsin.commands.mistakes import refuse  # noqa: PLC0415

    if (alert is None) == (report is None):
        refuse(["explain: name an alert id, or a report with --report"])

    async def work(store: Store) -> None:
        if alert is not None:
            await explain_alert(store, alert)
        elif report is not None:
            await explain_report(store, report)

    beside(work, config, data, redis)
