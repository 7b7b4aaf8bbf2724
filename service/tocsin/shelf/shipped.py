"""Where the shipped rules lie: inside the wheel, or in the checkout beside `service/`."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def rules_home() -> Path:
    """The folder `rules/` that came with this Tocsin.

    Raises FileNotFoundError where the installation lacks it, which is a broken build.
    """
    for home in (_PACKAGE / "rules", _PACKAGE.parent.parent / "rules"):
        if (home / "armed-conflict").is_dir():
            return home
    raise FileNotFoundError("this installation of Tocsin came without its rules folder")
