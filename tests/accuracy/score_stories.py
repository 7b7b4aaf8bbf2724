"""B-cubed precision, recall and F1 of stories against known incidents.

    xz -dc …/gun_violence_articles.jsonl.xz > articles.jsonl
    tocsin backtest articles.jsonl --stories --any-topic > stories.jsonl
    python tests/accuracy/score_stories.py stories.jsonl articles.jsonl

Each article's `meta.incident` is the incident it tells of; articles without one are left out.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import orjson


def b_cubed(stories: dict[str, str], incidents: dict[str, str]) -> tuple[float, float, float]:
    """Precision, recall and F1, averaged over the articles that have an incident."""
    ids = [id_ for id_ in incidents if id_ in stories]
    story_size = Counter(stories[id_] for id_ in ids)
    incident_size = Counter(incidents[id_] for id_ in ids)
    both = Counter((stories[id_], incidents[id_]) for id_ in ids)
    shared = [both[stories[id_], incidents[id_]] for id_ in ids]
    precision = sum(n / story_size[stories[id_]] for n, id_ in zip(shared, ids, strict=True)) / len(
        ids
    )
    recall = sum(
        n / incident_size[incidents[id_]] for n, id_ in zip(shared, ids, strict=True)
    ) / len(ids)
    return precision, recall, 2 * precision * recall / (precision + recall)


def main(stories_file: str, articles_file: str) -> None:
    """Print the score."""
    rows = [orjson.loads(line) for line in Path(articles_file).read_bytes().splitlines()]
    incidents = {
        row["id"]: str(row["meta"]["incident"])
        for row in rows
        if (row.get("meta") or {}).get("incident") is not None
    }
    told = [orjson.loads(line) for line in Path(stories_file).read_bytes().splitlines()]
    stories = {line["id"]: line["story"] for line in told}
    precision, recall, f1 = b_cubed(stories, incidents)
    print(
        f"{len(incidents)} articles of {len(set(incidents.values()))} incidents in "
        f"{len(set(stories.values()))} stories: B-cubed precision {precision:.3f}, "
        f"recall {recall:.3f}, F1 {f1:.3f}"
    )


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: score_stories.py STORIES.jsonl ARTICLES.jsonl")
    main(*sys.argv[1:])
