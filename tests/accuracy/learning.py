"""Logistic regression in plain Python, and weights as an analyst's file.

Stochastic gradient (AdaGrad) in a fixed, seeded order: the same data gives the same file.
"""

from __future__ import annotations

import json
import lzma
import math
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from tocsin.reading.lexicon import Lexicon
from tocsin.shelf.lexicon import load_lexicon
from tocsin.shelf.shipped import rules_home
from tocsin.shelf.theatres import load_theatres

EPOCHS, RATE, RIDGE = 30, 0.2, 6e-3
LEAST_SEEN, STEP, LEAST_WEIGHT = 3, 0.25, 0.75

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
#: Words that chance ties to an answer: what a day, a month or a number says is told by `#recent`,
#: `#number` and their like.
CHANCE = re.compile(
    r"\d.*|" + "|".join(DAYS) + r"|january|february|march|april|may|june|july|august|september"
    r"|october|november|december"
)


class Example(NamedTuple):
    """One text: its terms and their norm, the answer, and how much it counts.

    `news` marks the kind of text we read; only its terms are given weights.
    """

    terms: dict[str, float]
    norm: float
    answer: bool
    weight: float
    news: bool = True


def lines(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSONL file, also if it is compressed."""
    raw = path.read_bytes()
    text = (lzma.decompress(raw) if path.suffix == ".xz" else raw).decode()
    yield from map(json.loads, filter(None, text.split("\n")))


def labels_of(name: str) -> dict[str, str]:
    """Our labels of the items of a shared set by id: "archive", or "plover" (all about conflict).

    "n" is no conflict, "c" conflict; "s" is added for a new strike, "e" for other new victims, "?"
    where that is open.
    "s" or "-" alone answers for the strike: drawn among conflicts, it says nothing of relevance.
    """
    text = (Path(__file__).parent / f"{name}_labels.tsv").read_text(encoding="utf-8")
    return dict(line.split("\t") for line in text.splitlines())


def shipped_lexicon() -> Lexicon:
    """The lexicon that is shipped, with the names of its theatres."""
    rules = rules_home()
    theatres = load_theatres(sorted((rules / "theatres").glob("*.yaml")))
    return load_lexicon(rules, [*theatres.values()] if isinstance(theatres, dict) else ())


def train(examples: list[Example]) -> tuple[dict[str, float], float]:
    """The weights and the bias."""
    seen = Counter(term for example in examples if example.news for term in example.terms)
    weights: dict[str, float] = defaultdict(float)
    slope: dict[str, float] = defaultdict(lambda: 1e-6)
    examples = [
        example._replace(terms={t: v for t, v in example.terms.items() if seen[t] >= LEAST_SEEN})
        for example in examples
    ]
    places = list(range(len(examples)))
    order = random.Random(7)
    for _ in range(EPOCHS):
        order.shuffle(places)
        for place in places:
            example, size = examples[place], examples[place].norm
            total = weights["bias"] + sum(weights[t] * v for t, v in example.terms.items()) / size
            odds = 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
            error = (odds - example.answer) * example.weight
            for term, value in (*example.terms.items(), ("bias", size)):
                step = error * value / size + RIDGE * weights[term]
                slope[term] += step * step
                weights[term] -= RATE * step / math.sqrt(slope[term])
    bias = weights.pop("bias")
    return weights, bias


def write(heading: str, weights: dict[str, float], bias: float) -> None:
    """Print the file: terms that share a rounded weight stand together, strongest first."""
    groups: dict[float, list[str]] = defaultdict(list)
    for term, weight in weights.items():
        rounded = round(weight / STEP) * STEP
        if abs(rounded) >= LEAST_WEIGHT or (term[0] in "@#" and rounded):
            groups[rounded].append(term)
    sys.stdout.write(f"{heading}bias: {bias:.2f}\nweights:\n")
    for weight in sorted(groups, reverse=True):
        terms = json.dumps(", ".join(sorted(groups[weight])), ensure_ascii=False)
        sys.stdout.write(f'  "{weight:+.2f}": {terms}\n')
    sys.stderr.write(f"{sum(map(len, groups.values()))} terms\n")
