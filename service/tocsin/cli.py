"""The commands. Each lives in its own file under `commands/`; this one only names them."""

from __future__ import annotations

import typer

from tocsin.commands.backtest import backtest
from tocsin.commands.check import check
from tocsin.commands.deliveries import deliveries
from tocsin.commands.demo import demo
from tocsin.commands.explain import explain
from tocsin.commands.export import export
from tocsin.commands.feeds import feeds
from tocsin.commands.read import read
from tocsin.commands.run import run
from tocsin.commands.silence import mute, retract, unmute
from tocsin.commands.tail import tail
from tocsin.commands.test import run_tests

app = typer.Typer(
    name="tocsin",
    help="An alert feed for people who watch wars.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.callback()
def root() -> None:
    """An alert feed for people who watch wars."""


app.command()(run)
app.command()(demo)
app.command()(check)
app.command()(read)
app.command()(backtest)
app.command("test")(run_tests)
app.command()(explain)
app.command()(tail)
app.command()(mute)
app.command()(unmute)
app.command()(retract)
app.command()(export)
app.add_typer(feeds)
app.add_typer(deliveries)


def main() -> None:
    """Run the command line; a user's mistake ends with one clear line and exit code 2."""
    app()
