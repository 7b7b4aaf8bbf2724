"""Feed lists in OPML 2.0: read carefully, written plainly (opml.org/spec2.opml).

Groups are kept as the path of outlines above a feed. What OPML has no word for (publisher, every)
stands in attributes of a namespace of our own, which other programs leave alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from xml.parsers import expat

from lxml import etree

from tocsin.feeds.entries import http_link, language_tag
from tocsin.feeds.plain import clean, one_line
from tocsin.net.guard import Refused, judge_url

#: The namespace of our own attributes on an outline.
NAMESPACE = "urn:tocsin:opml"
_LONGEST, _MOST, _DEEPEST = 10 * 1024 * 1024, 20_000, 32


@dataclass(frozen=True, slots=True)
class OpmlFeed:
    """A feed of a list: its address, its name, and the groups it stands in, outermost first.

    `own` are our own attributes, by name. `line` is where it stands in the file it came from.
    """

    url: str
    title: str
    groups: tuple[str, ...] = ()
    html_url: str | None = None
    language: str | None = None
    own: tuple[tuple[str, str], ...] = ()
    line: int = 0


@dataclass(frozen=True, slots=True)
class OpmlFault:
    """What is wrong with a list, where, and how to mend it."""

    line: int | None
    what: str
    mend: str


class _Fault(Exception):  # noqa: N818 — a way out of expat's callbacks, never seen outside
    def __init__(self, what: str, mend: str) -> None:
        self.what = what
        self.mend = mend


def read_opml(data: bytes) -> tuple[OpmlFeed, ...] | OpmlFault:
    """The feeds of a list in its order, each address once; or the first fault found.

    Addresses may be private: what may be connected to is decided when it is. Nothing is loaded and
    no entity is expanded (H2).
    """
    if len(data) > _LONGEST:
        return OpmlFault(None, "larger than 10 MB", "Split the list.")
    outline = _Outline()
    try:
        outline.parser.Parse(data, True)  # noqa: FBT003 — expat's own signature
    except _Fault as fault:
        return OpmlFault(outline.parser.CurrentLineNumber, fault.what, fault.mend)
    except expat.ExpatError as error:
        reason = expat.ErrorString(error.code)
        return OpmlFault(error.lineno, f"not well-formed XML: {reason}", "Export the list anew.")
    return tuple(outline.feeds.values())


class _Outline:
    """One pass over one list."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.StartDoctypeDeclHandler = self.doctype
        self.groups: list[str | None] = []
        self.depth = 0
        self.feeds: dict[str, OpmlFeed] = {}

    def doctype(self, *_: object) -> None:
        raise _Fault("has a DOCTYPE", "Remove the DOCTYPE; OPML needs none.")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth == 1 and name != "opml":
            raise _Fault(f"the root element is <{name[:40]}>", "Give a file whose root is <opml>.")
        if name != "outline":
            return
        if len(self.groups) >= _DEEPEST:
            raise _Fault(f"groups inside groups, more than {_DEEPEST} deep", "Flatten the list.")
        label = one_line(attributes.get("text") or attributes.get("title") or "", 200)
        if "xmlUrl" in attributes:
            self._feed(attributes, label)
            self.groups.append(None)
        elif attributes.get("type", "").lower() == "rss":
            raise _Fault(f"the feed {label!r} has no xmlUrl", "Give its address as xmlUrl.")
        else:
            self.groups.append(label or None)

    def _feed(self, attributes: dict[str, str], label: str) -> None:
        url = attributes["xmlUrl"].strip()
        verdict = judge_url(url)
        if isinstance(verdict, Refused) and verdict.reason in _NO_ADDRESS:
            raise _Fault(
                f"xmlUrl {url[:100]!r} can't be polled ({verdict.reason})",
                "Give an http or https address without user name.",
            )
        if len(self.feeds) >= _MOST:
            raise _Fault(f"more than {_MOST} feeds", "Split the list.")
        own = NAMESPACE + " "
        self.feeds.setdefault(
            url,
            OpmlFeed(
                url=url,
                title=label,
                groups=tuple(group for group in self.groups if group),
                html_url=http_link(attributes.get("htmlUrl", ""), ""),
                language=language_tag(attributes.get("language")),
                own=tuple(
                    (name.removeprefix(own), clean(value, 200))
                    for name, value in attributes.items()
                    if name.startswith(own)
                ),
                line=self.parser.CurrentLineNumber,
            ),
        )

    def end(self, name: str) -> None:
        self.depth -= 1
        if name == "outline":
            self.groups.pop()


# Faults of the address as written; private and other networks are the guard's matter later.
_NO_ADDRESS = frozenset(
    {"scheme", "no_host", "malformed", "userinfo", "strange_host", "strange_character", "too_long"}
    | {"zone"}
)


def write_opml(title: str, feeds: Iterable[OpmlFeed]) -> bytes:
    """The list as OPML 2.0 in UTF-8, groups nested as they were."""
    root = etree.Element("opml", version="2.0", nsmap={"tocsin": NAMESPACE})
    etree.SubElement(etree.SubElement(root, "head"), "title").text = clean(title, 200)
    body = etree.SubElement(root, "body")
    groups: dict[tuple[str, ...], etree._Element] = {(): body}
    for feed in feeds:
        for depth, name in enumerate(feed.groups, 1):
            path = feed.groups[:depth]
            if path not in groups:
                groups[path] = etree.SubElement(groups[path[:-1]], "outline", text=name)
        line = etree.SubElement(
            groups[feed.groups],
            "outline",
            type="rss",
            text=feed.title or feed.url,
            xmlUrl=feed.url,
        )
        if feed.html_url:
            line.set("htmlUrl", feed.html_url)
        if feed.language:
            line.set("language", feed.language)
        for name, value in feed.own:
            line.set(f"{{{NAMESPACE}}}{name}", value)
    written: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)
    return written
