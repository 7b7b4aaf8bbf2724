"""`tocsin.yaml`, the environment and secret files → `Settings`.

Order of weight: the environment (`TOCSIN_REDIS__URL`, two underscores a level), then the file, then
the defaults here. Every fault of a file is told with file, line and how to mend it.
"""

from __future__ import annotations

import re
from datetime import timedelta
from difflib import get_close_matches
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Any, Literal, Self, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from tocsin.duration import Duration
from tocsin.ledger.keys import ALERT_KEPT, REPORT_KEPT, STREAM_KEPT, Keys
from tocsin.secret import kept_under
from tocsin.shelf.fault import Fault, Loaded
from tocsin.shelf.yaml_source import load_yaml
from tocsin.sinks.settings import SinkSettings

_HEADER = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+\s*:[^\x00-\x08\x0a-\x1f\x7f]*")  # RFC 9110, 5.1


def _only_here(host: str) -> bool:
    """Whether nothing but this machine reaches what listens on `host`."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class _Part(BaseModel):
    """A part of the settings: unknown keys are faults, values do not change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class RedisSettings(_Part):
    """The operator's own Redis or Valkey; without `url`, Tocsin runs its embedded server."""

    url: str | None = None
    url_file: Path | None = None
    prefix: Annotated[str, Field(pattern=r"^[A-Za-z0-9._-]{1,40}$")] = "tocsin"

    @model_validator(mode="after")
    def _is_readable(self) -> Self:
        self.address()
        return self

    def address(self) -> str | None:
        """The address with its password; None for the embedded server."""
        return next(iter(kept_under("url", self.url, self.url_file)), None)


class FeedSettings(_Part):
    """One feed to poll, and what is particular to it.

    `headers_file` keeps what a publisher gave to us alone out of here: `Name: value` lines, read at
    the start.
    """

    url: str
    name: str | None = None
    publisher: str | None = None
    every: Duration | None = None
    allow: tuple[str, ...] = ()
    headers: dict[str, str] = Field(default_factory=dict)
    headers_file: Path | None = None
    verify: bool = True
    full_text: bool = False

    @model_validator(mode="after")
    def _has_headers(self) -> Self:
        self.all_headers()
        return self

    def all_headers(self) -> dict[str, str]:
        """What is sent with every request; the file's outweigh those written here."""
        kept = kept_under("headers_file", None, self.headers_file)
        for number, line in enumerate(kept, 1):
            if not _HEADER.fullmatch(line):
                raise ValueError(f"headers_file, entry {number}, is no header: write `Name: value`")
        pairs = (line.partition(":") for line in kept)
        return self.headers | {name: value.strip() for name, _, value in pairs}


class PollingSettings(_Part):
    """How often feeds are asked, and how much of them is taken.

    `block` are hosts that are never asked, whatever leads there. `own_hosts` are the operator's own
    that serve many feeds: a 429 pauses the one feed there, and not the host.
    """

    fastest: Duration = timedelta(minutes=5)
    slowest: Duration = timedelta(minutes=15)
    at_once: Annotated[int, Field(ge=1, le=200)] = 50
    per_host: Annotated[int, Field(ge=1, le=50)] = 2
    deadline: Duration = timedelta(seconds=30)
    max_bytes: Annotated[int, Field(ge=10_000)] = 10_000_000
    contact: str = "https://tocsin.invalid/contact"
    workers: Annotated[int, Field(ge=1, le=16)] = 1
    block: tuple[str, ...] = ()
    own_hosts: tuple[str, ...] = ()


class SiteSettings(_Part):
    """A place of your own that rules may measure from; it is in nothing that we send."""

    name: str
    latitude: Annotated[float, Field(ge=-90, le=90)]
    longitude: Annotated[float, Field(ge=-180, le=180)]


class ApiSettings(_Part):
    """Where API and pages are served. Another host than loopback asks for a token."""

    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] | None = None
    token: str | None = None
    token_file: Path | None = None
    hosts: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _is_guarded(self) -> Self:
        if self.secret() is None and not _only_here(self.host):
            raise ValueError(
                f"host {self.host} is reached from other machines and there is no token: set "
                "token_file, or host to 127.0.0.1"
            )
        return self

    def secret(self) -> str | None:
        """What a caller has to present; None where nothing is asked."""
        return next(iter(kept_under("token", self.token, self.token_file)), None)


