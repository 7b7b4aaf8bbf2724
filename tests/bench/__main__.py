"""`python -m tests.bench [NAME…]`: every bench in this folder, or those named."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path


def main() -> None:
    """Run `main()` of each module here, in the order of their names."""
    names = [path.stem for path in sorted(Path(__file__).parent.glob("[!_]*.py"))]
    for name in sys.argv[1:] or names:
        bench = import_module(f"tests.bench.{name}")
        if hasattr(bench, "main"):
            bench.main()


if __name__ == "__main__":
    main()
