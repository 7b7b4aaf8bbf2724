"""A first look at a body: what is plainly no feed is named, and goes no further."""

from __future__ import annotations

from typing import Literal

NoFeed = Literal["empty", "html", "pdf", "image", "binary"]

_MAGIC: tuple[tuple[bytes, NoFeed], ...] = (
    (b"%PDF", "pdf"),
    (b"\x89PNG", "image"),
    (b"GIF8", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"RIFF", "image"),
    (b"PK\x03\x04", "binary"),
    (b"\x1f\x8b", "binary"),
    (b"\x7fELF", "binary"),
)
_BLANK = b" \t\r\n\x0b\x0c\xef\xbb\xbf"


def not_a_feed(body: bytes) -> NoFeed | None:
    """Why a body can't be a feed, by its first bytes; None if it might be one."""
    head = body[:1024].lstrip(_BLANK)
    if not head:
        return "empty" if not body.strip(_BLANK) else None
    for magic, name in _MAGIC:
        if head.startswith(magic):
            return name
    lowered = head.lower()
    if lowered.startswith((b"<!doctype html", b"<html", b"<head", b"<body")):
        return "html"
    return None
