"""Two repairs that lose no word, for feeds that are almost XML.

A bare ampersand ("R&D"), an HTML entity that XML does not know ("&nbsp;") and a control character
are what most broken feeds suffer from; tolerant parsers garble them ("R&D;"). Everything else is
left to those.
"""

from __future__ import annotations

import re
from html.entities import html5

_XML_OWN = frozenset({b"amp", b"lt", b"gt", b"quot", b"apos"})
_AMPERSAND = re.compile(rb"&(?:(#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)?")
_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\r")


def mended(document: bytes) -> bytes:
    """The UTF-8 document with its ampersands escaped and its control characters gone.

    CDATA sections keep their ampersands. Takes linear time for any bytes.
    """
    document = document.translate(None, _CONTROLS)
    parts: list[bytes] = []
    done = 0
    while (start := document.find(b"<![CDATA[", done)) >= 0:
        end = document.find(b"]]>", start)
        if end < 0:
            break
        parts += (_AMPERSAND.sub(_escaped, document[done:start]), document[start : end + 3])
        done = end + 3
    parts.append(_AMPERSAND.sub(_escaped, document[done:]))
    return b"".join(parts)


def _escaped(match: re.Match[bytes]) -> bytes:
    name: bytes | None = match[1]
    if name is None:
        return b"&amp;"
    if name.startswith(b"#") or name in _XML_OWN:
        return match[0]
    meant = html5.get(f"{name.decode()};")
    if meant is None:
        return b"&amp;" + match[0][1:]
    return "".join(f"&#{ord(character)};" for character in meant).encode()
