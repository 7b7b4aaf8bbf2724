"""The image's steps, as far as they go without a container engine: locks, wheel, what is in it."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
#: What must be inside of the wheel for Tocsin to run anywhere.
INSIDE = (
    "tocsin/rules/armed-conflict/strikes.yaml",
    "tocsin/rules/theatres/south-caucasus.yaml",
    "tocsin/rules/lexicon/en/",
    "tocsin/rules/feeds.opml",
    "tocsin/demo/recording/editions.yaml",
    "tocsin/demo/expected.yaml",
    "tocsin/ledger/commit.lua",
    "tocsin/web/style.css",
)
PROVE = """
import tocsin, sys
from tocsin.demo.recording import load_recording
from tocsin.shelf.rules import load_rulebook
from tocsin.web.page import style
assert tocsin.__file__.startswith(sys.argv[1]), tocsin.__file__
assert len(load_recording().outlets) >= 4
rulebook = load_rulebook()
assert not isinstance(rulebook, tuple), rulebook
assert rulebook.rules and style()
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built as the image builds it."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "-d", folder]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


def test_the_wheel_holds_all_that_is_not_code(wheel: Path) -> None:
    """Rules, places, recordings, scripts and style travel inside; tests do not (P13)."""
    names = zipfile.ZipFile(wheel).namelist()
    for wanted in INSIDE:
        assert any(name.startswith(wanted) for name in names), wanted
    assert not any(name.startswith(("tests/", "deploy/", "data/")) for name in names)


def test_the_wheel_runs_away_from_the_checkout(wheel: Path, tmp_path: Path) -> None:
    """Installed elsewhere it finds its rules, and answers (P13)."""
    home = tmp_path / "lib"
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index"]
    subprocess.run([*install, "--target", home, wheel], check=True, capture_output=True)
    clean = {name: value for name, value in os.environ.items() if not name.startswith("TOCSIN")}
    env = {**clean, "PYTHONPATH": str(home), "NO_COLOR": "1"}
    prove = [sys.executable, "-c", PROVE, str(home)]
    subprocess.run(prove, env=env, cwd=tmp_path, check=True)
    said = subprocess.run(
        [sys.executable, "-m", "tocsin", "--help"],
        env=env, cwd=tmp_path, check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    assert "read" in said


@pytest.mark.skipif(
    "TOCSIN_SLOW" not in os.environ,
    reason="installs everything from the package index; TOCSIN_SLOW=1 runs it",
)
@pytest.mark.timeout(900)
def test_the_image_is_built_from_the_locks_alone(tmp_path: Path) -> None:
    """The Dockerfile's own build steps in fresh environments, every package by hash (P7)."""
    forge, house = tmp_path / "forge", tmp_path / "tocsin"
    for place, lock in ((forge, "build.lock"), (house, "run.lock")):
        subprocess.run([sys.executable, "-m", "venv", place], check=True)
        install = [place / "bin" / "pip", "install", "--quiet", "--require-hashes", "--requirement"]
        subprocess.run([*install, ROOT / "requirements" / lock], check=True)
    build = [forge / "bin" / "hatchling", "build", "--target", "wheel", "-d", tmp_path / "dist"]
    subprocess.run(build, cwd=ROOT, check=True)
    (built,) = (tmp_path / "dist").glob("*.whl")
    last = [house / "bin" / "pip", "install", "--quiet", "--no-deps", "--no-index", built]
    subprocess.run(last, check=True)
    clean = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    prove = [house / "bin" / "python", "-c", PROVE, str(house)]
    subprocess.run(prove, check=True, env=clean, cwd=tmp_path)
    subprocess.run([house / "bin" / "tocsin", "--help"], check=True, env=clean, cwd=tmp_path)
