"""The lexicon on the shelf: reads `rules/lexicon/<language>/*.yaml` and compiles it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tocsin.reading.lexicon import Lexicon, compile_lexicon
from tocsin.reading.theatre import Theatre
from tocsin.reading.wordlist import LexiconError
from tocsin.shelf.gazetteer import load_gazetteer
from tocsin.shelf.yaml_source import load_yaml


def load_lexicon(
    rules: Path,
    theatres: Sequence[Theatre] = (),
    gazetteer: Sequence[tuple[str, ...]] | None = None,
) -> Lexicon:
    """Load all languages under `rules`/lexicon; raises LexiconError naming file and line.

    Without a gazetteer, that of `rules`/places is used.
    """
    folder = rules / "lexicon"
    if not (folder / "en").is_dir():
        raise LexiconError(f"{folder}: no English lexicon here; want a folder `en` with YAML files")
    files = {
        language.name: {path.stem: _load(path) for path in sorted(language.glob("*.yaml"))}
        for language in sorted(folder.iterdir())
        if language.is_dir()
    }
    rows = load_gazetteer(rules) if gazetteer is None else gazetteer
    return compile_lexicon(files, theatres, rows)


def _load(path: Path) -> dict[str, Any]:
    loaded = load_yaml(path)
    if isinstance(loaded, list):
        raise LexiconError(str(loaded[0]))
    data = loaded.value
    if data is None:
        return {}
    if not isinstance(data, dict):
        raise LexiconError(f"{path}: want a mapping of entries at the top")
    return data
