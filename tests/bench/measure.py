"""How benches measure: CPU time of this process, medians, and always beside a reference."""

from __future__ import annotations

from collections.abc import Callable
from statistics import median
from time import process_time


def cpu(work: Callable[[], object], rounds: int = 15) -> float:
    """Median CPU seconds of one call, the first one (imports, caches) left out."""
    work()
    times = []
    for _ in range(rounds):
        started = process_time()
        work()
        times.append(process_time() - started)
    return median(times)


def show(name: str, seconds: float, reference: float, against: str, floor: str) -> None:
    """One line: what, its milliseconds, the reference's, and their ratio beside the floor."""
    print(
        f"{name:<44} {seconds * 1e3:8.2f} ms   {against} {reference * 1e3:8.2f} ms"
        f"   ratio {seconds / reference:.2f} ({floor})"
    )
