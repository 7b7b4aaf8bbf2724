"""Listening: a port that is taken is one clear line and the next free one, unless it was set."""

from __future__ import annotations

import errno
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog
from aiohttp import web

log = structlog.get_logger("tocsin.web")

PORT = 8420
_NEXT = 20  # ports looked at after the first


class PortTakenError(Exception):
    """The port that settings name is in use; the message says how to mend it."""


@asynccontextmanager
async def serve(app: web.Application, host: str, port: int | None) -> AsyncIterator[int]:
    """Serve `app` and answer the port; with `port` None 8420 or the next free one (law 9).

    Raises `PortTakenError` where a port was set and is taken.
    """
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=2.0)
    await runner.setup()
    try:
        yield await _listen(runner, host, port)
    finally:
        await runner.cleanup()


async def _listen(runner: web.AppRunner, host: str, port: int | None) -> int:
    for candidate in range(PORT, PORT + _NEXT) if port is None else (port,):
        try:
            await web.TCPSite(runner, host, candidate).start()
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
            if port is not None:
                raise PortTakenError(
                    f"port {port} on {host} is in use: free it, or set api.port to another"
                ) from None
            continue
        if port is None and candidate != PORT:
            log.warning("port_taken", wanted=PORT, port=candidate)
        return int(runner.addresses[-1][1])
    raise PortTakenError(f"ports {PORT} to {PORT + _NEXT - 1} on {host} are all in use")
