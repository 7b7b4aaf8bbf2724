"""Microsoft Teams through a Workflows webhook: one adaptive card a report.

Feed text stands in text runs, which know no markdown; nothing has to be escaped (H15).
https://adaptivecards.io/explorer/RichTextBlock.html
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Literal

import orjson

from tocsin.duration import Duration
from tocsin.net.session import Outbound
from tocsin.sinks.message import Message, Words, words
from tocsin.sinks.parcel import Delivered, Outcome, Rejected, Retry
from tocsin.sinks.post import Answer, Unanswered, post_json
from tocsin.sinks.terms import SinkTerms

LARGEST = 24_000  # bytes of the envelope; Teams takes about 28 kB with its own markup
_CARD = "application/vnd.microsoft.card.adaptive"
_SCHEMA = "http://adaptivecards.io/schemas/adaptive-card.json"
_COLOURS = {"CRITICAL": "attention", "HIGH": "warning"}


class TeamsSettings(SinkTerms):
    """A Teams channel behind a workflow. The address holds its signature: it is the secret.

    A workflow takes about 25 posts in five minutes, so its pace is 12 seconds.
    """

    kind: Literal["teams"]
    pace: Duration = timedelta(seconds=12)


class Teams:
    """Sends each message to one channel."""

    def __init__(self, settings: TeamsSettings, outbound: Outbound) -> None:
        self.settings = settings
        self._outbound = outbound

    async def send(self, message: Message) -> Outcome:
        """Send it once."""
        body = envelope(words(message))
        return outcome(await post_json(self._outbound, self.settings, body))


def envelope(said: Words) -> bytes:
    """The message with its card; lines that do not fit are counted, not cut (D23)."""
    shown = len(said.lines)
    while True:
        body = orjson.dumps(_wrapped(_card(said, said.lines[:shown])))
        if len(body) <= LARGEST or shown == 0:
            return body
        shown = shown * 3 // 4


def _wrapped(card: dict[str, Any]) -> dict[str, Any]:
    attachment = {"contentType": _CARD, "contentUrl": None, "content": card}
    return {"type": "message", "attachments": [attachment]}


def _card(said: Words, lines: tuple[str, ...]) -> dict[str, Any]:
    colour = _COLOURS.get(said.level, "default")
    body = [
        _run(f"{said.level} · {said.title}", size="large", weight="bolder", color=colour),
        *(_run(detail) for detail in said.detail),
        *(_run(line) for line in lines),
    ]
    if len(lines) < len(said.lines):
        body.append(_run(f"… and {len(said.lines) - len(lines)} more"))
    body.append(_run(said.footer, size="small", isSubtle=True))
    card: dict[str, Any] = {
        "$schema": _SCHEMA,
        "type": "AdaptiveCard",
        "version": "1.4",
        "msteams": {"width": "Full"},
        "body": body,
    }
    if said.link is not None:
        address, host = said.link
        card["actions"] = [{"type": "Action.OpenUrl", "title": host, "url": address}]
    return card


def _run(text: str, **look: Any) -> dict[str, Any]:
    return {"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": text, **look}]}


def outcome(answer: Answer | Unanswered) -> Outcome:
    """2xx is accepted (202 says no more), unless an error stands in its body (D23, D24)."""
    match answer:
        case Unanswered(reason):
            return Retry(reason)
        case Answer(status, body) if 200 <= status < 300:
            # The older endpoint answers 200 and tells of throttling in words.
            if "HTTP error 429" in body or "Microsoft Teams endpoint returned" in body:
                return Retry("throttled_in_body", timedelta(seconds=60))
            if '"error"' in body[:2_000]:
                return Retry("error_in_body")
            return Delivered(status)
        case Answer(404 | 410 as status):
            return Rejected("gone" if status == 410 else "no_workflow", disable=True)
        case Answer(400 | 413 as status):
            return Rejected(f"status_{status}")
        case Answer(status):
            return Retry(f"status_{status}", answer.after if answer.throttles else None)
