"""Theatres from `rules/theatres/*.yaml`: one file a war, checked, as `reading.theatre.Theatre`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from tocsin.reading.theatre import Party, Theatre
from tocsin.shelf.fault import Fault, Loaded, nearest
from tocsin.shelf.forms import Form, Many, check, mistake
from tocsin.shelf.yaml_source import load_each

PlaceRow = tuple[str, tuple[str, ...], str, str | None, float, float]

_PLACE = re.compile(
    r"(?P<names>[^|]+)\|\s*(?P<precision>site|town|district|region|country)\s*"
    r"\|\s*(?P<country>[A-Z]{2}|-)\s*\|\s*(?P<lat>-?\d{1,2}(?:\.\d+)?)\s+(?P<lon>-?\d{1,3}(?:\.\d+)?)"
)
_EXAMPLE = "Stepanakert, Khankendi | town | AZ | 39.82 46.75"


def _place(value: Any) -> Any:
    if not value.strip():
        return None
    match = _PLACE.fullmatch(value.strip())
    if match is None:
        raise mistake(f"'{value.strip()}' is no place", f"Write it like: {_EXAMPLE}.")
    latitude, longitude = float(match["lat"]), float(match["lon"])
    if abs(latitude) > 90 or abs(longitude) > 180:
        raise mistake(f"no such coordinates: {latitude} {longitude}", "Latitude first, in degrees.")
    name, *others = _names(match["names"])
    country = None if match["country"] == "-" else match["country"]
    return (name, tuple(others), match["precision"], country, latitude, longitude)


def _lines(value: Any) -> Any:
    """A place a line: one block of text loads ten times as fast as a YAML list."""
    if not isinstance(value, str):
        raise mistake("places are a block of text", f"Write places: | and lines like: {_EXAMPLE}.")
    return tuple(value.split("\n"))


def _names(text: str) -> list[str]:
    return [name for part in text.split(",") if (name := " ".join(part.split()))]


def _listed(value: Any) -> Any:
    """Names in one line, with commas between, or as a list."""
    return tuple(_names(value)) if isinstance(value, str) else value


Names = Annotated[Many[str], BeforeValidator(_listed)]
PlaceTable = Annotated[
    tuple[Annotated[PlaceRow | None, BeforeValidator(_place)], ...],
    BeforeValidator(_lines),
]
Identifier = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]


class PartyForm(Form):
    """A side: its names, and the bodies that speak for it under theirs.

    `sides_with` is the party that it fights beside; a party that `mediates` fights for nobody; a
    truce in its `home` is its own.
    """

    id: Identifier
    name: str
    names: Names = ()
    claimants: dict[Identifier, Names] = {}  # noqa: RUF012 — pydantic copies a form's defaults
    sides_with: Identifier | None = None
    mediates: bool = False
    home: Names = ()


class TheatreForm(Form):
    """One war. `began` is an ISO date or year; `claimants` speak for no party."""

    id: Identifier
    name: str
    began: str | int | None = None
    words: Names = ()
    parties: Annotated[tuple[PartyForm, ...], Field(strict=False)]
    claimants: dict[Identifier, Names] = {}  # noqa: RUF012 — pydantic copies a form's defaults
    places: PlaceTable = ()

    def theatre(self) -> Theatre:
        """As reading and judging take it."""
        return Theatre(
            id=self.id,
            name=self.name,
            parties=tuple(
                Party(
                    each.id,
                    each.name,
                    each.names,
                    tuple(each.claimants.items()),
                    each.sides_with,
                    each.mediates,
                    each.home,
                )
                for each in self.parties
            ),
            places=tuple(place for place in self.places if place),
            began=None if self.began is None else str(self.began),
            words=self.words,
            claimants=tuple(self.claimants.items()),
        )


def load_theatres(files: Iterable[Path]) -> dict[str, Theatre] | list[Fault]:
    """Theatres by id; a later file with an earlier one's id takes its place.

    So an analyst's own copy of a shipped theatre replaces it.
    """
    theatres: dict[str, Theatre] = {}
    faults: list[Fault] = []
    for _, loaded in load_each(files, faults):
        form = check(TheatreForm, loaded)
        if isinstance(form, list):
            faults += form
            continue
        theatre = form.theatre()
        faults += _clashes(theatre, loaded)
        theatres[theatre.id] = theatre
    return faults or dict(sorted(theatres.items()))


def load_claimants(files: Iterable[Path]) -> dict[str, tuple[str, ...]] | list[Fault]:
    """Bodies that speak of any war (id → names), from `claimants.yaml`; later files add."""
    claimants: dict[str, tuple[str, ...]] = {}
    faults: list[Fault] = []
    for _, loaded in load_each(files, faults):
        for id_, names in (loaded.value or {}).items():
            if isinstance(names, str):
                claimants[id_] = tuple(_names(names))
            else:
                mend = "Write them in one line, with commas between."
                faults.append(loaded.fault((id_,), f"'{id_}' takes names", mend))
    return faults or claimants


def with_claimants(theatre: Theatre, claimants: dict[str, tuple[str, ...]]) -> Theatre:
    """A theatre that knows these bodies too; those it names itself stay its own."""
    own = {id_ for party in theatre.parties for id_, _ in party.claimants}
    own.update(id_ for id_, _ in theatre.claimants)
    added = tuple((id_, names) for id_, names in claimants.items() if id_ not in own)
    return replace(theatre, claimants=theatre.claimants + added)


def _clashes(theatre: Theatre, loaded: Loaded) -> list[Fault]:
    """Two parties or claimants under one name would make every figure of theirs ambiguous."""
    faults: list[Fault] = []
    owner: dict[str, str] = {}
    bodies: set[str] = set()
    parties = [party.id for party in theatre.parties]
    for index, party in enumerate(theatre.parties):
        if party.id in parties[:index]:
            what = f"the party '{party.id}' stands twice"
            faults.append(loaded.fault(("parties", index, "id"), what, "Rename."))
        for name in dict.fromkeys((party.name, *party.names)):
            if owner.setdefault(name.casefold(), party.id) != party.id:
                what = f"'{name}' names two parties, {owner[name.casefold()]} and {party.id}"
                faults.append(loaded.fault(("parties", index, "names"), what, "Keep it at one."))
        if party.sides_with not in (None, *parties):
            what = f"unknown party '{party.sides_with}'"
            mend = nearest(party.sides_with or "", parties)
            faults.append(loaded.fault(("parties", index, "sides_with"), what, mend))
        for body, _ in party.claimants:
            if body in bodies:
                where = ("parties", index, "claimants", body)
                faults.append(loaded.fault(where, f"the claimant '{body}' stands twice", "Rename."))
            bodies.add(body)
    return faults
