"""Markup to plain text, once: what is stored, read, quoted and shown.

Feeds carry HTML inside XML. The XML parser has undone one layer of escaping; this undoes the other,
and no third: `&amp;lt;b&amp;gt;` ends as the visible letters `<b>`.
"""

from __future__ import annotations

import html
import re
import unicodedata

from lxml import etree

_TAG = re.compile(r"<[a-zA-Z/!?]")
_BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "br", "caption", "center", "dd", "details", "div"}
    | {"dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "header", "hr", "li"}
    | {"h1", "h2", "h3", "h4", "h5", "h6", "main", "nav", "ol", "p", "pre", "section", "summary"}
    | {"table", "tbody", "tfoot", "thead", "tr", "ul"}
)
_CELLS = frozenset({"td", "th"})
_SILENT = frozenset(
    {"embed", "head", "iframe", "math", "noscript", "object", "script", "select", "style", "svg"}
    | {"template", "textarea"}
)

# Taken out: controls; marks that change the direction of text; zero-width marks, the tags block and
# soft hyphens, which hide or split words; surrogates and non-characters. Joiners stay where a
# script needs them, which is never after an ASCII character.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f\x80-\x84\x86-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
    "|(?<=[\x00-\x7f])[\u200c\u200d]+"
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_LINE_END = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_PARAGRAPH = re.compile(r"\n\s*\n")
_BLANKS = re.compile(r"[ \t]{2,}|\t")  # a single blank is no match, and so costs nothing


# In HTML these are one blank; a hard blank is not among them.
_HTML_BLANKS = re.compile(r" {2,}|[\t\n\r\f\v][ \t\n\r\f\v]*")


class _Text:
    """Collects the text of a parsed page; a target for lxml's parser, which keeps no tree then."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        self.parts: list[str] = []
        self.silent = 0

    def start(self, tag: str, attributes: object) -> None:
        del attributes
        if tag in _SILENT:
            self.silent += 1
        elif tag in _BLOCKS:
            self.parts.append("\n")
        elif tag in _CELLS:
            self.parts.append(" ")

    def end(self, tag: str) -> None:
        if tag in _SILENT:
            self.silent = max(0, self.silent - 1)
        elif tag in _BLOCKS:
            self.parts.append("\n")

    def data(self, data: str) -> None:
        if not self.silent:
            self.parts.append(_HTML_BLANKS.sub(" ", data))

    def comment(self, text: str) -> None:
        """Comments say nothing."""

    def close(self) -> str:
        text = "".join(self.parts)
        self.forget()
        return text


# One parser for all: making one costs more than parsing a summary. lxml locks it while it works.
_target = _Text()
_parser = etree.HTMLParser(
    target=_target, encoding="utf-8", remove_pis=True, no_network=True, huge_tree=False
)


def from_html(markup: str, limit: int) -> str:
    """HTML as plain text of at most `limit` code points: blocks on lines of their own.

    Scripts, styles, forms and embedded objects are silent. Text without any tag keeps its
    paragraphs. Never raises.
    """
    markup = markup[: limit * 8].replace("\x00", "")
    if _TAG.search(markup):
        return clean(_rendered(markup), limit)
    text = html.unescape(markup) if "&" in markup else markup
    return clean(_unwrapped(_LINE_END.sub("\n", text)), limit)


def _unwrapped(text: str) -> str:
    """Text without markup: an empty line ends a paragraph, a single line end is a blank."""
    return "\n".join(part.replace("\n", " ") for part in _PARAGRAPH.split(text))


def _rendered(markup: str) -> str:
    try:
        return str(etree.fromstring(markup.encode("utf-8", "replace"), _parser))
    except etree.LxmlError:
        _target.forget()
        return re.sub(r"<[^<>]*>", " ", markup)


def clean(text: str, limit: int) -> str:
    """Plain text made safe to store and show: NFC, no invisible characters, sane blanks.

    Hard and narrow blanks stay: they group digits.
    """
    text = text[: limit * 8]
    if not text.replace("\n", "").isprintable():  # what is taken out is never printable
        text = _LINE_END.sub("\n", _SURROGATE.sub("\ufffd", text))
        text = _INVISIBLE.sub("", text)
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    text = _BLANKS.sub(" ", text)
    if "\n" in text:
        text = "\n".join(line for part in text.split("\n") if (line := part.strip()))
    return text.strip()[:limit].rstrip()


def one_line(markup: str, limit: int) -> str:
    """HTML as a single line: titles, names."""
    return from_html(markup, limit).replace("\n", " ")
