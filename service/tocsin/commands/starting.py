"""From what a user gave (arguments, settings, rules, feeds) to a plan, or every fault in it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from tocsin.commands.mistakes import refuse
from tocsin.duration import parse_duration
from tocsin.judging.rulebook import Rulebook, Site
from tocsin.logs import set_up_logs
from tocsin.plan import Plan
from tocsin.rules_in_force import RulesInForce
from tocsin.settings import Settings, load_settings
from tocsin.shelf.rules import load_rulebook
from tocsin.shelf.shipped import rules_home
from tocsin.subscriptions import addressed, subscribed


def prepare(
    urls: list[str],
    *,
    config: Path | None,
    data: Path | None,
    since: str | None,
    quiet: bool = False,
) -> tuple[Plan, RulesInForce]:
    """Settings, rules and feeds as a plan; any fault ends the program with its line (exit 2)."""
    settings = settings_from(config, data)
    # A terminal is told in readable lines of its own; the log's would say everything twice.
    spoken = quiet or settings.log.format == "console"
    set_up_logs(settings.log.format, "warning" if spoken else settings.log.level)
    rules = rules_from(settings)
    feeds = addressed(urls) if urls else subscribed(settings, rules_home())
    if isinstance(feeds, list):
        refuse(feeds)
    return (
        Plan(
            settings,
            feeds,
            clock=lambda: datetime.now(UTC),
            source=f"/tocsin/{settings.source}",
            since=_since(since),
        ),
        rules,
    )


def settings_from(config: Path | None, data: Path | None) -> Settings:
    """Settings from file and environment; `tocsin.yaml` of this folder where none is named."""
    here = Path("tocsin.yaml")
    settings = load_settings(config or (here if here.is_file() else None))
    if isinstance(settings, tuple):
        refuse(settings)
    return settings if data is None else settings.model_copy(update={"data": data})


def rules_from(settings: Settings) -> RulesInForce:
    """The rules that the settings name, whole (law 6)."""
    sites = tuple(Site(one.name, one.latitude, one.longitude) for one in settings.sites)
    folders = settings.rules or (rules_home(),)
    rulebook = load_rulebook(folders, sites=sites)
    if not isinstance(rulebook, Rulebook):
        refuse(rulebook)
    return RulesInForce(rulebook, folders, sites)


def _since(text: str | None) -> timedelta | None:
    if text is None:
        return None
    try:
        return parse_duration(text)
    except ValueError as error:
        refuse([f"--since: {error}"])
