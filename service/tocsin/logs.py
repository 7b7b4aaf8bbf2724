"""The log: one line an event, no matter what a feed puts into a title, and no secret in any line.

An event is named `area.what` ("poll.failed") and carries its facts as fields. Reasons are the same
words that metrics and `explain` use.
"""

from __future__ import annotations

import logging
import re
import sys
import unicodedata
from collections.abc import Collection
from typing import Any, Literal, TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

LogFormat = Literal["console", "json"]
LogLevel = Literal["debug", "info", "warning", "error"]

_HIDDEN = "***"
#: Names of fields, headers and query parameters whose value is never written.
_SECRET_NAME = re.compile(
    r"(?i)^(?:.*[-_])?(?:authorization|token|secret|password|signature|sig|api[-_]?key|cookie)$"
)
#: A query's value, a userinfo, a signing secret, a bearer, and the paths that are secrets.
_SECRET_PARTS = (
    (re.compile(r"(?i)([?&](?:[\w-]*(?:token|secret|key|sig|signature|code|pass\w*))=)[^&\s\"']+"),
     rf"\1{_HIDDEN}"),
    (re.compile(r"(?i)\b([a-z][a-z0-9+.-]*://)[^/\s@\"']+@"), rf"\1{_HIDDEN}@"),
    (re.compile(r"\b(?:whsec|whsk)_[A-Za-z0-9+/=_-]+"), _HIDDEN),
    (re.compile(r"(?i)\b(bearer|basic) +[A-Za-z0-9+/=._~-]{6,}"), rf"\1 {_HIDDEN}"),
    (re.compile(r"(?i)(//hooks\.slack\.com/)[^\s\"']+"), rf"\1{_HIDDEN}"),
)  # fmt: skip
_LONGEST = 2_000


def set_up_logs(
    form: LogFormat = "console",
    level: LogLevel = "info",
    secrets: Collection[str] = (),
    to: TextIO | None = None,
) -> None:
    """Send our own log and that of the libraries to one place (standard error), in one form.

    `secrets` are values that are blotted out wherever they stand; those shorter than six
    characters are left, for they would blot out words.
    """
    to = to or sys.stderr
    before: list[Processor] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        as_field,
        hide(secrets),
        one_line,
    ]
    structlog.configure(
        processors=[*before, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
    shown: Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if form == "json"
        else structlog.dev.ConsoleRenderer(colors=to.isatty(), pad_event_to=0)
    )
    handler = logging.StreamHandler(to)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=before,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, shown],
        )
    )
    logging.basicConfig(handlers=[handler], level=level.upper(), force=True)
    for chatty in ("asyncio", "aiohttp", "apscheduler", "trafilatura", "htmldate"):
        logging.getLogger(chatty).setLevel(logging.WARNING)


def as_field(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """A traceback is a field like any other, so that it stays on the line of its event."""
    if "exception" in event:
        event["traceback"] = event.pop("exception")
    return event


def one_line(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Escape what would end a line, move the cursor, or hide from the eye; cut what is endless."""
    return {key: _walk(value, escaped) for key, value in event.items()}


def hide(secrets: Collection[str] = ()) -> Processor:
    """A processor that blots out secrets: by the field's name, by shape, and those given."""
    known = sorted((each for each in secrets if len(each) >= 6), key=len, reverse=True)

    def blot(text: str) -> str:
        for secret in known:
            text = text.replace(secret, _HIDDEN)
        for shape, instead in _SECRET_PARTS:
            text = shape.sub(instead, text)
        return text

    def processor(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
        return {
            key: _HIDDEN if _SECRET_NAME.match(key) and value else _walk(value, blot)
            for key, value in event.items()
        }

    return processor


def escaped(text: str) -> str:
    r"""`text` on one line: a line feed becomes `\n`, ESC `\x1b`, a bidi override `\u202e`."""
    cut = text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
    if cut.isprintable():
        return cut
    return "".join(char if _harmless(char) else _code(char) for char in cut)


def _harmless(char: str) -> bool:
    return char == " " or unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Zl", "Zp")


def _code(char: str) -> str:
    return char.encode("unicode_escape").decode("ascii")


def _walk(value: Any, change: Any) -> Any:
    """`value` with `change` applied to each text in it, at any depth."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {_walk(key, change): _walk(each, change) for key, each in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_walk(each, change) for each in value]
    if value is None or isinstance(value, (bool, int, float)):
        return value
    return change(str(value))
