"""The gazetteer on the shelf: the tables of `rules/places/` as rows for reading."""

from __future__ import annotations

from pathlib import Path

#: Hand-written names before the great extract: the first spelling of a place holds.
TABLES = ("countries.tsv", "regions.tsv", "news_names.tsv", "towns.tsv")


class GazetteerError(ValueError):
    """A table that cannot be used; says which file and line, and how to mend it."""


def load_gazetteer(rules: Path) -> tuple[tuple[str, ...], ...]:
    """All rows of the tables, without their heads; a folder without tables gives none.

    Names in `not_places.txt`, which are more often a person or a word, are left out.
    """
    skipped = _not_places(rules)
    tables = [path for name in TABLES if (path := rules / "places" / name).is_file()]
    return tuple(row for path in tables for row in _rows(path) if row[0] not in skipped)


def _not_places(rules: Path) -> frozenset[str]:
    path = rules / "places" / "not_places.txt"
    if not path.is_file():
        return frozenset()
    lines = (line.split("#")[0].strip() for line in path.read_text(encoding="utf-8").splitlines())
    return frozenset(filter(None, lines))


def _rows(path: Path) -> list[tuple[str, ...]]:
    head, *lines = path.read_text(encoding="utf-8").splitlines()
    width = len(head.split("\t"))
    rows = []
    for number, line in enumerate(lines, 2):
        row = tuple(line.split("\t"))
        if len(row) != width:
            raise GazetteerError(f"{path}:{number}: want {width} columns parted by tabs: {head!r}")
        rows.append(row)
    return rows
