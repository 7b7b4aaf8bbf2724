"""How the embedded server is set up: its configuration file and its port."""

from __future__ import annotations

import contextlib
import socket
from pathlib import Path

from tocsin.ledger.server_binary import ServerError


def config_file(directory: Path) -> Path:
    """Where the configuration lies; it is also how a server is known to be ours."""
    return directory / "server.conf"


def free_port(preferred: int) -> int:
    """The port of last time if it is free, else any."""
    for port in (preferred, 0):
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))
            return int(probe.getsockname()[1])
    raise ServerError("no free port on 127.0.0.1 for the embedded server")


def configuration(directory: Path, port: int, socket_path: str | None) -> str:
    """The server's configuration. An address is not enough to reach it from outside: loopback only.

    `set-proc-title no` keeps its command line, by which a left-over one is known again.
    """
    lines = {
        "bind": "127.0.0.1",
        "port": port,
        "dir": _quoted(str(directory)),
        "appendonly": "yes",
        "appendfsync": "everysec",
        "aof-load-truncated": "yes",
        "save": '""',
        "maxmemory-policy": "noeviction",
        "databases": 1,
        "daemonize": "no",
        "set-proc-title": "no",
        "loglevel": "notice",
    }
    if socket_path:
        lines |= {"unixsocket": _quoted(socket_path), "unixsocketperm": 700}
    header = "# Written by Tocsin at each start; changes are lost.\n"
    return header + "".join(f"{name} {value}\n" for name, value in lines.items())


def _quoted(path: str) -> str:
    return '"' + path.replace("\\", "\\\\").replace('"', '\\"') + '"'
