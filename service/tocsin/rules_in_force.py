"""The rulebook in force: a good new set is taken, a bad one leaves the old (law 6)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import structlog

from tocsin.judging.rulebook import Rulebook, Site
from tocsin.reading.lexicon import Lexicon
from tocsin.reading.wordlist import LexiconError
from tocsin.shelf.fault import Fault
from tocsin.shelf.lexicon import load_lexicon
from tocsin.shelf.rules import load_rulebook
from tocsin.shelf.shipped import rules_home
from tocsin.shelf.theatres import load_theatres

log = structlog.get_logger("tocsin.rules")

_SHOWN = 3  # faults that one line of the log has room for; `tocsin check` tells all


class RulesInForce:
    """The rulebook that judging is given now."""

    def __init__(
        self, rulebook: Rulebook, folders: Sequence[Path], sites: tuple[Site, ...]
    ) -> None:
        self.rulebook = rulebook
        self._folders, self._sites = folders, sites
        self._stamp = self._stamped()

    def reload(self) -> tuple[Fault, ...]:
        """Take the rules as they are on disk now, or keep the old and say why (P12, R18).

        It takes seconds for thousands of rules; nothing is touched until all of them are loaded.
        """
        self._stamp = self._stamped()
        loaded = load_rulebook(self._folders, sites=self._sites)
        if isinstance(loaded, Rulebook):
            changed = loaded.digest != self.rulebook.digest
            self.rulebook = loaded
            log.info("rulebook_taken", rules=len(loaded.rules), changed=changed)
            return ()
        shown = "; ".join(map(str, loaded[:_SHOWN]))
        more = f"; and {len(loaded) - _SHOWN} more" if len(loaded) > _SHOWN else ""
        log.error("rulebook_refused", still_in_force=len(self.rulebook.rules), why=shown + more)
        return loaded

    def changed_on_disk(self) -> bool:
        """Whether a file of these rules was written, added or removed since the last load."""
        return self._stamped() != self._stamp

    def _stamped(self) -> tuple[tuple[str, int], ...]:
        return tuple(
            stamp
            for folder in self._folders
            for file in ([folder] if folder.is_file() else sorted(folder.rglob("*.yaml")))
            if (stamp := _stamp(file)) is not None
        )


def _stamp(file: Path) -> tuple[str, int] | None:
    """A file and when it was last written; None if it is being replaced at this moment."""
    try:
        return str(file), file.stat().st_mtime_ns
    except FileNotFoundError:
        return None


def load_reading(home: Path | None = None) -> Lexicon:
    """All that reading reads with: lexicon, theatres and gazetteer of one rules folder."""
    home = home or rules_home()
    theatres = load_theatres(sorted(home.glob("theatres/*.yaml")))
    if isinstance(theatres, list):
        raise LexiconError("; ".join(map(str, theatres)))
    return load_lexicon(home, tuple(theatres.values()))
