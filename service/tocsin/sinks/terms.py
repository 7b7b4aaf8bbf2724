"""What every sink's settings share: its name, whom it is for, what it takes, where it may go."""

from __future__ import annotations

from datetime import time, timedelta
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator, model_validator

from tocsin.duration import Duration
from tocsin.net.guard import Network, Refused, judge_url
from tocsin.secret import Secret
from tocsin.sinks.filter import Filter

Readers = Literal["people", "machines"]


class SinkTerms(BaseModel):
    """The settings that all sinks have.

    `cooldown`, `digest`, `catch_up` and `shift_notes` are kept with people only: how long a story
    rests after it was told, when quiet changes are told at the latest, after how long an outage one
    message tells all that was missed, and at which times of day (UTC) a note says that we are alive
    and what is open. `pace` is the least time between two messages. `allow` names private networks
    that this sink may be in. Where to post is given as `url`, or kept in a file or in the
    environment; it is treated as a secret, because for most channels it is one.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    name: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]
    filter: Filter = Filter()
    readers: Readers = Field(default="people", alias="for")
    cooldown: Duration = timedelta(minutes=30)
    digest: Duration = timedelta(hours=4)
    catch_up: Duration = timedelta(minutes=30)
    shift_notes: tuple[time, ...] = (time(6), time(18))
    pace: Duration = timedelta(seconds=1)
    allow: tuple[str, ...] = ()
    rehearsal: bool = False
    url: SecretStr | None = None
    url_file: Path | None = None
    url_env: str | None = None

    @field_validator("allow")
    @classmethod
    def _are_networks(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for network in value:
            ip_network(network)
        return value

    @model_validator(mode="after")
    def _has_an_address(self) -> Self:
        try:
            url = self.address.lines()[0]
        except ValueError as error:
            raise ValueError(f"url {error}") from None
        match judge_url(url, self.networks):
            case Refused(reason):
                raise ValueError(f"url is refused ({reason}): give a plain http(s) address")
            case _:
                return self

    @property
    def address(self) -> Secret:
        """Where to post."""
        return Secret(text=self.url, file=self.url_file, env=self.url_env)

    @property
    def networks(self) -> tuple[Network, ...]:
        """The private networks it may be in."""
        return tuple(ip_network(network) for network in self.allow)
