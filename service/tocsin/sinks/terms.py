"""What every sink's settings share: its name, whom it is for, what it takes, where it may go."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import time, timedelta
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator, model_validator

from tocsin.duration import Duration
from tocsin.net.guard import Network, Refused, judge_url
from tocsin.sinks.filter import Filter

Readers = Literal["people", "machines"]


@dataclass(frozen=True, slots=True)
class Secret:
    """Where a secret comes from: written here, in a file, or in the environment.

    A file is read at every send, so that a rotated one is picked up (P9). Several lines of a file
    are several secrets, the newest first.
    """

    text: SecretStr | None = None
    file: Path | None = None
    env: str | None = None

    def lines(self) -> tuple[str, ...]:
        """All secrets, newest first. Raises ValueError if there is none; it never quotes one."""
        if self.text is not None:
            found, where = self.text.get_secret_value(), "as written"
        elif self.file is not None:
            found, where = _read(self.file), f"in {self.file.name}"
        elif self.env is not None:
            found, where = os.environ.get(self.env, ""), f"in the environment as {self.env}"
        else:
            raise ValueError("is missing: give it as it is, or with _file or _env added to its key")
        lines = tuple(line.strip() for line in found.splitlines() if line.strip())
        if not lines:
            raise ValueError(f"is empty {where}")
        return lines


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except OSError as error:
        raise ValueError(f"cannot be read from {file.name}: {error.strerror}") from None


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
