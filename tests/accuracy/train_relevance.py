"""Train the weights of relevance and print them as `rules/lexicon/en/relevance_weights.yaml`.

    PYTHONPATH=service .venv/bin/python tests/accuracy/train_relevance.py ../shared/data \
        > rules/lexicon/en/relevance_weights.yaml

Logistic regression by plain stochastic gradient (AdaGrad), fixed order, no random numbers kept
outside a seed: the same data gives the same file. Labelled reports weigh most; texts of one kind
(war newswire, local crime) and archive items whose topics all point one way teach vocabulary.
"""

from __future__ import annotations

import json
import lzma
import math
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from ruamel.yaml import YAML

from tocsin.reading.document import lay_out
from tocsin.reading.relevance import (
    RelevanceWords,
    compile_relevance,
    length_norm,
    topic_terms,
)
from tocsin.reading.report import Report
from tocsin.shelf.lexicon import shipped_rules

HERE = Path(__file__).parent
EPOCHS, RATE, RIDGE = 8, 0.3, 2e-3
LEAST_SEEN, STEP, LEAST_WEIGHT = 3, 0.25, 0.5
FOR = ("war", "attacks", "armed", "named", "truce", "terror")


class Example(NamedTuple):
    """One text: its terms, whether it is about conflict, and how much it counts.

    `news` marks the kind of text we read; only its terms are given weights.
    """

    terms: dict[str, float]
    conflict: bool
    weight: float
    news: bool = True


def lines(path: Path) -> Iterator[dict]:
    """The objects of a JSONL file, also if it is compressed."""
    raw = path.read_bytes()
    text = (lzma.decompress(raw) if path.suffix == ".xz" else raw).decode()
    yield from map(json.loads, filter(None, text.split("\n")))


def terms_of(row: dict, words: RelevanceWords) -> dict[str, float]:
    """The terms of one report."""
    report = Report(
        id="",
        title=row.get("title") or "",
        summary=row.get("summary") or "",
        text=row.get("text") or "",
    )
    return topic_terms(lay_out(report).sentences, words)


def gold(data: Path, words: RelevanceWords) -> Iterator[Example]:
    """Our labelled reports: the working half of the reading set, and archive items by id."""
    reports = {row["id"]: row for row in lines(data / "reading" / "reports.jsonl")}
    for row in lines(data / "reading" / "gold.jsonl"):
        if row["split"] == "work":
            doubt = "conflict" in row["labels"].get("ambiguous", [])
            conflict = row["labels"]["conflict"] != "no"
            yield Example(terms_of(reports[row["id"]], words), conflict, 2.0 if doubt else 6.0)


def archive(data: Path, words: RelevanceWords) -> Iterator[Example]:
    """Labelled archive items, and those whose topics leave no doubt."""
    path = HERE / "archive_labels.tsv"
    told = (
        dict(line.split("\t")[:2] for line in path.read_text().splitlines())
        if path.is_file()
        else {}
    )
    for year in (2020, 2021, 2022):
        for number, row in enumerate(lines(data / "archive" / f"rss_{year}.jsonl.xz")):
            label = told.get(row["id"])
            if label is None and number % 3:
                continue
            terms = terms_of(row, words)
            if label is not None:
                yield Example(terms, "c" in label, 6.0)
                continue
            speaks = sum(terms.get(f"@{topic}", 0.0) for topic in FOR)
            against = sum(value for term, value in terms.items() if term[0] == "@") - speaks
            if speaks >= 5 and against <= 1:
                yield Example(terms, conflict=True, weight=0.1)
            elif speaks == 0:
                yield Example(terms, conflict=False, weight=0.01)


def kinds(data: Path, words: RelevanceWords) -> Iterator[Example]:
    """Sets that are of one kind throughout, a part of each."""
    for name, conflict, weight, every in (
        ("muc4.jsonl.xz", True, 0.03, 2),
        ("aid_workers.jsonl", True, 0.03, 2),
        ("gun_violence_articles.jsonl.xz", False, 0.03, 3),
    ):
        for number, row in enumerate(lines(data / "counts" / name)):
            if number % every == 0:
                yield Example(terms_of(row, words), conflict, weight, news=False)


def train(examples: list[Example]) -> tuple[dict[str, float], float]:
    """The weights and the bias."""
    seen = Counter(term for example in examples if example.news for term in example.terms)
    weights: dict[str, float] = defaultdict(float)
    slope: dict[str, float] = defaultdict(lambda: 1e-6)
    order = random.Random(7)
    examples = [
        example._replace(terms={t: v for t, v in example.terms.items() if seen[t] >= LEAST_SEEN})
        for example in examples
    ]
    sizes = [length_norm(len(example.terms)) for example in examples]
    places = list(range(len(examples)))
    for _ in range(EPOCHS):
        order.shuffle(places)
        for place in places:
            example, size = examples[place], sizes[place]
            total = weights["bias"] + sum(weights[t] * v for t, v in example.terms.items()) / size
            error = (
                1 / (1 + math.exp(-max(-30, min(30, total)))) - example.conflict
            ) * example.weight
            for term, value in (*example.terms.items(), ("bias", size)):
                step = error * value / size + RIDGE * weights[term]
                slope[term] += step * step
                weights[term] -= RATE * step / math.sqrt(slope[term])
    bias = weights.pop("bias")
    return weights, bias


def main() -> None:
    """Train on everything and print the file."""
    data = Path(sys.argv[1])
    words = compile_relevance(
        YAML(typ="safe", pure=True).load(shipped_rules() / "lexicon" / "en" / "relevance.yaml")
    )
    examples = [*gold(data, words), *archive(data, words), *kinds(data, words)]
    weights, bias = train(examples)
    groups: dict[float, list[str]] = defaultdict(list)
    for term, weight in weights.items():
        rounded = round(weight / STEP) * STEP
        if abs(rounded) >= LEAST_WEIGHT or (term[0] == "@" and rounded):
            groups[rounded].append(term)
    out = sys.stdout
    out.write(
        "# What words, pairs of words and topics say for (+) or against (-) armed conflict.\n"
    )
    out.write(
        "# Trained by tests/accuracy/train_relevance.py; not edited by hand: add words to the\n"
    )
    out.write("# topics of relevance.yaml instead.\n")
    out.write(f"bias: {bias:.2f}\nweights:\n")
    for weight in sorted(groups, reverse=True):
        terms = json.dumps(", ".join(sorted(groups[weight])), ensure_ascii=False)
        out.write(f'  "{weight:+.2f}": {terms}\n')
    sys.stderr.write(f"{len(examples)} texts, {sum(map(len, groups.values()))} terms\n")


if __name__ == "__main__":
    main()
