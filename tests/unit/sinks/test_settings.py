"""What a sink's settings take, and what they say to a mistake."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from tocsin.sinks.settings import SinkSettings, SlackSettings, TeamsSettings, WebhookSettings

SECRET = "whsec_" + b64encode(b"s" * 32).decode()
SINKS: TypeAdapter[Any] = TypeAdapter(SinkSettings)
HOOK = {"kind": "webhook", "name": "desk", "url": "https://hooks.example/in", "secret": SECRET}


def test_each_kind_is_known_by_its_name() -> None:
    """The kind decides; machines get webhooks, people get Slack and Teams, unless `for` says."""
    hook = SINKS.validate_python(HOOK)
    slack = SINKS.validate_python({"kind": "slack", "name": "s", "url": "https://slack.example/x"})
    teams = SINKS.validate_python(
        {"kind": "teams", "name": "t", "url": "https://t.example/x", "for": "machines"}
    )
    assert isinstance(hook, WebhookSettings)
    assert hook.readers == "machines"
    assert isinstance(slack, SlackSettings)
    assert slack.readers == "people"
    assert isinstance(teams, TeamsSettings)
    assert teams.readers == "machines"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"secret": None}, "secret is missing"),
        ({"secret": "hunter2"}, "no Standard Webhooks secret"),
        ({"url": None}, "url is missing"),
        ({"url": "gopher://hooks.example/"}, "url is refused"),
        ({"url": "http://127.0.0.1/"}, "url is refused"),
        ({"colour": "red"}, "colour"),
        ({"allow": ["10.0.0.0/33"]}, "allow"),
        ({"headers": {"Webhook-Id": "mine"}}, "Tocsin's own"),
        ({"name": "Desk of the night"}, "name"),
        ({"cooldown": "half an hour"}, "is no duration"),
        ({"secret": None, "secret_file": "nowhere/secret"}, "cannot be read"),
    ],
)
def test_a_mistake_is_named_and_no_secret_is_quoted(change: dict[str, Any], words: str) -> None:
    """A sink without a secret or a usable address is a fault of the settings (D17, D27)."""
    with pytest.raises(ValidationError) as caught:
        SINKS.validate_python({k: v for k, v in (HOOK | change).items() if v is not None})
    told = str(caught.value.errors(include_input=False, include_context=False))
    assert words in told
    assert SECRET not in told
    assert "hunter2" not in told


def test_a_secret_file_is_read_anew_and_holds_two_during_a_rotation(tmp_path: Path) -> None:
    """The newest line first; a rotated file is picked up (D3, P9)."""
    file = tmp_path / "secret"
    file.write_text(SECRET + "\n")
    settings = SINKS.validate_python(
        {k: v for k, v in HOOK.items() if k != "secret"} | {"secret_file": file}
    )
    assert settings.secrets.lines() == (SECRET,)
    newer = "whsec_" + b64encode(b"n" * 32).decode()
    file.write_text(f"{newer}\n{SECRET}\n")
    assert settings.secrets.lines() == (newer, SECRET)


def test_a_secret_can_stand_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """`secret_env` names the variable."""
    monkeypatch.setenv("DESK_SECRET", SECRET)
    settings = SINKS.validate_python(
        {k: v for k, v in HOOK.items() if k != "secret"} | {"secret_env": "DESK_SECRET"}
    )
    assert settings.secrets.lines() == (SECRET,)


def test_secrets_hide_in_every_form() -> None:
    """Neither repr nor the dumped settings show a secret or an address (D27)."""
    settings = SINKS.validate_python(HOOK | {"headers": {"Authorization": "Bearer abc123"}})
    shown = repr(settings) + str(settings) + settings.model_dump_json()
    assert SECRET not in shown
    assert "hooks.example" not in shown
    assert "abc123" not in shown
