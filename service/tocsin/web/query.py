"""What a request asks, checked: one clear line for every fault, and 400."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, TypeVar

from multidict import MultiMapping
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from tocsin.judging.rulebook import SEVERITY_NUMBER, Severity
from tocsin.web.history import Wish

Sequence = Annotated[str, Field(pattern=r"^[0-9]{1,15}(-[0-9]{1,15})?$")]


class BadRequestError(Exception):
    """A request that cannot be answered as it stands; its message is for the one who sent it."""


class _Query(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Filter(_Query):
    """What alerts may be asked by."""

    type: Annotated[
        str | None, Field(pattern=r"^tocsin(\.[a-z]{1,20}){1,3}$", description="An alert's type.")
    ] = None
    theatre: Annotated[
        str | None, Field(pattern=r"^[a-z0-9-]{1,60}$", description="A theatre's id.")
    ] = None
    severity_min: Annotated[Severity | None, Field(description="This level and graver.")] = None
    subject: Annotated[
        str | None, Field(min_length=1, max_length=400, description="A whole subject.")
    ] = None


class AlertsQuery(Filter):
    """`GET /v1/alerts`."""

    after: Annotated[Sequence | None, Field(description="Only later than this sequence.")] = None
    until: Annotated[Sequence | None, Field(description="Up to this sequence, included.")] = None
    limit: Annotated[int, Field(ge=1, le=1000, description="At most so many.")] = 100


class EventsQuery(Filter):
    """`GET /v1/events`; the header `Last-Event-ID` outweighs `after`."""

    after: Annotated[Sequence | None, Field(description="Go on after this sequence.")] = None


class SeriesQuery(_Query):
    """`GET /v1/series/{subject}`."""

    as_of: Annotated[
        AwareDatetime | None, Field(description="As it was known at this moment, with an offset.")
    ] = None


class PageQuery(_Query):
    """`GET /`."""

    severity_min: Severity | None = None
    theatre: Annotated[str | None, Field(pattern=r"^[a-z0-9-]{1,60}$")] = None


class NoQuery(_Query):
    """An address that takes no parameters."""


_Q = TypeVar("_Q", bound=_Query)


def checked(model: type[_Q], given: MultiMapping[str]) -> _Q:
    """The query as `model`; raises BadRequestError with one line that names the parameter."""
    single: dict[str, str] = {}
    for name in given:
        if len(given.getall(name)) > 1:
            raise BadRequestError(f"{_short(name)}: given more than once")
        single[name] = given[name]
    unknown = sorted(set(single) - set(model.model_fields))
    if unknown:
        known = ", ".join(model.model_fields) or "none"
        raise BadRequestError(f"{_short(unknown[0])}: no such parameter; there are: {known}")
    try:
        return model.model_validate(single)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        name = str(first["loc"][0])
        raise BadRequestError(f"{name}: {_lowered(first['msg'])}") from None


def wish(query: AlertsQuery | EventsQuery) -> Wish:
    """The query as the history reader takes it."""
    level = query.severity_min
    return Wish(
        after=query.after,
        until=query.until if isinstance(query, AlertsQuery) else None,
        type=query.type,
        theatre=query.theatre,
        severity_min=None if level is None else SEVERITY_NUMBER[level],
        subject=query.subject,
        limit=query.limit if isinstance(query, AlertsQuery) else 500,
    )


def last_event(headers: Mapping[str, str], query: EventsQuery) -> EventsQuery:
    """The query with `Last-Event-ID`, which a browser sends when it comes back."""
    last = headers.get("Last-Event-ID")
    if not last:
        return query
    try:
        return EventsQuery.model_validate({**query.model_dump(), "after": last})
    except ValidationError:
        raise BadRequestError("Last-Event-ID: not a sequence that this stream gave") from None


def utc(moment: datetime | None) -> datetime | None:
    """The moment in UTC; raises BadRequestError for one that has none (the year 0, or 10000)."""
    try:
        return None if moment is None else moment.astimezone(UTC)
    except OverflowError:
        raise BadRequestError("as_of: not a moment that there is in UTC") from None


def _short(name: str) -> str:
    return name[:40].encode("ascii", "backslashreplace").decode()


def _lowered(message: str) -> str:
    return message[:1].lower() + message[1:]
