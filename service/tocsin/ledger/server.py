"""The embedded server: found, started, watched, restarted if it dies, stopped last.

It runs in a session of its own, so that a terminal's Ctrl-C reaches Tocsin and not it, and ends
when Tocsin ends, however that ends (`tether.py`). One that was left over all the same is ended at
the next start; what it had acknowledged is in its append-only file.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

import structlog

from tocsin.ledger import tether
from tocsin.ledger.connection import Away, connect, reach
from tocsin.ledger.data_directory import DataDirectory, Running
from tocsin.ledger.leftover import end_leftover
from tocsin.ledger.server_binary import ServerBinary, ServerError, find_binary
from tocsin.ledger.server_config import config_file, configuration, free_port

log = structlog.get_logger("tocsin.ledger.server")

#: A socket's path ends at 107 bytes on Linux, at 103 on macOS.
LONGEST_SOCKET_PATH = 103
START_WITHIN = 120.0  # seconds; a large append-only file takes a while to load
STOP_WITHIN = 10.0
_PAUSES = (0.0, 0.2, 1.0, 5.0)  # before each restart in a row; the last one again and again


class EmbeddedServer:
    """`async with EmbeddedServer(data) as server:` — then `server.url` and `server.socket` answer.

    Raises `ServerError` (one line for the user) where it cannot be had; `DataInUseError` while
    another living Tocsin has the directory. `on_trouble` hears each death and each failed restart.
    """

    def __init__(
        self,
        data: Path,
        *,
        port: int | None = None,
        tethered: bool = True,
        on_trouble: Callable[[str], None] | None = None,
    ) -> None:
        self.directory = DataDirectory(data)
        self.restarts = 0
        self._wanted_port = port
        self._tethered = tethered
        self._on_trouble = on_trouble or (lambda said: log.warning("server_trouble", said=said))
        self._binary: ServerBinary | None = None
        self._process: asyncio.subprocess.Process | None = None
        self._watch: asyncio.Task[None] | None = None
        self._stopping = False
        self._running: Running | None = None
        self._refuge: Path | None = None  # of a socket whose path would be too long

    @property
    def url(self) -> str:
        """The loopback address, for us and for other programs."""
        return self._now().url

    @property
    def socket(self) -> str | None:
        """The unix socket; None where even a temporary path would be too long."""
        return self._now().socket

    @property
    def pid(self) -> int:
        """The server's process id."""
        return self._now().pid

    @property
    def label(self) -> str:
        """Like "valkey 9.1.2"."""
        return str(self._binary)

    def _now(self) -> Running:
        if self._running is None:
            raise RuntimeError("the embedded server is not started")
        return self._running

    async def __aenter__(self) -> Self:
        self.directory.hold()
        try:
            self._binary = await asyncio.to_thread(find_binary)
            self.directory.check_written_by(self._binary)
            await end_leftover(self.directory)
            process = await self._start(self._binary)
        except BaseException:
            await self._end_process()
            self._leave()
            raise
        self._watch = asyncio.create_task(
            self._keep_alive(self._binary, process), name="embedded-server"
        )
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stopping = True  # a cancellation that lands in a client's clean-up may be swallowed
        if self._watch is not None:
            self._watch.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._watch
        await self._end_process()
        self._leave()

    def _leave(self) -> None:
        if self._refuge is not None:
            shutil.rmtree(self._refuge, ignore_errors=True)
            self._refuge = None
        self.directory.release()

    # ── start ────────────────────────────────────────────────────────────────────────────────
    async def _start(self, binary: ServerBinary) -> asyncio.subprocess.Process:
        last = self.directory.last_server()
        port = self._wanted_port or free_port(last.port if last else 0)
        path = self._socket_path()
        config = config_file(self.directory.path)
        config.write_text(configuration(self.directory.path, port, path), encoding="utf-8")
        command = [str(binary.path), str(config)]
        if self._tethered:
            command = [sys.executable, "-I", "-S", tether.__file__, str(os.getpid()), *command]
        with (self.directory.path / "server.log").open("wb") as output:
            self._process = process = await asyncio.create_subprocess_exec(
                *command,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        self._running = Running(binary.name, binary.version, process.pid, port, path)
        self.directory.write_server(self._running)
        await self._until_it_answers(process)
        return process

    async def _until_it_answers(self, process: asyncio.subprocess.Process) -> None:
        redis = connect(self.url, socket=self.socket, timeout=2.0, connections=1)
        died = asyncio.create_task(process.wait())
        try:
            async with asyncio.timeout(START_WITHIN):
                while isinstance(await reach(redis.ping()), Away):
                    done, _ = await asyncio.wait({died}, timeout=0.02)
                    if done:
                        raise ServerError(
                            f"the embedded server did not start: {self._last_words()}"
                        )
        except TimeoutError as error:
            raise ServerError(
                f"the embedded server did not answer within {START_WITHIN:.0f} s: "
                f"{self._last_words()}"
            ) from error
        finally:
            died.cancel()
            await redis.aclose()

    def _socket_path(self) -> str | None:
        path = self.directory.path / "server.sock"
        if len(os.fsencode(path)) <= LONGEST_SOCKET_PATH:
            return str(path)
        if self._refuge is None:
            self._refuge = Path(tempfile.mkdtemp(prefix="tocsin-"))
        path = self._refuge / "server.sock"
        return str(path) if len(os.fsencode(path)) <= LONGEST_SOCKET_PATH else None

    def _last_words(self) -> str:
        output = self.directory.path / "server.log"
        with contextlib.suppress(OSError):
            lines = output.read_text(encoding="utf-8", errors="replace").splitlines()
            worst = [line for line in lines if " # " in line or "FATAL" in line] or lines
            if worst:
                return f"{worst[-1].strip()} ({output})"
        return f"see {output}"

    # ── watch ────────────────────────────────────────────────────────────────────────────────
    async def _keep_alive(self, binary: ServerBinary, process: asyncio.subprocess.Process) -> None:
        """Restart the server each time it dies, at the same address."""
        while not self._stopping:
            status = await process.wait()
            self._on_trouble(f"the embedded server ended with status {status}: restarting it")
            self._wanted_port = self._now().port
            failures = 0
            while not self._stopping:
                await asyncio.sleep(_PAUSES[min(failures, len(_PAUSES) - 1)])
                try:
                    process = await self._start(binary)
                except (ServerError, OSError) as error:
                    failures += 1
                    await self._end_process()
                    self._on_trouble(str(error))
                else:
                    self.restarts += 1
                    break

    # ── end ──────────────────────────────────────────────────────────────────────────────────
    async def _end_process(self) -> None:
        process, self._process = self._process, None
        if process is None or process.returncode is not None:
            return
        process.terminate()
        try:
            async with asyncio.timeout(STOP_WITHIN):
                await process.wait()
        except TimeoutError:
            process.kill()
            await process.wait()
