"""All kinds of sinks, as settings name them by `kind`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Protocol, assert_never

from pydantic import Field

from tocsin.net.session import Outbound
from tocsin.sinks.message import Message
from tocsin.sinks.parcel import Outcome
from tocsin.sinks.slack import Slack, SlackSettings
from tocsin.sinks.teams import Teams, TeamsSettings
from tocsin.sinks.webhook import Webhook, WebhookSettings

SinkSettings = Annotated[
    WebhookSettings | SlackSettings | TeamsSettings, Field(discriminator="kind")
]


class Sink(Protocol):
    """Where alerts go. A sink sends one message once and says what became of it."""

    @property
    def settings(self) -> WebhookSettings | SlackSettings | TeamsSettings:
        """What it was built from."""

    async def send(self, message: Message) -> Outcome:
        """Send once; a failure of the other side is an outcome, never an exception."""


def build_sink(
    settings: WebhookSettings | SlackSettings | TeamsSettings,
    outbound: Outbound,
    clock: Callable[[], datetime],
) -> Sink:
    """The sink that these settings describe."""
    match settings:
        case WebhookSettings():
            return Webhook(settings, outbound, clock)
        case SlackSettings():
            return Slack(settings, outbound)
        case TeamsSettings():
            return Teams(settings, outbound)
        case _:
            assert_never(settings)
