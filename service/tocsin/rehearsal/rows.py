"""Reports as JSON objects, one a line: the input form of `tocsin read` and `tocsin backtest`."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from tocsin.reading.report import Report, version_of


def report_of(row: Any, *, feed: str | None = None) -> Report:
    """A report from one object: `id` or `guid`, any of `title`, `summary`, `text`.

    `published` or `date` in any ISO form; `url`, `publisher` and `language` are optional, unknown
    fields are ignored. Rows of one guid are versions of one report. Raises ValueError that says
    what is missing.
    """
    if not isinstance(row, dict):
        raise ValueError("is no JSON object")  # noqa: TRY004 — told as a bad line
    title, summary, text = (_text(row, name) for name in ("title", "summary", "text"))
    if not (title or summary or text):
        raise ValueError("has none of title, summary and text")
    guid = _text(row, "guid") or _text(row, "id")
    return Report(
        id=guid,
        title=title,
        summary=summary,
        text=text,
        published=moment(row.get("published") or row.get("date")),
        guid=guid,
        url=_text(row, "url") or None,
        language=_text(row, "language") or None,
        publisher=_text(row, "publisher") or None,
        credit=_text(row, "credit") or None,
        feed=feed,
        version=version_of(title, summary, text),
    )


def moment(value: Any) -> datetime | None:
    """A time in any ISO form, as UTC (which is also taken where it names no zone), or None."""
    if not isinstance(value, str):
        return None
    text = value.strip()
    for form in (text, f"{text}-01", f"{text}-01-01"):
        try:
            when = datetime.fromisoformat(form)
        except ValueError:
            continue
        return when.astimezone(UTC) if when.tzinfo else when.replace(tzinfo=UTC)
    return None


def _text(row: dict[str, Any], name: str) -> str:
    value = row.get(name)
    return "" if value is None else str(value)
