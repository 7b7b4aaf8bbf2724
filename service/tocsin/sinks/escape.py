"""Words from outside, made safe to show: what cannot be seen goes, what could act becomes text."""

from __future__ import annotations

import unicodedata
from urllib.parse import quote, urlsplit

# Cf is every format character: bidi controls, zero-width ones, the tags block, soft hyphens.
_UNSEEN = frozenset({"Cf", "Cc", "Cs", "Co", "Zl", "Zp"})
_SLACK = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_FILLERS = frozenset("\u115f\u1160\u3164\uffa0\u2800")  # letters by category, blank to the eye


def plain(text: str, limit: int = 1_000) -> str:
    """One line of visible text, at most `limit` characters: no control, bidi or zero-width (H17).

    Marks piled on one letter are cut after four; the rest is as it was written.
    """
    kept: list[str] = []
    piled = 0
    for character in text[: limit * 4]:
        category = unicodedata.category(character)
        if character in "\t\n\r" or category in {"Zl", "Zp", "Zs"}:
            kept.append(" ")
            continue
        piled = piled + 1 if category == "Mn" else 0
        if category in _UNSEEN or character in _FILLERS or piled > 4:
            continue
        kept.append(character)
    return cut(" ".join("".join(kept).split()), limit)


def cut(text: str, limit: int) -> str:
    """At most `limit` characters, with an ellipsis where something was cut off."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def for_slack(text: str) -> str:
    """Slack's three control characters as entities: no mention, link or channel survives (H14).

    https://docs.slack.dev/messaging/formatting-message-text#escaping
    """
    return text.translate(_SLACK)


def web_link(url: object) -> tuple[str, str] | None:
    """An http(s) link as (address, its real host), or None for any other (H9, H16).

    The address is percent-encoded where a message's own syntax could take it apart. The host is
    ASCII: an internationalised name shows as `xn--…`, and cannot pass for another.
    """
    if not isinstance(url, str) or len(url) > 2_000:
        return None
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("idna").decode("ascii")
    except (ValueError, UnicodeError):
        return None
    if parts.scheme not in {"http", "https"} or not host or "@" in parts.netloc:
        return None
    return quote(url, safe=":/?#[]@!$&'()*+,;=%~"), host
