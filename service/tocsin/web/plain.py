"""Words from outside, made fit for a page: what cannot be seen is gone, addresses show their host.

Escaping is not done here: the page is built as a tree, and the tree is escaped where it is written.
"""

from __future__ import annotations

import unicodedata

from yarl import URL

_LONGEST = 600


def plain(text: str) -> str:
    """`text` without control and format characters (bidi, zero width, tags), on one line."""
    kept = "".join(" " if char.isspace() else char for char in text[: _LONGEST * 4] if _seen(char))
    kept = " ".join(kept.split())
    return kept if len(kept) <= _LONGEST else kept[: _LONGEST - 1] + "…"


def _seen(char: str) -> bool:
    return char.isspace() or unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co", "Cn")


def web_address(url: str | None) -> tuple[str, str] | None:
    """An http(s) address fit for a link, and the host it really leads to; None for any other."""
    if not url:
        return None
    try:
        parsed = URL(url.strip())
        host = parsed.raw_host
    except ValueError:
        return None
    if parsed.scheme not in ("http", "https") or not host:
        return None
    return str(parsed.with_user(None)), host