class LogSettings(_Part):
    """How the log is written."""

    format: Literal["console", "json"] = "console"
    level: Literal["debug", "info", "warning", "error"] = "info"


class KeepSettings(_Part):
    """How long things are kept (see `docs/architecture.md`)."""

    stream: Duration = STREAM_KEPT
    reports: Duration = REPORT_KEPT
    alerts: Duration = ALERT_KEPT

    @model_validator(mode="after")
    def _keeps_what_is_out(self) -> Self:
        if self.alerts < self.stream:
            raise ValueError("alerts are kept for less time than stream: raise alerts")
        return self


class Settings(BaseSettings):
    """All that can be set. Times are durations (`30s`, `5m`, `6h`, `7d`)."""

    model_config = SettingsConfigDict(
        extra="forbid", frozen=True, env_prefix="TOCSIN_", env_nested_delimiter="__"
    )

    source: Annotated[str, Field(pattern=r"^[a-z0-9-]{1,40}$")] = "default"
    data: Path = Path("data")
    redis: RedisSettings = RedisSettings()
    rules: tuple[Path, ...] = ()
    opml: tuple[Path, ...] = ()
    feeds: tuple[FeedSettings, ...] = ()
    sites: tuple[SiteSettings, ...] = ()
    polling: PollingSettings = PollingSettings()
    sinks: tuple[SinkSettings, ...] = ()
    api: ApiSettings = ApiSettings()
    log: LogSettings = LogSettings()
    keep: KeepSettings = KeepSettings()
    drain: Duration = timedelta(seconds=20)

    def keys(self) -> Keys:
        """The ledger's keys, and how long what they hold is kept."""
        return Keys(self.redis.prefix, self.keep.alerts, self.keep.reports)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Let the environment outweigh the file; nothing else is a source."""
        del settings_cls, dotenv_settings, file_secret_settings
        return env_settings, init_settings


def load_settings(path: Path | None) -> Settings | tuple[Fault, ...]:
    """Read settings from `path` (None: only environment and defaults), or say every fault."""
    loaded = Loaded("the environment", {}) if path is None else load_yaml(path)
    if isinstance(loaded, list):
        return tuple(loaded)
    given = {} if loaded.value is None else loaded.value
    if not isinstance(given, dict):
        return (loaded.fault((), "is not a mapping of settings", "Write `key: value` lines."),)
    try:
        return Settings(**given)
    except ValidationError as error:
        return tuple(_fault(loaded, detail) for detail in error.errors(include_url=False))
    except ValueError as error:  # pydantic-settings on an environment value that is not JSON
        return (Fault("the environment", None, " ".join(str(error).split())),)


def _fault(loaded: Loaded, detail: ErrorDetails) -> Fault:
    """One fault of pydantic's as file, line, what and mend."""
    path = _written(loaded.value, detail["loc"])
    source = loaded if path or loaded.value else Loaded("the environment", {})
    name = ".".join(str(part) for part in detail["loc"])
    match detail["type"]:
        case "extra_forbidden":
            near = get_close_matches(str(detail["loc"][-1]), _known(detail["loc"][:-1]), n=1)
            mend = f"Did you mean `{near[0]}`?" if near else "Remove it, or see deploy/tocsin.yaml."
            return source.fault(path, f"unknown setting `{name}`", mend)
        case "missing":
            return source.fault(path, f"`{name}` is missing", "Add it.")
        case _:
            said = detail["msg"].removeprefix("Value error, ")
            return source.fault(path, f"`{name}`: {said[:1].lower()}{said[1:]}")


def _written(value: Any, loc: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """The part of pydantic's `loc` that stands in the file (a union's tag does not)."""
    path: list[str | int] = []
    for part in loc:
        in_list = isinstance(value, list) and isinstance(part, int) and part < len(value)
        if in_list or (isinstance(value, dict) and part in value):
            value = value[part]
            path.append(part)
    return tuple(path)


def _known(loc: tuple[str | int, ...]) -> list[str]:
    """The names that a part of the settings takes, for "did you mean"."""
    part: Any = Settings
    for step in loc:
        if isinstance(step, int) or not hasattr(part, "model_fields"):
            continue
        field = part.model_fields.get(step)
        inner = getattr(field, "annotation", None)
        part = next((a for a in (inner, *get_args(inner)) if hasattr(a, "model_fields")), inner)
    return [*getattr(part, "model_fields", {})]
