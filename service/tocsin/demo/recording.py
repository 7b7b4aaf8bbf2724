"""The recorded war as plain data: outlets, their reports, and the editions in which they appear.

The outlets are invented, their words are ours; who claimed which figure on which day is true.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, TypeAdapter

from tocsin.shelf.yaml_source import read_yaml

FeedFormat = Literal["rss", "atom", "json"]


@dataclass(frozen=True, slots=True)
class Version:
    """One wording of a report, and when it was there for readers, in UTC."""

    at: datetime
    title: str
    summary: str


@dataclass(frozen=True, slots=True)
class Item:
    """A report under one guid, with its wordings, oldest first; `published` is what it says."""

    guid: str
    published: datetime
    versions: tuple[Version, ...]

    def at(self, moment: datetime) -> Version | None:
        """The wording that stood at `moment`, or None before the report appeared."""
        there = [version for version in self.versions if version.at <= moment]
        return there[-1] if there else None


@dataclass(frozen=True, slots=True)
class Outlet:
    """A publisher of the recording with its one feed. `id` names it in addresses and settings."""

    id: str
    name: str
    path: str
    format: FeedFormat
    items: tuple[Item, ...]

    def changed(self, after: datetime, until: datetime) -> bool:
        """Whether something appeared, or was edited, later than `after` and by `until`."""
        return any(after < version.at <= until for item in self.items for version in item.versions)


@dataclass(frozen=True, slots=True)
class Recording:
    """All outlets, and the moments (UTC, ascending) at which something new is shown."""

    outlets: tuple[Outlet, ...]
    editions: tuple[datetime, ...]

    def reports(self) -> Iterator[tuple[Outlet, Item]]:
        """Every report with its outlet."""
        return ((outlet, item) for outlet in self.outlets for item in outlet.items)


class _Edit(BaseModel):
    model_config = ConfigDict(extra="forbid")
    at: AwareDatetime
    title: str
    summary: str


class _Item(BaseModel):
    model_config = ConfigDict(extra="forbid")
    guid: str
    published: AwareDatetime
    appears: AwareDatetime | None = None
    title: str
    summary: str
    edits: list[_Edit] = []


class _Outlet(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: str
    path: str
    format: FeedFormat
    reports: list[_Item]


def load_recording() -> Recording:
    """The recording that is shipped with the package.

    Raises pydantic's ValidationError if a file of it is not as it should be, which is a bug.
    """
    folder = files(__package__) / "recording"
    outlets = [
        _outlet(entry.name.removesuffix(".yaml"), _Outlet.model_validate(shipped_yaml(entry)))
        for entry in sorted(folder.iterdir(), key=lambda entry: entry.name)
        if entry.name.endswith(".yaml") and entry.name != "editions.yaml"
    ]
    editions = TypeAdapter(list[AwareDatetime]).validate_python(
        shipped_yaml(folder / "editions.yaml")
    )
    return Recording(tuple(outlets), tuple(sorted(editions)))


def shipped_yaml(file: Traversable) -> object:
    """The data of a file beside this one; raises ValueError for one that is no YAML."""
    loaded = read_yaml(file.read_text(encoding="utf-8"), file.name)
    if isinstance(loaded, list):
        raise ValueError(str(loaded[0]))  # noqa: TRY004 — the file is wrong, and not a type
    return loaded.value


def _outlet(identifier: str, given: _Outlet) -> Outlet:
    items = (
        Item(
            report.guid,
            report.published,
            (
                Version(report.appears or report.published, report.title, report.summary),
                *(Version(edit.at, edit.title, edit.summary) for edit in report.edits),
            ),
        )
        for report in given.reports
    )
    return Outlet(identifier, given.name, given.path, given.format, tuple(items))
