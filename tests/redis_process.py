"""A real Redis-compatible server as a process of the test: started, killed, stopped, resumed."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from pathlib import Path

from tocsin.ledger.server_binary import find_binary


class RedisProcess:
    """One server on a loopback port and a unix socket, with its data in `directory`."""

    def __init__(self, directory: Path, *, sentinel: str = "", **settings: str) -> None:
        self.directory = directory
        self.sentinel = sentinel  # the configuration of one, in place of a server
        usual = {"appendonly": "no", "save": "", "enable-protected-configs": "yes"}
        self.settings = settings if sentinel else usual | settings
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Its loopback address."""
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> RedisProcess:
        """Start it, on the same port and directory each time, and wait until it answers."""
        command = [str(find_binary().path)]
        command += [self.sentinel, "--sentinel"] if self.sentinel else []
        own = {"port": str(self.port), "bind": "127.0.0.1", "dir": str(self.directory)}
        for name, value in (own | self.settings).items():
            command += [f"--{name.replace('_', '-')}", *(value.split() or [""])]
        with (self.directory / "redis.log").open("ab") as output:
            self._process = subprocess.Popen(command, stdout=output, stderr=output)
        deadline = time.monotonic() + 20
        while not self._answers():
            if time.monotonic() > deadline or self._process.poll() is not None:
                raise RuntimeError((self.directory / "redis.log").read_text(errors="replace"))
            time.sleep(0.01)
        return self

    def _answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1) as probe:
                probe.sendall(b"PING\r\n")
                return probe.recv(16).startswith(b"+PONG")
        except OSError:
            return False

    def kill(self) -> None:
        """End it at once, as `kill -9` does."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """End it in good order."""
        self._end(signal.SIGTERM)

    def pause(self) -> None:
        """Freeze it."""
        self._send(signal.SIGSTOP)

    def resume(self) -> None:
        """Let it go on."""
        self._send(signal.SIGCONT)

    def _send(self, sign: signal.Signals) -> None:
        assert self._process is not None
        os.kill(self._process.pid, sign)

    def _end(self, sign: signal.Signals) -> None:
        if self._process is not None and self._process.poll() is None:
            self.resume()
            self._send(sign)
            self._process.wait(timeout=20)
        self._process = None
