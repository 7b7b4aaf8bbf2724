"""The log keeps to one line an event, and writes no secret."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from tocsin.logs import escaped, set_up_logs


@pytest.fixture
def restored() -> Iterator[None]:
    """Logging as it was before."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers, root.level = handlers, level
    structlog.reset_defaults()


@pytest.mark.usefixtures("restored")
def test_a_title_cannot_forge_a_line() -> None:
    """Line feeds, escapes, quotes and bidi marks of a title stay within their field (H12, H17)."""
    title = 'Calm"\n{"event": "poll.done"}\x1b[2J\u202egnirb\u2028end'
    written = io.StringIO()
    set_up_logs("json", to=written)
    structlog.get_logger("t").info("report.committed", title=title)
    lines = written.getvalue().splitlines()
    assert len(lines) == 1
    said = json.loads(lines[0])
    assert said["event"] == "report.committed"
    assert said["title"] == escaped(title)
    assert escaped(title).isprintable()


@pytest.mark.usefixtures("restored")
def test_console_is_one_line_too() -> None:
    """Also for people, and also for a bug's traceback (H12)."""
    written = io.StringIO()
    set_up_logs("console", to=written)
    log = structlog.get_logger("t")
    log.info("report.committed", title="a\nb")
    try:
        int("one\ntwo")
    except ValueError:
        log.exception("poll.bug")
    assert len(written.getvalue().splitlines()) == 2


@pytest.mark.usefixtures("restored")
@pytest.mark.parametrize(
    "field",
    [
        {"url": "https://user:hunter22@feed.example/rss"},
        {"url": "https://flow.example/x?api-version=1&sig=hunter22&v=2"},
        {"headers": {"Authorization": "Bearer hunter22"}},
        {"token": "hunter22"},
        {"error": "POST https://hooks.slack.com/services/T0/B0/hunter22 failed"},
        {"error": "bad secret whsec_hunter22"},
        {"anything": ["deep", {"in": "a list: hunter22-of-the-settings"}]},
    ],
)
def test_no_secret_is_written(field: dict[str, object]) -> None:
    """Neither in addresses, headers, errors nor values that settings know (D27)."""
    written = io.StringIO()
    set_up_logs("json", secrets=["hunter22-of-the-settings"], to=written)
    structlog.get_logger("t").warning("delivery.failed", **field)
    assert "hunter22" not in written.getvalue()


@pytest.mark.usefixtures("restored")
def test_libraries_write_the_same_form() -> None:
    """What a library logs comes out as a line of ours."""
    written = io.StringIO()
    set_up_logs("json", to=written)
    logging.getLogger("apscheduler").warning("two\nlines")
    said = json.loads(written.getvalue())
    assert (said["event"], said["level"]) == ("two\\nlines", "warning")


def test_the_endless_is_cut() -> None:
    """A megabyte of title is not a megabyte of log."""
    assert len(escaped("x" * 1_000_000)) < 3_000
