"""A feed's bytes as UTF-8, by what they are, what the header says and what the prolog says.

RFC 7303 puts the header before the prolog; in the field both lie, and bytes that are valid UTF-8
with a character beyond ASCII are UTF-8, whatever they are called.
"""

from __future__ import annotations

import codecs
import re

_PROLOG = re.compile(r"\A\s*<\?xml[^>]{0,200}\?>\s*", re.ASCII)
_NAMED = re.compile(rb"\A\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._:-]{1,40})[\"']")

# What web pages mean by a name (WHATWG Encoding): Latin-1 and ASCII are Windows' Latin.
_MEANT = {"iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030"}
_KNOWN = re.compile(
    r"utf-8|utf-16(-[lb]e)?|cp12\d\d|cp866|cp874|cp932|cp949|iso8859-\d\d?|koi8-[ru]|mac-\w+"
    r"|gb18030|big5|shift_jis|euc_jp|euc_kr|iso2022_jp"
)


def as_utf8(body: bytes, charset: str | None = None) -> bytes | None:
    """The document in UTF-8 without byte order mark or conflicting declaration.

    None if it is in no encoding it names, or in one that feeds have no business to use.
    """
    if body.startswith(codecs.BOM_UTF8):
        body = body[3:]
    named = _NAMED.match(body[:300])
    prolog = _codec(named[1].decode()) if named else None
    if not body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        if _is_utf8(body) and (not body.isascii() or not _stateful(prolog, charset)):
            return body.lstrip() if prolog in {None, "utf-8"} else _redeclared(body.decode())
        names = [_codec(charset) if charset else None, prolog]
    else:
        names = ["utf-16"]
    for name in names:
        if name is None or name == "utf-8":
            continue
        try:
            return _redeclared(body.decode(name))
        except (UnicodeDecodeError, LookupError):
            continue
    return None


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return b"\x00" not in body[:64]


def _stateful(*names: str | None) -> bool:
    """Whether an encoding whose bytes all look like ASCII was named."""
    return any(name is not None and "2022" in name for name in names)


def _codec(name: str) -> str | None:
    try:
        found = codecs.lookup(name).name
    except (LookupError, ValueError):
        return None
    found = _MEANT.get(found, found)
    return found if _KNOWN.fullmatch(found) else None


def _redeclared(text: str) -> bytes:
    """UTF-8 without the declaration that named another encoding."""
    return _PROLOG.sub("", text.removeprefix("\ufeff"), count=1).encode()
