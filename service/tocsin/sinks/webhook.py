"""A webhook: the CloudEvent as body, under Standard Webhooks headers.

https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
"""

from __future__ import annotations

import binascii
from base64 import b64decode
from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Literal, Self

import orjson
from pydantic import Field, SecretStr, model_validator
from standardwebhooks import Webhook as Signer

from tocsin.duration import Duration
from tocsin.net.session import Outbound
from tocsin.secret import Secret
from tocsin.sinks.message import Message
from tocsin.sinks.parcel import Delivered, Outcome, Rejected, Retry, body_of
from tocsin.sinks.post import Answer, Unanswered, post
from tocsin.sinks.terms import Readers, SinkTerms

LARGEST = 20_000  # bytes of a body (Standard Webhooks: "aim for less than 20 kB")
CONTENT_TYPE = "application/cloudevents+json; charset=utf-8"


class WebhookSettings(SinkTerms):
    """A webhook. Two secrets (two lines of the file) sign both, for a rotation without a gap."""

    kind: Literal["webhook"]
    readers: Readers = Field(default="machines", alias="for")
    pace: Duration = timedelta(0)
    secret: SecretStr | None = None
    secret_file: Path | None = None
    secret_env: str | None = None
    headers: dict[Annotated[str, Field(pattern=r"^[A-Za-z0-9-]{1,60}$")], SecretStr] = Field(
        default_factory=dict
    )

    @property
    def secrets(self) -> Secret:
        """What to sign with, newest first."""
        return Secret(text=self.secret, file=self.secret_file, env=self.secret_env)

    @model_validator(mode="after")
    def _can_be_signed(self) -> Self:
        try:
            for line in self.secrets.lines():
                _signer(line)
        except ValueError as error:
            raise ValueError(f"secret {error}") from None
        own = [name for name in self.headers if name.lower().startswith(("webhook-", "content-"))]
        if own:
            raise ValueError(f"header {own[0]} is Tocsin's own: take it out")
        return self


def _signer(secret: str) -> Signer:
    """Raises ValueError, without a word of the secret, unless it is `whsec_` and 24–64 bytes."""
    try:
        raw = b64decode(secret.removeprefix("whsec_") + "==", validate=False)
    except binascii.Error:
        raw = b""
    if not secret.startswith("whsec_") or not 24 <= len(raw) <= 64:
        raise ValueError("is no Standard Webhooks secret: whsec_ and 24 to 64 bytes in base64")
    return Signer(secret)


class Webhook:
    """Sends each message as one signed POST."""

    def __init__(
        self, settings: WebhookSettings, outbound: Outbound, clock: Callable[[], datetime]
    ) -> None:
        self.settings = settings
        self._outbound = outbound
        self._clock = clock

    async def send(self, message: Message) -> Outcome:
        """Send the lead alert; one fold of several names the others in `folded` (people only)."""
        try:
            url, secrets = self.settings.address.lines()[0], self.settings.secrets.lines()
            signers = [_signer(secret) for secret in secrets]
        except ValueError:
            return Retry("secret_unreadable")
        body, name = packed(message)
        headers = {
            **{key: value.get_secret_value() for key, value in self.settings.headers.items()},
            **signed(signers, name, body, self._clock()),
            "Content-Type": CONTENT_TYPE,
        }
        answer = await post(self._outbound, url, body, headers, allow=self.settings.networks)
        return outcome(answer)


def packed(message: Message) -> tuple[bytes, str]:
    """The body and its `webhook-id`: of one alert its own id, the same at every attempt (D2)."""
    body = body_of(message.lead, LARGEST)
    others = message.ids[1:]
    if not others:
        return body, message.lead.id
    event = orjson.loads(body) | {"folded": ",".join(others)}
    return orjson.dumps(event), sha256(",".join(message.ids).encode()).hexdigest()[:32]


def signed(signers: list[Signer], name: str, body: bytes, now: datetime) -> dict[str, str]:
    """The three headers. The signature is over exactly the bytes of `body`."""
    text = body.decode()
    return {
        "webhook-id": name,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": " ".join(signer.sign(name, now, text) for signer in signers),
    }


def outcome(answer: Answer | Unanswered) -> Outcome:
    """2xx is success, 410 switches the sink off; all else is tried again (D4–D7)."""
    match answer:
        case Unanswered(reason):
            return Retry(reason)
        case Answer(status) if 200 <= status < 300:
            return Delivered(status)
        case Answer(410):
            return Rejected("gone", disable=True)
        case Answer(status):
            reason = "redirected" if 300 <= status < 400 else f"status_{status}"
            return Retry(reason, answer.after if answer.throttles else None)
