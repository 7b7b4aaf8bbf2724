"""The places where a process can be made to die."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tocsin.crashpoints import STATUS, VARIABLE

PASSES = """
from tocsin.crashpoints import crash_point
for n in range(1, 4):
    crash_point("send.before")
    print("passed", n, flush=True)
    crash_point("send.after")
"""


@pytest.mark.parametrize(
    ("armed", "status", "passed"),
    [
        ("", 0, 3),
        ("send.before", STATUS, 0),
        ("send.before:3", STATUS, 2),
        ("send.after", STATUS, 1),
    ],
)
def test_a_process_dies_at_the_named_passage(armed: str, status: int, passed: int) -> None:
    """Unarmed it lives; armed it ends at once, as a SIGKILL would end it (C1)."""
    ended = run(armed)
    assert (ended.returncode, ended.stdout.count("passed")) == (status, passed)


def test_a_point_that_does_not_exist_is_a_mistake() -> None:
    """A misspelt point would make a test pass that tests nothing."""
    ended = run("send.befor")
    assert ended.returncode == 1
    assert "no such point; one of commit.before" in ended.stderr


def run(armed: str) -> subprocess.CompletedProcess[str]:
    """Pass the points three times in a process of its own."""
    environment = os.environ | {VARIABLE: armed, "PYTHONPATH": "service"}
    return subprocess.run(
        [sys.executable, "-c", PASSES],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
