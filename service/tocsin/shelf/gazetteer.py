"""The gazetteer on the shelf: the tables of `rules/places/` as rows for reading."""

from __future__ import annotations

from pathlib import Path

#: Hand-written names before the great extract: the first spelling of a place holds.
TABLES = ("countries.tsv", "regions.tsv", "news_names.tsv", "towns.tsv")


class GazetteerError(ValueError):
    """A table that cannot be used; says which file and line, and how to mend it."""


def load_gazetteer(rules: Path) -> tuple[tuple[str, ...], ...]:
    """All rows of the tables, without their heads; a folder without tables gives none."""
    rows: list[tuple[str, ...]] = []
    for table in TABLES:
        path = rules / "places" / table
        if path.is_file():
            rows.extend(_rows(path))
    return tuple(rows)


def load_not_places(rules: Path) -> tuple[str, ...]:
    """Names that are more often a person or a word than a place, one a line."""
    path = rules / "places" / "not_places.txt"
    if not path.is_file():
        return ()
    lines = (line.split("#")[0].strip() for line in path.read_text(encoding="utf-8").splitlines())
    return tuple(line for line in lines if line)


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
