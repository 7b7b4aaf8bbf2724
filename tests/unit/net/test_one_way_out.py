"""Every way out is the guarded one: nothing else in the code opens a connection of its own."""

from __future__ import annotations

import ast
from pathlib import Path

import tocsin

HOME = Path(tocsin.__file__).parent

#: What opens connections, by module or attribute, and who may use it for what the operator set up.
OPENERS = {
    "ClientSession": {"net/session.py"},
    "TCPConnector": {"net/session.py"},
    "urlopen": set(),
    "urllib.request": set(),
    "http.client": set(),
    "requests": set(),
    "httpx": set(),
    "smtplib": set(),
    "create_connection": set(),
    "open_connection": set(),
    "sock_connect": set(),
    "fetch_url": set(),  # trafilatura's own way out
}


def _names(tree: ast.AST) -> set[str]:
    found = set()
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(attr=name) | ast.Name(id=name):
                found.add(name)
            case ast.Import(names=names):
                found |= {one.name for one in names}
            case ast.ImportFrom(module=module, names=names):
                found |= {module or "", *(one.name for one in names)}
    return found


def test_connections_are_opened_in_one_place() -> None:
    """D18: feeds, pages, webhooks, Slack, Teams and test sends all leave through net/session.py."""
    for path in sorted(HOME.rglob("*.py")):
        name = path.relative_to(HOME).as_posix()
        for opener in _names(ast.parse(path.read_text(encoding="utf-8"))) & set(OPENERS):
            assert name in OPENERS[opener], f"{name} uses {opener}"
