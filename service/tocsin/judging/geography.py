"""Where things are: whether two sets of places can be one, how far apart, what day it is there."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from math import asin, cos, floor, radians, sin, sqrt
from typing import Literal

from tocsin.reading.facts import Place, Precision

Agreement = Literal["same", "coarse", "apart", "unknown"]

#: How far from its coordinates a place of each precision may reach, in kilometres.
REACH: dict[Precision, float] = {
    "site": 5.0,
    "town": 15.0,
    "district": 40.0,
    "region": 150.0,
    "country": 1000.0,
}
_FINE: frozenset[Precision] = frozenset({"site", "town", "district"})
_EARTH = 6371.0


def fine(place: Place) -> bool:
    """Whether a place is a district or finer."""
    return place.precision in _FINE


def distance(left: Place, right: Place) -> float | None:
    """Kilometres along the great circle; None where one has no coordinates."""
    if left.latitude is None or left.longitude is None:
        return None
    if right.latitude is None or right.longitude is None:
        return None
    return great_circle(left.latitude, left.longitude, right.latitude, right.longitude)


def great_circle(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Kilometres between two points in WGS 84 degrees (haversine, a sphere of 6,371 km)."""
    half_lat = radians(lat2 - lat1) / 2
    half_lon = radians(lon2 - lon1) / 2
    chord = sin(half_lat) ** 2 + cos(radians(lat1)) * cos(radians(lat2)) * sin(half_lon) ** 2
    return 2 * _EARTH * asin(min(1.0, sqrt(chord)))


def find_place(name: str | None, known: Iterable[Place]) -> Place | None:
    """The place of that name among those of the reading; unknown ones count as a town."""
    if not name:
        return None
    folded = name.casefold()
    for place in known:
        if place.name.casefold() == folded:
            return place
    return Place(name=name, precision="town", country=None, latitude=None, longitude=None)


def agreement(left: tuple[Place, ...], right: tuple[Place, ...]) -> Agreement:
    """Whether two sets of places can be one, by the finest that both have.

    "coarse": they agree, and only on a region or a country.
    """
    if not left or not right:
        return "unknown"
    left_fine = [place for place in left if fine(place)]
    right_fine = [place for place in right if fine(place)]
    if left_fine and right_fine:
        meet = any(_meet(one, other) for one in left_fine for other in right_fine)
        return "same" if meet else "apart"
    if any(_meet(one, other) for one in left for other in right):
        return "coarse"
    countries = ({p.country for p in left} - {None}, {p.country for p in right} - {None})
    if countries[0] and countries[1]:
        return "coarse" if countries[0] & countries[1] else "apart"
    return "unknown"


def same_name(left: Place, right: Place) -> bool:
    """Whether one name is the other or a longer form of it ("Barda", "Barda district")."""
    one, other = set(left.name.casefold().split()), set(right.name.casefold().split())
    return one <= other or other <= one


def place_words(places: Iterable[Place]) -> frozenset[str]:
    """The words that places are called by, folded."""
    return frozenset(word for place in places for word in place.name.casefold().split())


def apart(left: tuple[Place, ...], right: tuple[Place, ...]) -> bool:
    """Whether two sets of places cannot be one."""
    return agreement(left, right) == "apart"


def cells(place: Place, reach: float = 0.0) -> tuple[str, ...]:
    """The whole degrees a place stands in, with those within `reach` degrees; else its name."""
    if place.latitude is None or place.longitude is None:
        return (f"named:{place.name.casefold()}",)
    lats = {floor(place.latitude - reach), floor(place.latitude + reach)}
    lons = {floor(place.longitude - reach), floor(place.longitude + reach)}
    return tuple(f"cell:{lat},{lon}" for lat in sorted(lats) for lon in sorted(lons))


def local_day(moment: datetime, places: Iterable[Place]) -> str:
    """The ISO date at the first place with coordinates, by the sun (an hour for 15 degrees)."""
    for place in places:
        if place.longitude is not None:
            return (moment + timedelta(hours=round(place.longitude / 15))).date().isoformat()
    return moment.date().isoformat()


def _meet(left: Place, right: Place) -> bool:
    if left.name.casefold() == right.name.casefold():
        return True
    kilometres = distance(left, right)
    if kilometres is None:
        return False
    if fine(left) and fine(right):
        return kilometres <= max(REACH[left.precision], REACH[right.precision])
    return kilometres <= max(REACH[left.precision], REACH[right.precision])
