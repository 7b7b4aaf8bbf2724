"""YAML that people edit: plain data with lines, and one clear fault for each mistake."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tocsin.shelf.fault import Fault, Loaded, nearest
from tocsin.shelf.yaml_source import load_yaml, read_yaml


def _loaded(text: str) -> Loaded:
    result = read_yaml(text, "pack/rule.yaml")
    assert isinstance(result, Loaded), result
    return result


def _faults(text: str) -> list[Fault]:
    result = read_yaml(text, "pack/rule.yaml")
    assert isinstance(result, list), result
    return result


def test_scalars_follow_yaml_1_2() -> None:
    """H31: `off` and `no` are words, dates stay text, numbers are numbers."""
    text = "a: off\nno: yes\nb: 12\nc: 0x1f\nd: 1.5\ne: '012'\nf: 2020-09-27\ng: ~\nh: true\ni: -3"
    assert _loaded(text).value == {
        "a": "off", "no": "yes", "b": 12, "c": 31, "d": 1.5, "e": "012", "f": "2020-09-27",
        "g": None, "h": True, "i": -3,
    }  # fmt: skip


def test_a_block_of_text_has_a_line_for_each_of_its_own() -> None:
    """The third line of a block is found where it stands in the file."""
    source = _loaded("head: 1\nrows: |\n  one\n\n  three\ntail: 2\n")
    assert source.value["rows"] == "one\n\nthree\n"
    assert [source.line("rows", number) for number in (0, 2)] == [3, 5]


def test_every_value_has_its_line() -> None:
    """A key path leads to its line; an absent key to that of its nearest ancestor."""
    source = _loaded("sinks:\n  - name: desk\n    url: x\n  - name: wire\n")
    assert source.line("sinks", 1, "name") == 4
    assert source.line("sinks", 0, "url") == 3
    assert source.line("sinks", 0, "secret") == 2
    assert source.line("nothing") == 1
    assert source.marks["sinks", 0, "url"] == (3, 10)


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("a: !!python/object/apply:os.system [ls]", 1, "tag"),
        ("a: !!python/object:x.Y {b: 1}", 1, "tag"),
        ("x: 1\na: 1\na: 2\n", 3, "stands twice"),
        ("a: {b: 1, b: 2}", 1, "stands twice"),
        ("a: 012", 1, "begins with a zero"),
        ("a: [1", 1, "is not YAML"),
        ("a:\n\tb: 1", 2, "is not YAML"),
        ("a: b: c", 1, "is not YAML"),
        ("? [a]\n: b", 1, "as a key"),
        ("a: 1\n---\nb: 1", 2, "second document"),
        ('a: "\\ud800"', 1, "invalid Unicode"),
        ("a: \x01", None, "is not YAML"),
    ],
)
def test_a_mistake_is_one_fault_with_its_line(text: str, line: int | None, what: str) -> None:
    """H28, H31: objects, duplicate keys and broken YAML are named with line and mend."""
    found = _faults(text)
    assert [(fault.line, what in fault.what) for fault in found] == [(line, True)]
    assert "\n" not in str(found[0])


def test_all_faults_are_collected() -> None:
    """Three mistakes are three faults, in order."""
    assert [fault.line for fault in _faults("a: 012\nb: 1\nb: 2\nc: !x 1\n")] == [1, 3, 4]


def test_an_alias_bomb_is_refused_unexpanded() -> None:
    """H29: nine levels of nine aliases would be 387 million leaves."""
    text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 9)
    )
    assert all("is not taken" in fault.what for fault in _faults(text))


@pytest.mark.parametrize("text", ["[" * 5000, "{a: " * 5000, "- " * 5000])
def test_absurd_nesting_is_one_clean_fault(text: str) -> None:
    """H30: five thousand brackets are a fault, not a RecursionError."""
    assert "nested deeper" in _faults(text)[0].what


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    """A missing file, another encoding and a huge file are faults, not exceptions."""
    latin = tmp_path / "latin.yaml"
    latin.write_bytes("name: Bogotá".encode("latin-1"))
    huge = tmp_path / "huge.yaml"
    huge.write_bytes(b"#" * 1_000_001)
    for path, what in (
        (tmp_path / "none.yaml", "cannot be read: no such file or directory"),
        (latin, "is not UTF-8 at byte 11"),
        (huge, "is larger than 1,000,000 bytes"),
    ):
        assert load_yaml(path, name="x.yaml") == [Fault("x.yaml", None, what, _mend(path))]


def _mend(path: Path) -> str:
    return {"latin.yaml": "Save it as UTF-8.", "huge.yaml": "Split it."}.get(path.name, "")


def test_loading_is_fast() -> None:
    """A thousand lines load in a fraction of a second."""
    started = time.perf_counter()
    _loaded("\n".join(f"- Town{n}, Burg{n} | town | AZ | 39.8 46.7" for n in range(1000)))
    assert time.perf_counter() - started < 1


def test_the_nearest_known_word_is_suggested() -> None:
    """A slip of the pen is answered with the word that was meant."""
    assert nearest("kiled", ("killed", "wounded")) == "Did you mean 'killed'?"
    assert nearest("xyz", ("killed", "wounded")) == "Known: killed, wounded."
