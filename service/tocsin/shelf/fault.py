"""What a file that people edit says, with the line of every value, and its mistakes as faults."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

KeyPath = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """One mistake in a file that people edit: where (line counts from 1), what, how to mend it."""

    file: str
    line: int | None
    what: str
    mend: str = ""

    def __str__(self) -> str:
        where = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{where}: {self.what}" + (f". {self.mend}" if self.mend else "")


@dataclass(frozen=True, slots=True)
class Loaded:
    """A file as plain data: dicts, lists, str, int, float, bool, None.

    `marks` gives (line, column), from 1, of the value at each path of keys and list positions, and
    of each line of a block of text (`|`); `keys` the same of a mapping's keys.
    """

    file: str
    value: Any
    marks: dict[KeyPath, tuple[int, int]] = field(default_factory=dict)
    keys: dict[KeyPath, tuple[int, int]] = field(default_factory=dict)

    def line(self, *path: str | int) -> int:
        """The line of the key or list item at `path`; of its nearest ancestor if it is absent."""
        for length in range(len(path), -1, -1):
            head = path[:length]
            mark = self.keys.get(head) or self.marks.get(head)
            if mark is not None:
                return mark[0]
        return 1

    def fault(self, path: KeyPath, what: str, mend: str = "") -> Fault:
        """A fault at the line of `path`."""
        return Fault(self.file, self.line(*path), what, mend)


def called(path: Path) -> str:
    """How faults call a file: from the working directory where it lies below that."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def nearest(word: str, known: Iterable[str]) -> str:
    """A mend that suggests the known word nearest to `word`, or lists what is known."""
    names = sorted(known)
    close = get_close_matches(word, names, n=1, cutoff=0.6)
    if close:
        return f"Did you mean '{close[0]}'?"
    listed = ", ".join(names[:20]) + (", …" if len(names) > 20 else "")
    return f"Known: {listed}."
