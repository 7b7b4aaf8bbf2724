"""A TCP proxy on loopback that can lose replies, go silent or cut connections."""

from __future__ import annotations

import asyncio
import contextlib
from types import TracebackType
from typing import Self


class Proxy:
    """`async with Proxy(port) as proxy:` — connect to `proxy.port`; then set what goes wrong.

    `drop_replies`: the server gets the command, and the connection is cut before its reply.
    `black_hole`: nothing passes in either direction, and nothing is said.
    """

    def __init__(self, target: int) -> None:
        self.drop_replies = False
        self.black_hole = False
        self.lost = 0  # replies, so far
        self._target = target
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def port(self) -> int:
        """The port to connect to."""
        assert self._server is not None
        return int(self._server.sockets[0].getsockname()[1])

    @property
    def url(self) -> str:
        """The address to give to a client."""
        return f"redis://127.0.0.1:{self.port}/0"

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        assert self._server is not None
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        try:
            up_reader, up_writer = await asyncio.open_connection("127.0.0.1", self._target)
            there = asyncio.create_task(self._pass(reader, up_writer, replies=False))
            back = asyncio.create_task(self._pass(up_reader, writer, replies=True))
            try:
                await asyncio.wait({there, back}, return_when=asyncio.FIRST_COMPLETED)
            finally:
                there.cancel()
                back.cancel()
                up_writer.close()
        finally:
            with contextlib.suppress(OSError):
                writer.close()

    async def _pass(
        self, source: asyncio.StreamReader, sink: asyncio.StreamWriter, *, replies: bool
    ) -> None:
        while data := await source.read(65536):
            if self.black_hole:
                continue
            if replies and self.drop_replies:
                self.lost += 1
                return
            sink.write(data)
            await sink.drain()
