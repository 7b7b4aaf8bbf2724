"""The data directory of an embedded server: who holds it, and which server wrote it.

Held means held by a living Tocsin: the lock is the kernel's (`flock`) and ends with its process,
however that ends. A server that outlived its Tocsin holds nothing.
"""

from __future__ import annotations

import fcntl
import os
from dataclasses import dataclass
from pathlib import Path

import orjson

from tocsin.ledger.server_binary import ServerBinary, ServerError


class DataInUseError(ServerError):
    """Another living Tocsin holds the data directory."""


@dataclass(frozen=True, slots=True)
class Running:
    """An embedded server as written into its data directory: how to reach it, and what it is."""

    name: str
    version: tuple[int, ...]
    pid: int
    port: int
    socket: str | None

    @property
    def url(self) -> str:
        """Its loopback address."""
        return f"redis://127.0.0.1:{self.port}/0"


class DataDirectory:
    """One data directory. `hold` before anything else in it is touched."""

    def __init__(self, path: Path) -> None:
        self.path = path.resolve()
        self._lock: int | None = None

    @property
    def _lock_file(self) -> Path:
        return self.path / "tocsin.lock"

    @property
    def _server_file(self) -> Path:
        return self.path / "server.json"

    def hold(self) -> None:
        """Take the directory, making it if need be.

        Raises `DataInUseError` while a living Tocsin has it, `ServerError` if it cannot be written.
        """
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            lock = os.open(self._lock_file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise ServerError(
                f"{self.path}: cannot be used as data directory: {error.strerror}"
            ) from error
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            holder = os.read(lock, 32).decode(errors="replace").strip() or "unknown"
            os.close(lock)
            raise DataInUseError(
                f"{self.path} is in use by a running Tocsin (process {holder}): "
                "stop that one, or choose another directory with --data"
            ) from error
        except OSError as error:
            os.close(lock)
            raise ServerError(
                f"{self.path}: cannot be locked ({error.strerror}): choose a local disk with --data"
            ) from error
        os.ftruncate(lock, 0)
        os.pwrite(lock, f"{os.getpid()}\n".encode(), 0)
        self._lock = lock

    def release(self) -> None:
        """Give the directory back."""
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def held(self) -> bool:
        """Whether a living Tocsin has it."""
        try:
            lock = os.open(self._lock_file, os.O_RDONLY | os.O_CLOEXEC)
        except OSError:
            return False
        try:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError:
            return True
        finally:
            os.close(lock)
        return False

    def last_server(self) -> Running | None:
        """The server that was last started here, alive or not."""
        try:
            said = orjson.loads(self._server_file.read_bytes())
            return Running(
                said["name"], tuple(said["version"]), said["pid"], said["port"], said["socket"]
            )
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def write_server(self, running: Running) -> None:
        """Write down the server that now runs here, all or nothing."""
        draft = self._server_file.with_suffix(".draft")
        draft.write_bytes(orjson.dumps(running, option=orjson.OPT_INDENT_2))
        draft.replace(self._server_file)

    def check_written_by(self, binary: ServerBinary) -> None:
        """Raise `ServerError` if the data were written by a server that `binary` cannot follow.

        An append-only file of Valkey 9 makes Redis 7.0 refuse to start; a newer version of the same
        server reads what an older one wrote.
        """
        last = self.last_server()
        if last is None:
            return
        if last.name != binary.name or last.version[:2] > binary.version[:2]:
            wrote = f"{last.name} {'.'.join(map(str, last.version))}"
            raise ServerError(
                f"{self.path} was written by {wrote}, and the server found here is {binary}: "
                f"install {wrote} or newer, or choose another directory with --data"
            )


def find_running(data: Path) -> Running | None:
    """The embedded server of the living Tocsin that holds `data`, to join it; None if none does."""
    directory = DataDirectory(data)
    return directory.last_server() if directory.held() else None
