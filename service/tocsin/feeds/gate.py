"""The gate before the fast parser: only XML that is well-formed, modest and without tricks.

The fast parser repairs what it does not understand, and so damages broken feeds in silence ("R&D"
becomes "R"). Behind this gate it only ever sees UTF-8 that needs no repair. What is ill-formed goes
to the tolerant parser; what is hostile goes nowhere. The same pass notes what the fast parser does
not report: ttl, skip hours and days, hub, language, and each item's source.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal
from xml.parsers import expat

from tocsin.feeds.charset import as_utf8
from tocsin.feeds.mend import mended

Hostile = Literal[
    "dtd",
    "too_deep",
    "too_many_attributes",
    "attribute_too_long",
    "too_many_items",
    "too_many_elements",
    "html",
    "not_a_feed",
]

#: The gate's measures. Feeds of real publishers stay below a tenth of each.
DEPTH = 128
ATTRIBUTES = 64
ATTRIBUTE_LENGTH = 65_536
ITEMS = 5_000
ELEMENTS = 500_000

_LANG = "http://www.w3.org/XML/1998/namespace lang"
_DC_LANGUAGE = "http://purl.org/dc/elements/1.1/ language"


@dataclass(slots=True)
class ItemNote:
    """What one item says of its origin and language."""

    source: str = ""
    language: str | None = None


@dataclass(slots=True)
class Outline:
    """What a feed says of itself, as text of the feed; `items` in the order of the feed."""

    language: str | None = None
    ttl: str | None = None
    skip_hours: list[str] = field(default_factory=list)
    skip_days: list[str] = field(default_factory=list)
    hub: str | None = None
    items: list[ItemNote] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Admitted:
    """Well-formed and modest: `document` is UTF-8, from the root element on.

    What stands before the root says nothing about reports, and libxml2 opens the file that a
    doctype names.
    """

    document: bytes
    outline: Outline


@dataclass(frozen=True, slots=True)
class IllFormed:
    """Not XML, or in no encoding we know: something for the tolerant parser."""

    detail: str


@dataclass(frozen=True, slots=True)
class TurnedAway:
    """Hostile, immoderate or no feed at all."""

    reason: Hostile
    detail: str


class _Hostility(Exception):  # noqa: N818 — a way out of expat's callbacks, never seen outside
    def __init__(self, reason: Hostile, detail: str = "") -> None:
        self.reason = reason
        self.detail = detail


def admit(body: bytes, charset: str | None = None) -> Admitted | IllFormed | TurnedAway:
    """Pass a feed through the gate. `charset` is what the response's Content-Type says.

    A feed that is almost XML is mended (`mend.py`) and tried once more.
    """
    document = as_utf8(body, charset)
    if document is None:
        return IllFormed("in no encoding that it names")
    verdict = _inspect(document)
    if isinstance(verdict, IllFormed) and (whole := mended(document)) != document:
        return _inspect(whole)
    return verdict


def _inspect(document: bytes) -> Admitted | IllFormed | TurnedAway:
    watch = _Watch()
    try:
        watch.parser.Parse(document, True)  # noqa: FBT003 — expat's own signature
    except _Hostility as found:
        return TurnedAway(found.reason, found.detail)
    except expat.ExpatError as error:
        return IllFormed(str(error)[:200])
    if watch.skipped:
        return IllFormed("names entities that are not XML's own")
    return Admitted(document[watch.root_at :], watch.outline)


class _Watch:
    """One pass of expat over one document; no entity is expanded and nothing is loaded."""

    def __init__(self) -> None:
        parser = expat.ParserCreate(encoding="utf-8", namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.StartDoctypeDeclHandler = self.doctype
        parser.EntityDeclHandler = self.entity
        parser.SkippedEntityHandler = self.skip
        self.parser = parser
        self.outline = Outline()
        self.skipped = False
        self.root_at = 0
        self.path: list[str] = []
        self.item: ItemNote | None = None
        self.item_depth = 0
        self.count = 0
        self.heard: list[str] | None = None

    def doctype(
        self,
        name: str,
        system: str | None,
        public: str | None,
        internal: bool,  # noqa: FBT001 — expat calls it
    ) -> None:
        """A doctype that only names a DTD is harmless (RSS 0.91 has one): it goes no further."""
        del system, public
        if internal:
            raise _Hostility("dtd", "declares entities or elements of its own")
        if name.lower() == "html":
            raise _Hostility("html")

    def entity(self, *_: object) -> None:
        raise _Hostility("dtd", "declares entities")

    def skip(self, *_: object) -> None:
        self.skipped = True

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.count += 1
        path = self.path
        local = name.rpartition(" ")[2]
        if not path:
            _judge_root(local)
            self.root_at = self.parser.CurrentByteIndex
        path.append(local)
        if len(path) > DEPTH:
            raise _Hostility("too_deep", f"more than {DEPTH} elements inside each other")
        if self.count > ELEMENTS:
            raise _Hostility("too_many_elements", f"more than {ELEMENTS}")
        if attributes:
            if len(attributes) > ATTRIBUTES:
                raise _Hostility("too_many_attributes", f"{len(attributes)} on <{local[:40]}>")
            if any(len(value) > ATTRIBUTE_LENGTH for value in attributes.values()):
                raise _Hostility("attribute_too_long", f"on <{local[:40]}>")
        if self.item is None:
            self._feed_level(local, name, attributes)
        elif self._noted(local, name):
            self._listen()

    def _feed_level(self, local: str, name: str, attributes: dict[str, str]) -> None:
        outline = self.outline
        if local in {"item", "entry"} and len(self.path) <= 3:
            if len(outline.items) >= ITEMS:
                raise _Hostility("too_many_items", f"more than {ITEMS}")
            self.item = ItemNote(language=attributes.get(_LANG))
            self.item_depth = len(self.path)
            outline.items.append(self.item)
        elif local == "link":
            if attributes.get("rel") == "hub" and outline.hub is None:
                outline.hub = attributes.get("href")
        elif local in {"ttl", "hour", "day"} or name == _DC_LANGUAGE or local == "language":
            self._listen()
        if outline.language is None and len(self.path) <= 2:
            outline.language = attributes.get(_LANG)

    def _noted(self, local: str, name: str) -> bool:
        """Whether an element inside an item is one that is noted: <source>, its title, language."""
        below = len(self.path) - self.item_depth
        if below == 1:
            return local == "source" or name == _DC_LANGUAGE
        return below == 2 and local == "title" and self.path[-2] == "source"

    def _listen(self) -> None:
        self.heard = []
        self.parser.CharacterDataHandler = self.heard.append

    def end(self, name: str) -> None:
        path = self.path
        if self.heard is not None:
            self._note(path[-1], "".join(self.heard).strip()[:200])
            self.heard = None
            self.parser.CharacterDataHandler = None
        path.pop()
        if self.item is not None and len(path) < self.item_depth:
            self.item = None
        del name

    def _note(self, local: str, text: str) -> None:
        outline, item = self.outline, self.item
        if item is not None:
            if local == "language":
                item.language = item.language or text
            else:
                item.source = item.source or text
        elif local == "ttl":
            outline.ttl = text
        elif local == "hour":
            outline.skip_hours.append(text)
        elif local == "day":
            outline.skip_days.append(text)
        elif text:
            outline.language = text


def _judge_root(local: str) -> None:
    lowered = local.lower()
    if lowered == "html":
        raise _Hostility("html")
    if lowered not in {"rss", "feed", "rdf"}:
        raise _Hostility("not_a_feed", f"the root element is <{local[:40]}>")
