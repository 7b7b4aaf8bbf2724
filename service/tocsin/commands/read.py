"""`tocsin read`: text in, facts out; as marked text for people, as JSON lines for machines."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

#: A first line of so many characters or fewer, without a full stop, is a title.
_TITLE = 160
_STANDARD_INPUT = Path("-")


def read(
    files: Annotated[
        list[Path] | None, typer.Argument(help="Files to read; standard input if none, or -.")
    ] = None,
    *,
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help="One report a line in, one reading a line out.")
    ] = False,
) -> None:
    """Read reports: who claims how many, what was struck, which truce changed."""
    from tocsin.rules_in_force import load_reading  # noqa: PLC0415 — fast --help

    sources = list(_readable(files or []))
    lexicon = load_reading()
    faults = 0
    if jsonl:
        faults = _stream(sources, lexicon)
    else:
        _show(sources, lexicon)
    if faults or len(sources) < len(files or []):
        raise typer.Exit(2)


def _stream(sources: Sequence[Path | None], lexicon: Any) -> int:
    """Read JSON lines to JSON lines, in order; a bad line is told on stderr and skipped."""
    import orjson  # noqa: PLC0415 — fast --help

    from tocsin.reading.read import read as read_report  # noqa: PLC0415 — fast --help
    from tocsin.rehearsal.rows import report_of  # noqa: PLC0415 — fast --help

    faults = 0
    for name, number, line in _lines(sources):
        try:
            row = orjson.loads(line)
            report = replace(report_of(row), id=str(row.get("id", "")))
        except (ValueError, TypeError) as error:
            typer.echo(f"{name}:{number}: {error}", err=True)
            faults += 1
            continue
        reading = read_report(report, lexicon)
        sys.stdout.buffer.write(orjson.dumps(reading, option=orjson.OPT_APPEND_NEWLINE))
        sys.stdout.buffer.flush()
    return faults


def _lines(sources: Sequence[Path | None]) -> Iterator[tuple[str, int, bytes]]:
    for path in sources:
        with path.open("rb") if path else sys.stdin.buffer as source:
            for number, line in enumerate(source, 1):
                if line.strip():
                    yield str(path or "standard input"), number, line


def _readable(files: Sequence[Path]) -> Iterator[Path | None]:
    """The sources to read, None for standard input; of a file that cannot be read it is told."""
    for path in files or [_STANDARD_INPUT]:
        try:
            if path != _STANDARD_INPUT:
                path.open("rb").close()
        except OSError as error:
            typer.echo(f"{path}: cannot be read: {error.strerror}", err=True)
        else:
            yield None if path == _STANDARD_INPUT else path


def _show(sources: Sequence[Path | None], lexicon: Any) -> None:
    """Show each file, or standard input, as marked text; a short first line is its title."""
    from rich.console import Console  # noqa: PLC0415 — fast --help

    from tocsin.commands.marked import show  # noqa: PLC0415 — fast --help
    from tocsin.reading.read import read as read_report  # noqa: PLC0415 — fast --help
    from tocsin.reading.report import Report  # noqa: PLC0415 — fast --help

    console = Console()
    for path in sources:
        text = path.read_text(encoding="utf-8", errors="replace") if path else sys.stdin.read()
        first, _, rest = text.strip().partition("\n")
        titled = bool(rest.strip()) and len(first) <= _TITLE and not first.rstrip().endswith(".")
        report = Report(
            id=str(path or "standard input"),
            title=first.strip() if titled else "",
            text=rest.strip() if titled else text.strip(),
            published=datetime.now(UTC),
        )
        show(report, read_report(report, lexicon), console)
