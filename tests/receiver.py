"""A scriptable receiver on loopback: real HTTP, any misbehaviour, and a record of what came.

async with Receiver() as receiver:
receiver.script(500, 500)       # then 200 again
...deliver to receiver.url...
assert [got.headers["webhook-id"] for got in receiver.got] == ["a1"] * 3
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Self

import orjson
from aiohttp import web
from multidict import CIMultiDictProxy

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]
LOOPBACK = ("127.0.0.0/8",)


@dataclass(frozen=True, slots=True)
class Got:
    """One request as it arrived."""

    method: str
    path: str
    headers: CIMultiDictProxy[str]
    body: bytes

    @property
    def json(self) -> Any:
        """Its body, read."""
        return orjson.loads(self.body)


class Receiver:
    """Answers each request by its script, and by `otherwise` when that is at its end."""

    def __init__(self, otherwise: int | web.Response | Answer = 200) -> None:
        self.got: list[Got] = []
        self.otherwise = otherwise
        self._script: deque[int | web.Response | Answer] = deque()
        self._came = asyncio.Condition()

    def script(self, *answers: int | web.Response | Answer) -> None:
        """What the next requests are answered."""
        self._script.extend(answers)

    async def wait_for(self, count: int, within: float = 20.0) -> None:
        """Return once `count` requests came."""
        async with asyncio.timeout(within), self._came:
            await self._came.wait_for(lambda: len(self.got) >= count)

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._take)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.port = int(self._runner.addresses[0][1])
        self.url = f"http://127.0.0.1:{self.port}/in"
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()

    async def _take(self, request: web.Request) -> web.StreamResponse:
        body = await request.read()
        async with self._came:
            self.got.append(Got(request.method, request.path, request.headers.copy(), body))  # type: ignore[arg-type]
            self._came.notify_all()
        answer = self._script.popleft() if self._script else self.otherwise
        if isinstance(answer, int):
            return web.Response(status=answer)
        if isinstance(answer, web.Response):
            return web.Response(
                status=answer.status, body=answer.body, headers=dict(answer.headers)
            )
        return await answer(request)
