"""Train the weights of relevance and print them as `rules/lexicon/en/relevance_weights.yaml`.

    PYTHONPATH=service .venv/bin/python tests/accuracy/train_relevance.py ../shared/data \
        > rules/lexicon/en/relevance_weights.yaml

Labelled reports weigh most; texts of one kind (war newswire, local crime) and archive items whose
topics all point one way teach vocabulary.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from learning import CHANCE, Example, labels_of, lines, shipped_lexicon, train, write
from own_set import load

from tocsin.reading.document import lay_out
from tocsin.reading.lexicon import Lexicon
from tocsin.reading.places import find_places
from tocsin.reading.report import Report
from tocsin.reading.terms import terms_of

FOR = ("war", "attacks", "armed", "named", "truce", "terror")
HEADING = """\
# What words and topics (@) say for (+) or against (-) armed conflict.
# Trained by tests/accuracy/train_relevance.py; not edited by hand: add words to the topics of
# relevance.yaml instead.
"""


def example(
    row: dict[str, Any], lexicon: Lexicon, weight: float, *, answer: bool, news: bool = True
) -> Example:
    """One report as an example."""
    report = Report(id="", **{name: row.get(name) or "" for name in ("title", "summary", "text")})
    words = lexicon.words_for(report)
    document = lay_out(report, words.book)
    theatre = find_places(document, lexicon.places).theatre
    terms = terms_of(document.sentences, words.relevance.topics, at_war=theatre is not None)
    told = {term: much for term, much in terms.strengths.items() if not CHANCE.fullmatch(term)}
    return Example(told, terms.norm, answer, weight, news)


def gold(data: Path, lexicon: Lexicon) -> Iterator[Example]:
    """The working half of the labelled reading set."""
    reports = {row["id"]: row for row in lines(data / "reading" / "reports.jsonl")}
    for row in lines(data / "reading" / "gold.jsonl"):
        if row["split"] == "work":
            doubt = "conflict" in row["labels"].get("ambiguous", [])
            conflict = row["labels"]["conflict"] != "no"
            yield example(reports[row["id"]], lexicon, 2.0 if doubt else 6.0, answer=conflict)


def lessons(lexicon: Lexicon) -> Iterator[Example]:
    """Short texts of our own: few lexicon, of which each must be able to tell."""
    for item in load(Path(__file__).with_name("lessons.txt")):
        if item.conflict is not None:
            row = {"title": item.title, "summary": item.summary}
            yield example(row, lexicon, 6.0, answer=item.conflict)


def archive(data: Path, lexicon: Lexicon) -> Iterator[Example]:
    """Labelled archive items, and those whose topics leave no doubt."""
    told = labels_of("archive")
    for year in (2020, 2021, 2022):
        for number, row in enumerate(lines(data / "archive" / f"rss_{year}.jsonl.xz")):
            label = told.get(row["id"])
            label = label if label and label[0] in "nc" else None
            if label is None and number % 3:
                continue
            found = example(row, lexicon, 6.0, answer="c" in (label or ""))
            terms = found.terms
            speaks = sum(terms.get(f"@{topic}", 0.0) for topic in FOR)
            against = sum(terms[term] for term in terms if term[0] == "@") - speaks
            if label is not None:
                yield found
            elif speaks >= 5 and against <= 1:
                yield found._replace(answer=True, weight=0.1)
            elif speaks == 0:
                yield found._replace(weight=0.01)


def kinds(data: Path, lexicon: Lexicon) -> Iterator[Example]:
    """Sets that are of one kind throughout, a part of each."""
    for name, conflict, every in (
        ("muc4.jsonl.xz", True, 2),
        ("aid_workers.jsonl", True, 2),
        ("gun_violence_articles.jsonl.xz", False, 3),
    ):
        for number, row in enumerate(lines(data / "counts" / name)):
            if number % every == 0:
                yield example(row, lexicon, 0.03, answer=conflict, news=False)


def main() -> None:
    """Train on everything and print the file."""
    data = Path(sys.argv[1])
    lexicon = shipped_lexicon()
    examples = [
        *gold(data, lexicon),
        *lessons(lexicon),
        *archive(data, lexicon),
        *kinds(data, lexicon),
    ]
    sys.stderr.write(f"{len(examples)} texts, ")
    write(HEADING, *train(examples))


if __name__ == "__main__":
    main()
