"""What reading starts from: one version of one feed entry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Literal

FieldName = Literal["title", "summary", "text"]
FIELDS: tuple[FieldName, ...] = ("title", "summary", "text")


@dataclass(frozen=True, slots=True)
class Report:
    """One version of one feed entry, as plain text.

    `id` is the same for every version of an entry; `version` ("sha256:…", of title, summary and
    text) differs when a word does. `published` and `fetched` are aware and in UTC; `published` is
    None where the entry gives none or an absurd one. `title`, `summary` and `text` are plain text
    (no markup), and every offset in a reading counts code points in them. `credit` is the byline,
    wire credit or `<source>` that the entry itself gives.
    """

    id: str
    title: str = ""
    summary: str = ""
    text: str = ""
    published: datetime | None = None
    fetched: datetime | None = None
    guid: str = ""
    url: str | None = None
    language: str | None = None
    publisher: str | None = None
    feed: str | None = None
    version: str = ""
    credit: str | None = None

    def field(self, name: FieldName) -> str:
        """The plain text of one field."""
        if name == "title":
            return self.title
        return self.summary if name == "summary" else self.text


def version_of(title: str, summary: str, text: str) -> str:
    """What differs when a word of the report does, and not when a blank does."""
    return "sha256:" + fingerprint(*(" ".join(part.split()) for part in (title, summary, text)))


def fingerprint(*parts: str) -> str:
    """A hash of several texts that no other cut of the same letters has."""
    digest = sha256()
    for part in parts:
        data = part.encode("utf-8", "replace")
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()
