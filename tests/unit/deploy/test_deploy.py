"""What is shipped to run Tocsin somewhere: files that parse, and the facts that matter in them."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client import CollectorRegistry
from pydantic import BaseModel

from tocsin.settings import Settings, load_settings
from tocsin.sinks.settings import SlackSettings, TeamsSettings, WebhookSettings
from tocsin.sinks.watch import Watch
from tocsin.web.metrics import Metrics

ROOT = Path(__file__).parents[3]
DEPLOY = ROOT / "deploy"


def _steps() -> list[tuple[str, str]]:
    """The Dockerfile's instructions, continued lines joined, comments left out."""
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    joined = re.sub(r"\\\n\s*", "", "\n".join(lines))
    return [
        (name, rest)
        for line in joined.splitlines()
        if line
        for name, _, rest in [line.partition(" ")]
    ]


def _yaml(path: Path) -> list[Any]:
    return list(yaml.safe_load_all(path.read_text(encoding="utf-8")))


def _rest(name: str) -> list[str]:
    return [rest for step, rest in _steps() if step == name]


def test_the_image_runs_as_nobody_in_exec_form() -> None:
    """Two stages, a user without a name, process 1 that hears signals, alive as health (P3, P6)."""
    assert len(_rest("FROM")) == 2
    assert json.loads(_rest("ENTRYPOINT")[-1]) == ["tocsin"]
    assert json.loads(_rest("CMD")[-1]) == ["run"]
    user = _rest("USER")[-1].partition(":")[0]
    assert int(user) > 0
    assert "/healthz" in _rest("HEALTHCHECK")[-1]
    assert json.loads(_rest("HEALTHCHECK")[-1].partition("CMD ")[2])[0] == "python"


def test_the_image_takes_packages_by_hash_only() -> None:
    """Every install names hashes, or takes the wheel just built and nothing else (P7)."""
    installs = [part for rest in _rest("RUN") for part in rest.split("&&") if "pip install" in part]
    assert installs
    assert all("--require-hashes" in part or "--no-deps --no-index" in part for part in installs)
    assert all("${BASE}" in rest for rest in _rest("FROM"))


def test_what_the_image_copies_is_let_in() -> None:
    """Nothing that a step copies is kept out by the ignore file."""
    let_in = {
        line[1:]
        for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
        if line.startswith("!")
    }
    copied = {
        source
        for rest in _rest("COPY")
        if not rest.startswith("--from")
        for source in rest.split()[:-1]
    }
    assert {source.removeprefix("./") for source in copied} == let_in


@pytest.mark.parametrize(
    "lock", sorted((ROOT / "requirements").glob("*.lock")), ids=lambda p: p.name
)
def test_locks_have_hashes_and_no_addresses(lock: Path) -> None:
    """Every pinned package has a hash; no index, host or path is named (P7)."""
    text = lock.read_text(encoding="utf-8")
    pinned = re.findall(r"^[a-z0-9._-]+==\S+ .*\\$\n\s+--hash=sha256:", text, re.MULTILINE)
    assert len(pinned) == len(re.findall(r"^[a-zA-Z0-9._-]+==", text, re.MULTILINE))
    assert not re.search(r"https?://|^--", text, re.MULTILINE)


def test_compose_keeps_redis_and_secrets_safe() -> None:
    """An append-only Redis inside, secrets by file, read-only roots, no capabilities (P6, P9)."""
    (compose,) = _yaml(DEPLOY / "compose.yaml")
    redis, tocsin = compose["services"]["redis"], compose["services"]["tocsin"]
    command = redis["command"]
    assert command[command.index("--appendonly") + 1] == "yes"
    assert command[command.index("--maxmemory-policy") + 1] == "noeviction"
    assert redis["networks"] == ["inside"]
    assert compose["networks"]["inside"] == {"internal": True}
    for service in (redis, tocsin):
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]
        assert set(service["secrets"]) <= set(compose["secrets"])
    assert all(set(secret) == {"file"} for secret in compose["secrets"].values())
    assert all(port.startswith("127.0.0.1:") for port in tocsin["ports"])
    assert not any("pass" in str(value).lower() for value in tocsin["environment"].values())


def test_stops_are_never_cut_short() -> None:
    """Every supervisor waits longer than the drain (P3)."""
    drain = Settings().drain
    (compose,) = _yaml(DEPLOY / "compose.yaml")
    patience = [
        int(compose["services"]["tocsin"]["stop_grace_period"].removesuffix("s")),
        _pod()["terminationGracePeriodSeconds"],
        int(dict(_unit())["TimeoutStopSec"].removesuffix("s")),
    ]
    assert all(timedelta(seconds=seconds) > drain for seconds in patience)


