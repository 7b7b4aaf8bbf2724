"""The rulebook from folders of rules, whole or not at all.

A rule with a fault is never skipped: every fault of every file is given back, and no rulebook.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import orjson

from tocsin.judging.rulebook import Rule, Rulebook, Site
from tocsin.shelf.fault import Fault, KeyPath, Loaded, called, nearest
from tocsin.shelf.forms import check
from tocsin.shelf.publishers import load_publishers
from tocsin.shelf.rule_form import RuleForm
from tocsin.shelf.shipped import rules_home
from tocsin.shelf.theatres import load_claimants, load_theatres, with_claimants
from tocsin.shelf.yaml_source import load_each

#: Folders of a rules home that hold no rules.
NO_PACKS = frozenset({"theatres", "lexicon", "places"})
NO_RULES = frozenset({"publishers.yaml", "claimants.yaml"})


def load_rulebook(
    folders: Sequence[Path] = (),
    *,
    sites: tuple[Site, ...] = (),
    settings: dict[str, Any] | None = None,
) -> Rulebook | tuple[Fault, ...]:
    """All rules of `folders` (default: the shipped ones), or every fault found in them.

    A folder is a pack, or holds packs; its subfolder `theatres/`, its `publishers.yaml` and its
    `claimants.yaml` add to the shipped ones, which are always known. A single rule file may stand
    for a folder.
    """
    home = rules_home()
    folders = folders or (home,)
    bases = [home, *(folder for folder in folders if folder.is_dir() and folder != home)]
    faults: list[Fault] = []
    theatres = load_theatres(p for base in bases for p in sorted(base.glob("theatres/*.yaml")))
    publishers = load_publishers(p for base in bases for p in base.glob("publishers.yaml"))
    claimants = load_claimants(p for base in bases for p in base.glob("claimants.yaml"))
    if isinstance(theatres, list):
        faults, theatres = faults + theatres, {}
    if isinstance(claimants, list):
        faults, claimants = faults + claimants, {}
    if isinstance(publishers, list):
        faults, publishers = faults + publishers, {}
    theatres = {id_: with_claimants(each, claimants) for id_, each in theatres.items()}
    rules: dict[str, Rule] = {}
    for folder in folders:
        paths = list(rule_files(folder)) if folder.exists() else []
        if not paths and not _adds_knowledge(folder):
            faults.append(Fault(called(folder), None, "there are no rules here", "Check the path."))
        for path, loaded in load_each(paths, faults):
            for rule, value, where in _rules_of(loaded, path.parent.name, faults):
                names = {
                    "theatre": ["any", *theatres],
                    "publisher": list(publishers),
                    "site": [site.name for site in sites],
                }
                faults += _unknown_names(loaded, (*where, "when"), value.get("when"), names)
                first = rules.setdefault(rule.id, rule)
                if first is not rule:
                    what = f"the rule id '{rule.id}' stands in {first.file}:{first.line} already"
                    faults.append(loaded.fault((*where, "id"), what, "Give it another."))
    if faults:
        return tuple(faults)
    packs = tuple(dict.fromkeys(rule.pack for rule in rules.values()))
    everything = [
        sorted((rule.id, rule.version) for rule in rules.values()),
        [asdict(theatre) for theatre in theatres.values()],
        [asdict(publisher) for publisher in publishers.values()],
        [asdict(site) for site in sites],
        settings or {},
    ]
    return Rulebook(
        rules=tuple(rules.values()),
        theatres=theatres,
        publishers=publishers,
        sites=sites,
        digest=_digest(everything),
        packs=packs,
        settings=settings or {},
    )


def rule_files(folder: Path) -> Iterator[Path]:
    """The rule files under a folder (or the file itself), in order; tests are left out."""
    if folder.is_file():
        yield folder
        return
    for path in sorted(folder.rglob("*.yaml")):
        inside = path.relative_to(folder).parts
        if path.name.endswith("_test.yaml") or path.name in NO_RULES:
            continue
        if not NO_PACKS.intersection(inside[:-1]):
            yield path


def _adds_knowledge(folder: Path) -> bool:
    """Whether a folder without rules has theatres, publishers or claimants of its own."""
    return (folder / "theatres").is_dir() or any((folder / name).is_file() for name in NO_RULES)


def _rules_of(
    loaded: Loaded, pack: str, faults: list[Fault]
) -> Iterator[tuple[Rule, dict[str, Any], KeyPath]]:
    """The rules of one file: one mapping, or a list of them."""
    many = isinstance(loaded.value, list)
    for index, value in enumerate(loaded.value if many else [loaded.value]):
        where: KeyPath = (index,) if many else ()
        form = check(RuleForm, loaded, where, value)
        if isinstance(form, list):
            faults += form
            continue
        rule = Rule(
            id=form.id,
            title=form.title,
            when=form.when.condition(),
            severity=tuple(step.step() for step in form.severity),
            status=form.status,
            cooldown=form.cooldown,
            confirm=form.confirm,
            false_positives=form.false_positives,
            tags=form.tags,
            pack=pack,
            version=_digest(value),
            file=loaded.file,
            line=loaded.line(*where, "id"),
        )
        yield rule, value, where


def _unknown_names(
    loaded: Loaded, path: KeyPath, when: Any, names: dict[str, list[str]]
) -> Iterator[Fault]:
    """Theatres, publishers and sites that a condition names and nobody knows."""
    if isinstance(when, list):
        for index, each in enumerate(when):
            yield from _unknown_names(loaded, (*path, index), each, names)
    elif isinstance(when, dict):
        for key, value in when.items():
            if key not in names:
                yield from _unknown_names(loaded, (*path, key), value, names)
                continue
            for word in value if isinstance(value, list) else [value]:
                if word not in names[key]:
                    mend = nearest(str(word), names[key])
                    yield loaded.fault((*path, key), f"unknown {key} '{word}'", mend)


def _digest(value: Any) -> str:
    canonical = orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
    return "sha256:" + hashlib.sha256(canonical).hexdigest()
