"""The lexicon on the shelf: reads `rules/lexicon/<language>/*.yaml` and compiles it.

Loading stays under half a second because the long word lists are folded text: ruamel.yaml takes
1 MB of them a second, and a twelfth of that of YAML lists.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError

from tocsin.reading.lexicon import Lexicon, compile_lexicon
from tocsin.reading.theatre import Theatre
from tocsin.reading.wordlist import LexiconError
from tocsin.shelf.gazetteer import load_gazetteer


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
    yaml = YAML(typ="safe", pure=True)
    try:
        data = yaml.load(path.read_text(encoding="utf-8"))
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise LexiconError(f"{path}:{line}: {error.problem}") from error
    if data is None:
        return {}
    if not isinstance(data, dict):
        raise LexiconError(f"{path}: want a mapping of entries at the top")
    return data
