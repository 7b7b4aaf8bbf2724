"""The rulebook in force: a good new set is taken, a bad one leaves the old (law 6)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import structlog

from tocsin.judging.rulebook import Rulebook, Site
from tocsin.reading.lexicon import Lexicon
from tocsin.reading.wordlist import LexiconError
from tocsin.shelf.lexicon import load_lexicon
from tocsin.shelf.rules import load_rulebook
from tocsin.shelf.shipped import rules_home
from tocsin.shelf.theatres import load_theatres
from tocsin.shelf.yaml_source import Fault

log = structlog.get_logger("tocsin.rules")


class RulesInForce:
    """The rulebook that judging is given now."""

    def __init__(
        self, rulebook: Rulebook, folders: Sequence[Path], sites: tuple[Site, ...]
    ) -> None:
        self.rulebook = rulebook
        self._folders, self._sites = folders, sites
        self._stamp = self._stamped()

    def reload(self) -> tuple[Fault, ...]:
        """Take the rules as they are on disk now, or keep the old and say why (P12, R18)."""
        self._stamp = self._stamped()
        loaded = load_rulebook(self._folders, sites=self._sites)
        if isinstance(loaded, Rulebook):
            changed = loaded.digest != self.rulebook.digest
            self.rulebook = loaded
            if changed:
                log.info("rulebook_taken", rules=len(loaded.rules), digest=loaded.digest)
            return ()
        for fault in loaded:
            log.error("rulebook_refused", fault=str(fault))
        return loaded

    def changed_on_disk(self) -> bool:
        """Whether a file of these rules was written, added or removed since the last load."""
        return self._stamped() != self._stamp

    def _stamped(self) -> tuple[tuple[str, int], ...]:
        files = (file for folder in self._folders for file in sorted(folder.rglob("*.yaml")))
        return tuple((str(file), file.stat().st_mtime_ns) for file in files)


def load_reading(home: Path | None = None) -> Lexicon:
    """All that reading reads with: lexicon, theatres and gazetteer of one rules folder."""
    home = home or rules_home()
    theatres = load_theatres(sorted(home.glob("theatres/*.yaml")))
    if isinstance(theatres, list):
        raise LexiconError("; ".join(map(str, theatres)))
    return load_lexicon(home, tuple(theatres.values()))