def _pod() -> dict[str, Any]:
    deployments = [each for each in _manifest() if each["kind"] == "Deployment"]
    pod: dict[str, Any] = deployments[0]["spec"]["template"]["spec"]
    return pod


def _manifest() -> list[dict[str, Any]]:
    return _yaml(DEPLOY / "kubernetes" / "tocsin.yaml")


def test_the_pod_is_confined_and_probed() -> None:
    """Non-root, read-only, no capabilities; alive and ready asked apart (P4, P6)."""
    pod = _pod()
    (container,) = pod["containers"]
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert container["securityContext"]["readOnlyRootFilesystem"] is True
    assert container["securityContext"]["capabilities"] == {"drop": ["ALL"]}
    assert container["livenessProbe"]["httpGet"]["path"] == "/healthz"
    assert container["readinessProbe"]["httpGet"]["path"] == "/readyz"
    mounted = {mount["name"] for mount in container["volumeMounts"]}
    assert mounted == {volume["name"] for volume in pod["volumes"]}


def test_two_of_three_stay() -> None:
    """A rolling update and a drained node leave two replicas ready (P11)."""
    by_kind = {each["kind"]: each for each in _manifest()}
    replicas = by_kind["Deployment"]["spec"]["replicas"]
    away = by_kind["Deployment"]["spec"]["strategy"]["rollingUpdate"]["maxUnavailable"]
    assert replicas - away >= 2
    assert by_kind["PodDisruptionBudget"]["spec"]["minAvailable"] == 2


def _unit() -> list[tuple[str, str]]:
    text = (DEPLOY / "systemd" / "tocsin.service").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if "=" in line and not line.startswith("#"))
    return [(name, value) for line in lines for name, _, value in [line.partition("=")]]


def test_the_unit_is_confined() -> None:
    """What P10 asks for is in the unit, and secrets come as credentials."""
    unit = _unit()
    for line in (
        ("NoNewPrivileges", "yes"),
        ("ProtectSystem", "strict"),
        ("CapabilityBoundingSet", ""),
        ("SystemCallFilter", "@system-service"),
    ):
        assert line in unit
    assert any(name == "LoadCredential" for name, _ in unit)
    assert not any(name == "Environment" and "TOKEN=" in value for name, value in unit)


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd-analyze here")
def test_the_unit_is_little_exposed() -> None:
    """Systemd's own measure of exposure is at most 2.0 (P10)."""
    unit = DEPLOY / "systemd" / "tocsin.service"
    said = subprocess.run(
        ["systemd-analyze", "security", "--offline=yes", "--no-pager", unit],
        capture_output=True,
        text=True,
        check=False,
    ).stdout
    exposure = re.search(r"exposure level for \S+: ([0-9.]+)", said)
    if exposure is None:
        pytest.skip("this systemd-analyze cannot judge a file")
    assert float(exposure[1]) <= 2.0


def test_the_sample_is_the_defaults() -> None:
    """The sample loads without a fault, and what it says of the defaults is true."""
    loaded = load_settings(DEPLOY / "tocsin.yaml")
    assert isinstance(loaded, Settings), loaded
    assert loaded == Settings()


def test_the_sample_shows_every_setting() -> None:
    """Every setting there is stands in the sample, as a key or in a comment."""
    text = (DEPLOY / "tocsin.yaml").read_text(encoding="utf-8")
    models = (Settings, WebhookSettings, SlackSettings, TeamsSettings)
    # What a secret may also come from is said once, in words.
    said = {"url_env", "secret", "secret_env"}
    missing = {
        name
        for model in models
        for name in _names(model)
        if name not in said and not re.search(rf"\b{name}:", text)
    }
    assert not missing


def _names(model: type[BaseModel]) -> Iterator[str]:
    for name, field in model.model_fields.items():
        yield field.alias or name
        inner = field.annotation
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            yield from _names(inner)


@pytest.mark.parametrize("file", ["prometheus/alerts.yaml", "grafana/tocsin.json"])
def test_watched_metrics_exist(file: str) -> None:
    """Alerts and board ask for metrics that we define, by labels that these have."""
    registry = CollectorRegistry()
    Metrics(registry)
    Watch(registry)
    families = list(registry.collect())
    known = {family.name for family in families}
    text = (DEPLOY / file).read_text(encoding="utf-8")
    asked = set(re.findall(r"\btocsin_[a-z_]+", text))
    assert asked
    assert {re.sub(r"_(total|bucket)$", "", name) for name in asked} <= known
    if file.endswith(".json"):
        assert json.loads(text)["panels"]
    else:
        (loaded,) = _yaml(DEPLOY / file)
        assert all(rule["annotations"]["summary"] for rule in loaded["groups"][0]["rules"])
