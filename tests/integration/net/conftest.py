"""What the tests of the way out share."""

from __future__ import annotations

import asyncio
import socket
from typing import Any

import pytest


@pytest.fixture
def connects(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Every address that the event loop is asked to connect to, while really connecting."""
    seen: list[Any] = []
    loop_type = asyncio.SelectorEventLoop
    real = loop_type.sock_connect

    async def record(self: Any, sock: socket.socket, address: Any) -> None:
        seen.append(address)
        await real(self, sock, address)

    monkeypatch.setattr(loop_type, "sock_connect", record)
    return seen
