"""A war we know: its parties with those who speak for them, and its places, as plain data."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Party:
    """A side of a war: its id, its names, and the bodies that speak for it (id → names).

    `sides_with` is the party it fights beside: truces and contradictions are told of camps.
    `mediates`: it fights for nobody here, and is no party to a truce. `home`: the names of the land
    where it fights or rules, and of which a truce is its own.
    """

    id: str
    name: str
    names: tuple[str, ...] = ()
    claimants: tuple[tuple[str, tuple[str, ...]], ...] = ()
    sides_with: str | None = None
    mediates: bool = False
    home: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Theatre:
    """A war we know. `places` are (name, other names, precision, country, latitude, longitude).

    `claimants` are bodies that speak for no party (id → names): observers, relief agencies.
    """

    id: str
    name: str
    parties: tuple[Party, ...] = ()
    places: tuple[tuple[str, tuple[str, ...], str, str | None, float, float], ...] = ()
    began: str | None = None
    words: tuple[str, ...] = ()
    claimants: tuple[tuple[str, tuple[str, ...]], ...] = ()
