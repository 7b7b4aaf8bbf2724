"""Lua scripts as files: each opens with `#!lua` and its calling contract.

With that first line Redis refuses a script up front when memory is out, instead of in its middle.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha1
from importlib.resources import files
from typing import Any

from redis.asyncio import Redis
from redis.exceptions import NoScriptError

from tocsin.ledger.connection import Away, reach

Argument = str | bytes | int | float


@dataclass(frozen=True, slots=True)
class Script:
    """One Lua script. `run` sends its hash, and the text only to a server that lost it (C18)."""

    text: str
    sha: str = field(init=False)

    def __post_init__(self) -> None:
        """Name it as Redis does."""
        digest = sha1(self.text.encode(), usedforsecurity=False).hexdigest()
        object.__setattr__(self, "sha", digest)

    @classmethod
    def load(cls, file: str) -> Script:
        """Read the script that lies beside this module."""
        return cls(files("tocsin.ledger").joinpath(file).read_text(encoding="utf-8"))

    async def run(self, redis: Redis, keys: Sequence[str], args: Sequence[Argument]) -> Any | Away:
        """Run it. After a lost reply it may have run: our scripts are made to be asked twice."""
        try:
            return await reach(redis.evalsha(self.sha, len(keys), *keys, *args))
        except NoScriptError:
            return await reach(redis.eval(self.text, len(keys), *keys, *args))
