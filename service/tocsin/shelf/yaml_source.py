"""YAML as plain data, with the line of every value, for files that people edit.

libyaml gives the events, and every scalar is read here, by YAML 1.2's core schema. Only what a
settings or rule file needs is taken: mappings, lists and plain scalars. Tags, anchors and aliases,
duplicate keys and absurd nesting are faults, found while reading the event stream, so that nothing
is ever constructed, expanded or recursed into.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from tocsin.shelf.fault import Fault, KeyPath, Loaded, called

MOST_BYTES = 1_000_000
MOST_FAULTS = 50
DEEPEST = 40

_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_BOOL = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INT = re.compile(r"[-+]?[0-9]{1,18}")
_ZERO_LED = re.compile(r"[-+]?0[0-9]+")
_RADIX = re.compile(r"0o[0-7]{1,20}|0x[0-9a-fA-F]{1,15}")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*|[0-9]+(?:\.[0-9]*)?[eE][-+]?[0-9]{1,3})")


def load_yaml(path: Path, *, name: str | None = None) -> Loaded | list[Fault]:
    """Read one file; `name` is how faults call it (default: the path as given).

    Never raises for what stands in the file, or for one that is missing, unreadable or too large.
    """
    name = name or str(path)
    try:
        if path.stat().st_size > MOST_BYTES:
            return [Fault(name, None, f"is larger than {MOST_BYTES:,} bytes", "Split it.")]
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return [Fault(name, None, f"is not UTF-8 at byte {error.start}", "Save it as UTF-8.")]
    except OSError as error:
        return [Fault(name, None, f"cannot be read: {(error.strerror or 'error').lower()}")]
    return read_yaml(text, name)


def load_each(paths: Iterable[Path], faults: list[Fault]) -> Iterator[tuple[Path, Loaded]]:
    """The files that can be read, in their order; what is wrong with the others joins `faults`."""
    for path in paths:
        loaded = load_yaml(path, name=called(path))
        if isinstance(loaded, list):
            faults += loaded
        else:
            yield path, loaded


def read_yaml(text: str, name: str) -> Loaded | list[Fault]:
    """Read YAML text as plain data with lines, or say every fault that was found."""
    builder = _Builder(name)
    try:
        for event in yaml.parse(text, Loader=yaml.CBaseLoader):
            builder.take(event)
            if builder.hopeless:
                break
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problem = " ".join((error.problem or error.context or "cannot be parsed").split())
        line = min(mark.line, text.count("\n")) + 1 if mark else None
        builder.note(line, f"is not YAML: {problem}", "See that line.")
    except yaml.YAMLError as error:
        problem = " ".join(str(error).split())[:120]
        builder.note(None, f"is not YAML: {problem}", "Remove control characters.")
    if builder.faults:
        return builder.faults
    return Loaded(name, builder.value, builder.marks, builder.keys)


class _Builder:
    """Builds plain data from the event stream, without recursion, noting faults as they come."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.value: Any = None
        self.marks: dict[KeyPath, tuple[int, int]] = {}
        self.keys: dict[KeyPath, tuple[int, int]] = {}
        self.faults: list[Fault] = []
        self.hopeless = False  # reading on would only cost time
        self._open: list[tuple[KeyPath, dict[str, Any] | list[Any]]] = []
        self._key: list[str | None] = []  # for each open mapping, the key that awaits its value
        self._documents = 0

    def note(self, line: int | None, what: str, mend: str) -> None:
        self.faults.append(Fault(self.name, line, what, mend))
        self.hopeless |= len(self.faults) >= MOST_FAULTS

    def take(self, event: Event) -> None:
        match event:
            case ScalarEvent():
                self._scalar(event)
            case MappingStartEvent():
                self._enter(event, {})
            case SequenceStartEvent():
                self._enter(event, [])
            case MappingEndEvent() | SequenceEndEvent():
                self._open.pop()
                self._key.pop()
            case AliasEvent():
                self.note(_line(event), "an alias (*) is not taken here", "Write the value out.")
                self._place(None, event)
            case DocumentStartEvent():
                self._documents += 1
                if self._documents > 1:
                    self.note(_line(event), "a second document begins", "Use one file for each.")
                    self.hopeless = True
            case _:
                pass

    def _enter(self, event: Event, container: dict[str, Any] | list[Any]) -> None:
        self._refuse_tag(event)
        if self._awaits_key():
            self.note(_line(event), "a list or mapping stands as a key", "Keys are plain words.")
            self.hopeless = True
            return
        path = self._place(container, event)
        self._open.append((path, container))
        self._key.append(None)
        if len(self._open) > DEEPEST:
            self.note(_line(event), f"is nested deeper than {DEEPEST} levels", "Flatten it.")
            self.hopeless = True

    def _scalar(self, event: ScalarEvent) -> None:
        self._refuse_tag(event)
        if self._awaits_key():
            path, mapping = self._open[-1]
            if event.value in mapping:
                first = self.keys[(*path, event.value)][0]
                mend = f"It stands on line {first} already: keep one."
                self.note(_line(event), f"the key '{event.value}' stands twice", mend)
            self.keys[(*path, event.value)] = _mark(event)
            self._key[-1] = event.value
            return
        value: Any = event.value
        if event.implicit[0] and not event.style:
            value = self._plain(event)
        path = self._place(value, event)
        if event.style == "|":
            line, column = _mark(event)
            for number in range(value.count("\n") + 1):
                self.marks[*path, number] = (line + 1 + number, column)

    def _plain(self, event: ScalarEvent) -> Any:
        """A plain scalar by the core schema of YAML 1.2.2, section 10.3.2; dates stay text."""
        text: str = event.value
        if text in _NULL:
            return None
        if text in _BOOL:
            return _BOOL[text]
        if text[0] not in "+-.0123456789":
            return text
        if _ZERO_LED.fullmatch(text):
            mend = f"Write {int(text)}, or '{text}' in quotes."
            self.note(_line(event), f"{text} begins with a zero", mend)
            return None
        if _INT.fullmatch(text):
            return int(text)
        if _RADIX.fullmatch(text):
            return int(text, 0)
        return float(text) if _FLOAT.fullmatch(text) else text

    def _place(self, value: Any, event: Event) -> KeyPath:
        if not self._open:
            self.value = value
            self.marks[()] = _mark(event)
            return ()
        parent, container = self._open[-1]
        if isinstance(container, dict):
            key = self._key[-1]
            if key is None:  # an alias as a key, already noted
                return parent
            path: KeyPath = (*parent, key)
            container[key] = value
            self._key[-1] = None
        else:
            path = (*parent, len(container))
            container.append(value)
        self.marks[path] = _mark(event)
        return path

    def _awaits_key(self) -> bool:
        return bool(self._open) and isinstance(self._open[-1][1], dict) and self._key[-1] is None

    def _refuse_tag(self, event: Event) -> None:
        tag = getattr(event, "tag", None)
        if tag is not None:
            self.note(_line(event), f"the tag {tag} is not taken", "Remove it.")
        if getattr(event, "anchor", None) is not None:
            self.note(_line(event), "an anchor (&) is not taken here", "Write the value out.")


def _line(event: Event) -> int:
    return _mark(event)[0]


def _mark(event: Event) -> tuple[int, int]:
    mark = event.start_mark
    return mark.line + 1, mark.column + 1
