"""What stands before every answer: our names, who may ask, how much, and which headers go out."""

from __future__ import annotations

import hmac
from base64 import b64decode
from binascii import Error as BadBase64
from collections.abc import Awaitable, Callable, Collection
from ipaddress import ip_address

import orjson
from aiohttp import hdrs, web
from structlog.typing import FilteringBoundLogger
from yarl import URL

from tocsin.web.query import BadRequestError

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

#: Nothing is loaded, nothing runs, nobody frames us. The page itself adds its own style.
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
_JSON = orjson.OPT_UTC_Z | orjson.OPT_NON_STR_KEYS
#: What an orchestrator asks knows no token, and says nothing of what is watched.
_OPEN = frozenset({"/healthz", "/readyz"})


def answer(status: int, body: object) -> web.Response:
    """A JSON answer."""
    return web.Response(
        status=status, body=orjson.dumps(body, option=_JSON), content_type="application/json"
    )


def fault(status: int, line: str) -> web.Response:
    """A fault in one clear line."""
    return answer(status, {"error": line})


@web.middleware
async def harden(request: web.Request, handler: Handler) -> web.StreamResponse:
    """The outermost: headers on every answer, also on refusals."""
    response = await handler(request)
    if not response.prepared:
        add_headers(response)
    return response


def add_headers(response: web.StreamResponse) -> None:
    """Give an answer the safe headers that it does not set itself."""
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)


def explain_faults(log: FilteringBoundLogger) -> Callable[..., Awaitable[web.StreamResponse]]:
    """Every fault becomes one line of JSON; a bug is logged and says nothing of itself outside."""

    @web.middleware
    async def middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            return await handler(request)
        except BadRequestError as error:
            return fault(400, str(error))
        except web.HTTPException as error:
            refused = fault(error.status, _LINES.get(error.status, error.reason))
            if allowed := error.headers.get(hdrs.ALLOW):
                refused.headers[hdrs.ALLOW] = allowed
            return refused
        except (ConnectionError, TimeoutError):
            return fault(503, "the store is away; try again in a moment")
        except Exception:  # a bug must not show its inside
            log.exception("web.bug", path=request.path[:200])
            return fault(500, "a fault of ours; it is in the log")

    return middleware


_LINES = {
    404: "there is nothing at this address; /openapi.json lists what there is",
    405: "this address is for reading: GET",
    413: "no address here takes a body",
}


def only_hosts(names: Collection[str]) -> Callable[..., Awaitable[web.StreamResponse]]:
    """Answer only to loopback names and those given, so that no page can rebind to us.

    "*" is any name, for where a token stands guard. Health is asked by address, and open.
    """
    allowed = frozenset(name.lower().rstrip(".") for name in names)

    @web.middleware
    async def middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
        named = request.headers.get(hdrs.HOST, "")
        if request.path not in _OPEN and "*" not in allowed and not _answers_to(named, allowed):
            return fault(404, "not a name of this service; `api.hosts` in tocsin.yaml adds one")
        return await handler(request)

    return middleware


def _answers_to(header: str, allowed: frozenset[str]) -> bool:
    try:
        host = (URL(f"http://{header}").host or "").lower().rstrip(".")
    except ValueError:
        return False
    if host in allowed or host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def only_token(token: str | None) -> Callable[..., Awaitable[web.StreamResponse]]:
    """With a token set, everything but health asks for it: as Bearer, or as a Basic password."""

    @web.middleware
    async def middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
        if token is None or request.path in _OPEN:
            return await handler(request)
        if hmac.compare_digest(_presented(request).encode(), token.encode()):
            return await handler(request)
        refused = fault(401, "this service asks for its token")
        refused.headers[hdrs.WWW_AUTHENTICATE] = 'Basic realm="tocsin", charset="UTF-8"'
        return refused

    return middleware


def _presented(request: web.Request) -> str:
    scheme, _, value = request.headers.get(hdrs.AUTHORIZATION, "").partition(" ")
    if scheme.lower() == "bearer":
        return value.strip()
    if scheme.lower() == "basic":
        try:
            return b64decode(value).decode("utf-8").partition(":")[2]
        except (BadBase64, UnicodeDecodeError):
            return ""
    return ""


@web.middleware
async def no_bodies(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Nothing here takes a body: one that is announced is refused before it is read."""
    if request.content_length or hdrs.TRANSFER_ENCODING in request.headers:
        return fault(413, _LINES[413])
    return await handler(request)
