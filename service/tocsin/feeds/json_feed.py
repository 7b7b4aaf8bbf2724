"""JSON Feed 1.0 and 1.1 (jsonfeed.org): read through a small model of what we need."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

import orjson
from pydantic import BaseModel, BeforeValidator, Field, ValidationError

from tocsin.feeds.entries import ParsedFeed, Raw, Unparseable, distinct, entry_of, language_tag
from tocsin.feeds.gate import ITEMS
from tocsin.feeds.plain import one_line


def _lenient_text(value: Any) -> str:
    """Ids are sometimes numbers; anything else that is no string says nothing."""
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def _lenient_date(value: Any) -> datetime | None:
    """An RFC 3339 time; one that is none is as good as missing."""
    try:
        return datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


Text = Annotated[str, BeforeValidator(_lenient_text)]
Moment = Annotated[datetime | None, BeforeValidator(_lenient_date)]


class Author(BaseModel):
    """Who wrote an item."""

    name: Text = ""


class Item(BaseModel):
    """One item; `id` is required by the specification, but not by us."""

    id: Text = ""
    url: Text = ""
    title: Text = ""
    summary: Text = ""
    content_html: Text = ""
    content_text: Text = ""
    language: Text = ""
    date_published: Moment = None
    date_modified: Moment = None
    authors: list[Author] | None = None
    author: Author | None = None


class Hub(BaseModel):
    """Where updates are pushed from."""

    type: Text = ""
    url: Text = ""


class JsonFeed(BaseModel):
    """The document."""

    version: str = Field(pattern=r"^https?://jsonfeed\.org/version/1")
    title: Text = ""
    language: Text = ""
    hubs: list[Hub] | None = None
    items: list[Item] = Field(max_length=ITEMS)


def parse_json(body: bytes, base: str) -> ParsedFeed | Unparseable:
    """A JSON Feed; relative links are resolved against `base`."""
    try:
        feed = JsonFeed.model_validate(orjson.loads(body))
    except orjson.JSONDecodeError as error:
        return Unparseable("ill_formed", str(error)[:200])
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        return Unparseable("not_a_feed", f"{where}: {first['msg']}"[:200])
    return ParsedFeed(
        title=one_line(feed.title, 300),
        language=language_tag(feed.language),
        ttl=None,
        skip_hours=frozenset(),
        skip_days=frozenset(),
        hub=next((hub.url for hub in feed.hubs or () if hub.type.lower() == "websub"), None),
        entries=distinct(entry_of(_raw(item), base) for item in feed.items),
        parser="json",
    )


def _raw(item: Item) -> Raw:
    authors = item.authors or ([item.author] if item.author else [])
    return Raw(
        guid=item.id,
        link=item.url,
        title=item.title,
        summary=item.summary,
        content=item.content_html or item.content_text,
        content_is_plain=not item.content_html,
        language=item.language,
        published=item.date_published,
        updated=item.date_modified,
        author=", ".join(author.name for author in authors if author.name),
    )
