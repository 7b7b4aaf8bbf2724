"""Bodies unpacked by pieces under a cap: a 1 MB bomb must not become 1 GB of memory."""

from __future__ import annotations

import zlib
from collections.abc import AsyncIterator, Iterator
from typing import Literal, Protocol

import brotli

#: How much is unpacked in one step, in bytes.
_STEP = 64 * 1024
_GZIP = 16 + zlib.MAX_WBITS

Fault = Literal["too_large", "encoding", "truncated"]


class UnpackError(Exception):
    """A body that can't be had whole; `reason` is what a feed's failure is called."""

    def __init__(self, reason: Fault, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail


class _Unpacker(Protocol):
    def pieces(self, chunk: bytes) -> Iterator[bytes]:
        """Unpack one chunk, piece by piece, so that its reader can stop in the middle."""

    def finished(self) -> bool:
        """Whether the stream ended where its format says it ends."""


class _Plain:
    def pieces(self, chunk: bytes) -> Iterator[bytes]:
        yield chunk

    def finished(self) -> bool:
        return True


class _Gzip:
    """gzip, of several members if need be (RFC 1952 §2.2); what follows the last is ignored."""

    def __init__(self) -> None:
        self._stream = zlib.decompressobj(_GZIP)

    def pieces(self, chunk: bytes) -> Iterator[bytes]:
        while chunk:
            if self._stream.eof:
                if not chunk.startswith(b"\x1f"):
                    return
                self._stream = zlib.decompressobj(_GZIP)
            try:
                yield self._stream.decompress(chunk, _STEP)
            except zlib.error as error:
                raise UnpackError("encoding", str(error)) from None
            chunk = self._stream.unused_data if self._stream.eof else self._stream.unconsumed_tail

    def finished(self) -> bool:
        return self._stream.eof


class _Brotli:
    def __init__(self) -> None:
        self._stream = brotli.Decompressor()

    def pieces(self, chunk: bytes) -> Iterator[bytes]:
        # What is left inside comes out with empty input; only an empty answer says it is all.
        try:
            while piece := self._stream.process(chunk, output_buffer_limit=_STEP):
                yield piece
                chunk = b""
        except brotli.error as error:
            raise UnpackError("encoding", str(error)) from None

    def finished(self) -> bool:
        return bool(self._stream.is_finished())


def _unpacker(encoding: str) -> _Unpacker:
    match [coding for coding in encoding.lower().replace(" ", "").split(",") if coding]:
        case [] | ["identity"]:
            return _Plain()
        case ["gzip" | "x-gzip"]:
            return _Gzip()
        case ["br"]:
            return _Brotli()
        case [_]:
            raise UnpackError("encoding", f"unknown content encoding {encoding[:40]!r}")
        case _:
            raise UnpackError("encoding", f"packed more than once: {encoding[:40]!r}")


async def unpack(chunks: AsyncIterator[bytes], encoding: str, *, wire: int, whole: int) -> bytes:
    """The body, unpacked; reading stops at `wire` bytes as sent or `whole` bytes unpacked.

    `encoding` is the Content-Encoding header. Raises `UnpackError`.
    """
    unpacker = _unpacker(encoding)
    body: list[bytes] = []
    received = unpacked = 0
    async for chunk in chunks:
        received += len(chunk)
        if received > wire:
            raise UnpackError("too_large", f"more than {wire} bytes sent")
        for piece in unpacker.pieces(chunk):
            unpacked += len(piece)
            if unpacked > whole:
                raise UnpackError("too_large", f"more than {whole} bytes unpacked")
            body.append(piece)
    if received and not unpacker.finished():
        raise UnpackError("truncated", "the packed body ends in the middle")
    return b"".join(body)
