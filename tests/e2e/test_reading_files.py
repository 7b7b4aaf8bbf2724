"""`tocsin read` from the outside: files, standard input, and a file that is not there."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import orjson


def _read(*arguments: str, given: bytes = b"") -> tuple[int, bytes, str]:
    """Exit status, standard output and standard error."""
    done = subprocess.run(
        [sys.executable, "-m", "tocsin", "read", *arguments],
        input=given,
        capture_output=True,
        check=False,
        timeout=60,
    )
    return done.returncode, done.stdout, done.stderr.decode()


def test_a_missing_file_is_one_line_and_stops_no_other(tmp_path: Path) -> None:
    """`-` is standard input; what cannot be opened is named, and the rest is read."""
    missing = tmp_path / "missing.jsonl"
    row = b'{"id": "a", "title": "Rocket strike on Kherson kills four, governor says"}\n'
    status, out, said = _read("--jsonl", "-", str(missing), given=row)
    assert status == 2
    assert [orjson.loads(line)["id"] for line in out.splitlines()] == ["a"]
    assert said == f"{missing}: cannot be read: No such file or directory\n"


def test_a_person_sees_the_facts_marked(tmp_path: Path) -> None:
    """Without --jsonl a text is shown with its facts."""
    path = tmp_path / "report.txt"
    path.write_text("Rocket strike on Kherson kills four\n\nThe governor said so on Friday.\n")
    status, out, said = _read(str(path))
    assert (status, said) == (0, "")
    assert "killed" in out.decode()
    assert "Kherson" in out.decode()
