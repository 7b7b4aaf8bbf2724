"""Settings: one clear line a fault, with file, line and mend."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tocsin.settings import ApiSettings, Settings, load_settings
from tocsin.subscriptions import address_of


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
    assert settings.redis.address() is None


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
    assert settings.redis.address() == "redis://:word@127.0.0.1:6379/0"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("api:\n  token_file: gone\n", "tocsin.yaml:1: `api`: token cannot be read from gone"),
        ("api:\n  token: ' '\n", "tocsin.yaml:1: `api`: token is empty"),
        ("redis:\n  url_file: gone\n", "tocsin.yaml:1: `redis`: url cannot be read from gone"),
        (
            "feeds:\n  - url: https://news.example/a\n    headers_file: gone\n",
            "tocsin.yaml:2: `feeds.0`: headers_file cannot be read from gone",
        ),
    ],
)
def test_a_secret_that_is_not_there_is_one_line(tmp_path: Path, text: str, line: str) -> None:
    """A missing file and an empty secret are told at the start; no token is ever empty (P9)."""
    [said] = faults(tmp_path, text)
    assert said.startswith(line)


def test_alerts_outlive_the_stream(tmp_path: Path) -> None:
    """What `keep` says is handed to the ledger; alerts are never gone before their entries."""
    path = tmp_path / "tocsin.yaml"
    path.write_text("keep:\n  stream: 3d\n  alerts: 30d\n  reports: 1d\n", encoding="utf-8")
    settings = load_settings(path)
    assert isinstance(settings, Settings)
    keys = settings.keys()
    assert (keys.alerts_kept, keys.reports_kept) == (timedelta(days=30), timedelta(days=1))
    [said] = faults(tmp_path, "keep:\n  alerts: 1d\n")
    assert said.startswith("tocsin.yaml:1: `keep`: alerts are kept for less time than stream")


def test_headers_of_a_feed_stand_in_a_file(tmp_path: Path) -> None:
    """`Name: value` lines, sent with every request; a line that is no header is named (P9)."""
    kept = tmp_path / "headers"
    text = f"feeds:\n  - url: https://news.example/a\n    headers_file: {kept}\n"
    kept.write_text("X-Key: abc:1\n\nX-Desk: night\n", encoding="utf-8")
    path = tmp_path / "tocsin.yaml"
    path.write_text(text, encoding="utf-8")
    settings = load_settings(path)
    assert isinstance(settings, Settings)
    sent = address_of(settings.feeds[0]).headers
    assert sent == (("X-Key", "abc:1"), ("X-Desk", "night"))
    kept.write_text("X-Key: abc\nnight desk\n", encoding="utf-8")
    [said] = faults(tmp_path, text)
    assert said.endswith("headers_file, entry 2, is no header: write `Name: value`")


@pytest.mark.parametrize("host", ["::", "10.0.0.7", "desk.example"])
def test_nothing_is_public_without_a_token(tmp_path: Path, host: str) -> None:
    """Page, API and metrics listen on loopback; any other host asks for a token (P14)."""
    assert ApiSettings().host == "127.0.0.1"
    [said] = faults(tmp_path, f"api:\n  host: '{host}'\n")
    assert "there is no token: set token_file" in said
    path = tmp_path / "tocsin.yaml"
    path.write_text(f"api:\n  host: '{host}'\n  token: of-the-house\n", encoding="utf-8")
    assert isinstance(load_settings(path), Settings)
