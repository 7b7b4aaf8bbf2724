"""Slack's incoming webhook: one message a report, within Block Kit's limits.

https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks
"""

from __future__ import annotations

from typing import Any, Literal

import orjson

from tocsin.net.session import Outbound
from tocsin.sinks.escape import cut, for_slack
from tocsin.sinks.message import Message, Words, words
from tocsin.sinks.parcel import Delivered, Outcome, Rejected, Retry
from tocsin.sinks.post import Answer, Unanswered, post_json
from tocsin.sinks.terms import SinkTerms

HEADER, SECTION, TEXT = 150, 3_000, 4_000  # characters, from Block Kit's reference

_PERMANENT = frozenset({"invalid_payload", "invalid_blocks", "no_text", "too_many_attachments"})
_DEAD = frozenset(
    {
        "no_service",
        "no_service_id",
        "no_team",
        "team_disabled",
        "channel_not_found",
        "channel_is_archived",
        "action_prohibited",
        "posting_to_general_channel_denied",
        "invalid_token",
        "user_not_found",
    }
)


class SlackSettings(SinkTerms):
    """A Slack channel. Its address is its secret."""

    kind: Literal["slack"]


class Slack:
    """Sends each message to one channel."""

    def __init__(self, settings: SlackSettings, outbound: Outbound) -> None:
        self.settings = settings
        self._outbound = outbound

    async def send(self, message: Message) -> Outcome:
        """Send it once."""
        body = orjson.dumps(payload(words(message)))
        return outcome(await post_json(self._outbound, self.settings, body))


def payload(said: Words) -> dict[str, Any]:
    """Blocks for the eye, `text` for push and screen readers. Feed text is never mrkdwn."""
    title = f"{said.level} · {said.title}"
    blocks: list[dict[str, Any]] = [
        {"type": "header", "text": _plain(title, HEADER)},
    ]
    detail = "\n".join(said.detail if len(title) <= HEADER else (title, *said.detail))
    if detail:
        blocks.append({"type": "section", "text": _plain(detail, SECTION)})
    if said.lines:
        blocks.append({"type": "section", "text": _plain(_fitting(said.lines, SECTION), SECTION)})
    context = [_plain(said.footer, SECTION)]
    if said.link is not None:
        address, host = said.link
        link = f"<{for_slack(address)}|{for_slack(host)}>"
        context.insert(0, {"type": "mrkdwn", "text": link, "verbatim": True})
    blocks.append({"type": "context", "elements": context})
    text = for_slack(cut("\n".join((title, *said.lines)), TEXT // 5))
    return {"text": text, "mrkdwn": False, "blocks": blocks, "unfurl_links": False}


def _plain(text: str, limit: int) -> dict[str, Any]:
    """A plain_text object: no formatting, no mentions; escaped, and within `limit` once escaped."""
    shown = for_slack(text)
    length = limit
    while len(shown) > limit:
        length -= len(shown) - limit if len(shown) - limit < length else length // 2
        shown = for_slack(cut(text, max(length, 1)))
    return {"type": "plain_text", "text": shown, "emoji": False}


def _fitting(lines: tuple[str, ...], limit: int) -> str:
    """As many whole lines as fit, and how many do not."""
    kept: list[str] = []
    room = limit - 40
    for line in lines:
        room -= len(for_slack(line)) + 1
        if room < 0:
            kept.append(f"… and {len(lines) - len(kept)} more")
            break
        kept.append(line)
    return "\n".join(kept)


def outcome(answer: Answer | Unanswered) -> Outcome:
    """Success is 200 and `ok`; Slack's own error words tell what will never pass (D22, D24)."""
    match answer:
        case Unanswered(reason):
            return Retry(reason)
        case Answer(200, body) if body.strip() == "ok":
            return Delivered(200)
        case Answer(410):
            return Rejected("gone", disable=True)
        case Answer(status, body):
            word = body.strip()[:60]
            if word in _DEAD:
                return Rejected(word, disable=True)
            if word in _PERMANENT:
                return Rejected(word)
            reason = "not_ok" if status == 200 else f"status_{status}"
            return Retry(reason, answer.after if answer.throttles else None)
