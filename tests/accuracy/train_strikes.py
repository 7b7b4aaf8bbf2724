"""Train the weights of newness and print them as `rules/lexicon/en/strike_weights.yaml`.

    PYTHONPATH=service .venv/bin/python tests/accuracy/train_strikes.py ../shared/data \
        > /tmp/strike_weights.yaml && mv /tmp/strike_weights.yaml rules/lexicon/en/

Run after train_relevance.py: what a report is about is part of the evidence.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from learning import CHANCE, DAYS, Example, labels_of, lines, shipped_lexicon, train, write
from own_set import load

from tocsin.reading.candidates import candidates
from tocsin.reading.document import lay_out
from tocsin.reading.lexicon import Lexicon
from tocsin.reading.newness import evidence
from tocsin.reading.places import find_places
from tocsin.reading.relevance import weigh_relevance
from tocsin.rehearsal.rows import report_of

#: Added to the bias: labels are split unevenly, and a strike missed is worse than one too many.
TILT = 0.3
HEADING = """\
# What the order of words (#: what stands beside what), words and topics (@) say for (+) or against
# (-) a specific attack of these days. Trained by tests/accuracy/train_strikes.py; not edited by
# hand: add words to the lists of strikes.yaml instead.
"""


def labelled(data: Path) -> Iterator[tuple[dict[str, Any], bool, float]]:
    """Reports about conflict, whether each tells of a new strike, and how much it counts."""
    reports = {row["id"]: row for row in lines(data / "reading" / "reports.jsonl")}
    for row in lines(data / "reading" / "gold.jsonl"):
        labels = row["labels"]
        if row["split"] == "work" and labels["conflict"] != "no":
            doubt = "strike" in labels.get("ambiguous", [])
            yield reports[row["id"]], labels["strike"] == "yes", 3.0 if doubt else 6.0
    for item in load(Path(__file__).with_name("lessons.txt")):
        if item.conflict is not False and item.strike is not None:
            yield {"id": item.where, "title": item.title}, item.strike, 3.0
    told = labels_of("archive")
    for year in (2020, 2021, 2022):
        for row in lines(data / "archive" / f"rss_{year}.jsonl.xz"):
            label = told.get(row["id"], "?")
            if "n" not in label and "?" not in label:
                yield row, "s" in label, 6.0
    told = labels_of("plover")
    for name in ("plover_gsr", "plv_plover"):
        for row in lines(data / "counts" / f"{name}.jsonl"):
            label = told.get(row["id"], "?")
            if "?" not in label:
                yield row | {"published": said_on(row["text"])}, label == "s", 6.0


def said_on(text: str) -> str:
    """An evening for a sentence without a date of its own: of the day it names, if it names one."""
    named = (day for day, name in enumerate(DAYS) if name in text.lower())
    return f"2020-01-{6 + next(named, 2):02d}T20:00:00+00:00"


def example(row: dict[str, Any], answer: bool, weight: float, lexicon: Lexicon) -> Example | None:  # noqa: FBT001
    """The evidence of one report; None where no sentence is a candidate."""
    words = lexicon.words("en")
    document = lay_out(report_of(row))
    located = find_places(document, lexicon.places)
    relevance = weigh_relevance(document, words.relevance)
    found = candidates(document, words.strikes, located)
    if not found:
        return None
    terms = {
        term: much
        for term, much in evidence(found, relevance).items()
        if not CHANCE.fullmatch(term)
    }
    return Example(terms, relevance.terms.norm, answer, weight)


def main() -> None:
    """Train on everything and print the file."""
    lexicon = shipped_lexicon()
    found = [example(*item, lexicon) for item in labelled(Path(sys.argv[1]))]
    examples = [one for one in found if one is not None]
    sys.stderr.write(f"{len(examples)} texts, ")
    weights, bias = train(examples)
    write(HEADING, weights, bias + TILT)


if __name__ == "__main__":
    main()
