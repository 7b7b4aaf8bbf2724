"""Secrets: where they come from, and that a missing one is said in words."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from pydantic import SecretStr


@dataclass(frozen=True, slots=True)
class Secret:
    """Where a secret comes from: written here, in a file, or in the environment.

    A file is read at every send, so that a rotated one is picked up (P9). Several lines of a file
    are several secrets, the newest first.
    """

    text: SecretStr | None = None
    file: Path | None = None
    env: str | None = None

    def lines(self) -> tuple[str, ...]:
        """All secrets, newest first. Raises ValueError if there is none; it never quotes one."""
        if self.text is not None:
            found, where = self.text.get_secret_value(), "as written"
        elif self.file is not None:
            found, where = _read(self.file), f"in {self.file.name}"
        elif self.env is not None:
            found, where = os.environ.get(self.env, ""), f"in the environment as {self.env}"
        else:
            raise ValueError("is missing: give it as it is, or with _file or _env added to its key")
        lines = tuple(line.strip() for line in found.splitlines() if line.strip())
        if not lines:
            raise ValueError(f"is empty {where}")
        return lines


def kept_under(key: str, text: str | None, file: Path | None) -> tuple[str, ...]:
    """What a setting `key` holds, or the file beside it, which outweighs; () for neither.

    Raises ValueError, in words that name the key, where it is empty or cannot be read.
    """
    if text is None and file is None:
        return ()
    secret = Secret(file=file) if file is not None else Secret(text=SecretStr(text or ""))
    try:
        return secret.lines()
    except ValueError as error:
        raise ValueError(f"{key} {error}") from None


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except OSError as error:
        raise ValueError(f"cannot be read from {file.name}: {error.strerror}") from None
