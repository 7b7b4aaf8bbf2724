"""A server that outlived the Tocsin that started it: known again by its command line, and ended.

It can be left where the kernel does not tie it to us (macOS), and for the moment it takes to end.
What it had acknowledged is in its append-only file.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import subprocess
from pathlib import Path
from typing import Final

import structlog

from tocsin.ledger.data_directory import DataDirectory
from tocsin.ledger.server_binary import ServerError
from tocsin.ledger.server_config import config_file

log = structlog.get_logger("tocsin.ledger.server")

_PATIENCE: Final = 10.0  # seconds for each way of asking


async def end_leftover(directory: DataDirectory) -> None:
    """End the server last started on a directory that we hold, if it still runs.

    Raises `ServerError` if it cannot be ended.
    """
    last = directory.last_server()
    if last is None or not _is_ours(last.pid, directory.path):
        return
    log.info("leftover_server_ended", pid=last.pid)
    for sign in (signal.SIGTERM, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError):
            os.kill(last.pid, signal.SIGCONT)  # a frozen one cannot hear
            os.kill(last.pid, sign)
        if await _gone(last.pid, directory.path):
            return
    raise ServerError(
        f"a server left over from an earlier run (process {last.pid}) cannot be ended: end it "
        "by hand, then start again"
    )


async def _gone(pid: int, directory: Path) -> bool:
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(_PATIENCE):
            while _is_ours(pid, directory):  # noqa: ASYNC110 — not our child: no event tells
                await asyncio.sleep(0.02)
            return True
    return False


def _is_ours(pid: int, directory: Path) -> bool:
    """Whether process `pid` is a server that was started on this directory's configuration."""
    try:
        command = Path(f"/proc/{pid}/cmdline").read_bytes()
    except FileNotFoundError:
        if Path("/proc/self/cmdline").exists():
            return False
        command = _command_without_proc(pid)
    except OSError:
        return False
    return os.fsencode(config_file(directory)) in command


def _command_without_proc(pid: int) -> bytes:
    asked = ["/bin/ps", "-o", "command=", "-p", str(pid)]
    return subprocess.run(asked, capture_output=True, check=False).stdout  # noqa: S603 — fixed words
