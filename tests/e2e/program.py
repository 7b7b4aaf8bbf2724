"""`tocsin run` as a user starts it: a process of its own, watched through what it prints."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path
from typing import Self

from redis.asyncio import Redis

from tocsin.ledger.data_directory import find_running


class Program:
    """One run of `tocsin`. `lines` grow as it prints; `ended` is its exit code."""

    def __init__(self, *arguments: str, crash_at: str | None = None) -> None:
        self.arguments = arguments
        self.lines: list[str] = []
        self._environment = {**os.environ, "NO_COLOR": "1", "COLUMNS": "200"}
        if crash_at is not None:
            self._environment["TOCSIN_CRASH_AT"] = crash_at
        self._spoke = asyncio.Condition()

    async def __aenter__(self) -> Self:
        self.process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "tocsin",
            *self.arguments,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            env=self._environment,
        )
        self._listening = asyncio.create_task(self._listen())
        return self

    async def __aexit__(self, *_: object) -> None:
        if self.process.returncode is None:
            self.process.kill()
        await self.process.wait()
        await self._listening

    async def says(self, words: str, within: float = 60.0) -> str:
        """Wait for a line that contains `words`, and answer it."""
        async with asyncio.timeout(within), self._spoke:
            await self._spoke.wait_for(lambda: self._line(words) is not None or self._silent)
        line = self._line(words)
        assert line is not None, f"never said {words!r}:\n" + "\n".join(self.lines)
        return line

    async def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Ask it to end, and answer its exit code."""
        self.process.send_signal(number)
        return await self.ended()

    async def ended(self, within: float = 60.0) -> int:
        """Wait for its end, and answer its exit code."""
        async with asyncio.timeout(within):
            code = await self.process.wait()
            await self._listening
        return code

    @property
    def _silent(self) -> bool:
        return self.process.stdout is None or self.process.stdout.at_eof()

    def _line(self, words: str) -> str | None:
        return next((line for line in self.lines if words in line), None)

    async def _listen(self) -> None:
        assert self.process.stdout is not None
        async for line in self.process.stdout:
            async with self._spoke:
                self.lines.append(line.decode(errors="replace").rstrip())
                self._spoke.notify_all()
        async with self._spoke:
            self._spoke.notify_all()


async def alerts_of(data: Path) -> list[dict[bytes, bytes]]:
    """Every alert of the stream but notes, as another program on this machine reads it."""
    running = find_running(data)
    assert running is not None, "no living Tocsin holds the data directory"
    client = Redis.from_url(running.url)
    try:
        found = await client.xread({"{tocsin}:alerts:v1": "0"})
    finally:
        await client.aclose()
    entries = [fields for _, stream in found for _, fields in stream]
    return [fields for fields in entries if fields[b"type"] != b"tocsin.note"]
