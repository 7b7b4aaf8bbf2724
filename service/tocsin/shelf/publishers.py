"""Publishers from `rules/publishers.yaml`: newsrooms, the families they belong to, wires."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

from pydantic import Field

from tocsin.judging.rulebook import Publisher
from tocsin.shelf.fault import Fault
from tocsin.shelf.forms import Form, Many, check
from tocsin.shelf.yaml_source import load_each

Host = Annotated[str, Field(pattern=r"^[a-z0-9.-]+\.[a-z]{2,}$")]


class PublisherForm(Form):
    """An outlet. `family` defaults to itself; `state_of` is the ISO country that owns it."""

    name: str
    family: str | None = None
    hosts: Many[Host] = ()
    wire: bool = False
    state_of: Annotated[str, Field(pattern="^[A-Z]{2}$")] | None = None


def load_publishers(files: Iterable[Path]) -> dict[str, Publisher] | list[Fault]:
    """Publishers by id; a later file adds to an earlier one, and replaces an id it repeats."""
    publishers: dict[str, Publisher] = {}
    faults: list[Fault] = []
    for _, loaded in load_each(files, faults):
        hosts: dict[str, str] = {}
        for id_, value in (loaded.value or {}).items():
            form = check(PublisherForm, loaded, (id_,), value)
            if isinstance(form, list):
                faults += form
                continue
            for host in form.hosts:
                if hosts.setdefault(host, id_) != id_:
                    what = f"the host {host} belongs to {hosts[host]} already"
                    faults.append(loaded.fault((id_, "hosts"), what, "Keep it at one."))
            publishers[id_] = Publisher(
                id_, form.family or id_, form.name, form.hosts, form.wire, form.state_of
            )
    return faults or publishers
