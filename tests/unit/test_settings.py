"""Settings: one clear line a fault, with file, line and mend."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tocsin.settings import Settings, load_settings


def faults(tmp_path: Path, text: str) -> list[str]:
    """The faults of a settings file, as lines, without the folder."""
    path = tmp_path / "tocsin.yaml"
    path.write_text(text, encoding="utf-8")
    loaded = load_settings(path)
    assert isinstance(loaded, tuple), loaded
    return [str(fault).replace(str(tmp_path) + "/", "") for fault in loaded]


def test_nothing_given_is_the_defaults() -> None:
    """Without a file every setting has its default."""
    settings = load_settings(None)
    assert isinstance(settings, Settings)
    assert settings.polling.fastest == timedelta(minutes=5)
    assert settings.redis_url() is None


def test_an_unknown_setting_is_named_with_its_line(tmp_path: Path) -> None:
    """A typo is told with file, line and the nearest name (bad input of issue 2)."""
    said = faults(tmp_path, "source: desk\npolling:\n  fastes: 5m\n")
    assert said == ["tocsin.yaml:3: unknown setting `polling.fastes`. Did you mean `fastest`?"]


def test_a_bad_duration_is_told_in_words(tmp_path: Path) -> None:
    """A duration without a unit is refused, at its line."""
    [line] = faults(tmp_path, "drain: soon\n")
    assert line.startswith("tocsin.yaml:1: `drain`: 'soon' is no duration")


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    """Faults are collected: two mistakes are two lines."""
    assert len(faults(tmp_path, "api:\n  port: 99999\nlog:\n  level: loud\n")) == 2


def test_the_environment_outweighs_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`TOCSIN_POLLING__FASTEST` wins over the file, and leaves its neighbours alone."""
    path = tmp_path / "tocsin.yaml"
    path.write_text("polling:\n  fastest: 10m\n  per_host: 4\n", encoding="utf-8")
    monkeypatch.setenv("TOCSIN_POLLING__FASTEST", "7m")
    settings = load_settings(path)
    assert isinstance(settings, Settings)
    assert settings.polling.fastest == timedelta(minutes=7)
    assert settings.polling.per_host == 4


def test_a_secret_may_stand_in_a_file(tmp_path: Path) -> None:
    """`redis.url_file` keeps the address out of environment and settings (P9)."""
    secret = tmp_path / "redis-url"
    secret.write_text("redis://:word@127.0.0.1:6379/0\n", encoding="utf-8")
    path = tmp_path / "tocsin.yaml"
    path.write_text(f"redis:\n  url_file: {secret}\n", encoding="utf-8")
    settings = load_settings(path)
    assert isinstance(settings, Settings)
    assert settings.redis_url() == "redis://:word@127.0.0.1:6379/0"
