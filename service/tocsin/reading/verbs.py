"""What happened to them: the casualty words of a language, each with the roles it can play."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, get_args

from tocsin.reading.facts import Indicator
from tocsin.reading.wordlist import LexiconError, Phrases, entries, section

ACTIVE = 1  #: takes its victims after it: "kills", "killing"
PAST = 2  #: "killed": active before its victims, passive after them
PASSIVE = 4  #: "slain", "taken hostage": after its victims only
DIES = 8  #: "died", "went missing": after its victims, no object
STATE = 16  #: "dead", "missing"
COUNT = 32  #: a counted noun: "deaths", "fatalities"
EVENT = 64  #: "death of", its victims after it
TOLL = 128  #: "death toll", its figure after it
LOSES = 512  #: "lost": takes fighters, and people said to be just that
HARMS = 1024  #: "shot": wounded, unless the text tells a death
ING = 256  #: an -ing form of ACTIVE or DIES


class Mark(NamedTuple):
    """A casualty word: its indicator (None: told by the words that follow) and its roles."""

    indicator: Indicator | None
    roles: int


@dataclass(frozen=True, slots=True)
class Verbs:
    """The casualty words and the grammar words of one language, compiled.

    `ends_noun` are all words that end a noun phrase, `grammar` all that reading on from a group
    knows.
    """

    marks: Phrases[Mark]
    triggers: tuple[str, ...]
    be: frozenset[str]
    have: frozenset[str]
    never: frozenset[str]
    unreal: frozenset[str]
    mights: frozenset[str]
    ends: frozenset[str]
    relatives: frozenset[str]
    joins: Phrases[bool]
    among: frozenset[str]
    growth: frozenset[str]
    links: frozenset[str]
    parts: Phrases[bool]
    fillers: frozenset[str]
    verbs: frozenset[str]
    stops: frozenset[str]
    ends_noun: frozenset[str]
    grammar: frozenset[str]
    not_counted: Phrases[bool]
    gives_back: frozenset[str]
    other_causes: Phrases[bool]
    keeps: Phrases[bool]
    either: frozenset[str]


def compile_verbs(data: Mapping[str, Any], language: str = "en") -> Verbs:
    """Compile `figures.yaml`; raises LexiconError naming the entry that cannot be used."""
    where = f"lexicon/{language}/figures.yaml"
    marks: dict[str, Mark] = {}

    def add(phrase: str, indicator: Indicator | None, roles: int) -> None:
        old = marks.get(phrase)
        if old is None:
            marks[phrase] = Mark(indicator, roles)
        elif old.indicator == indicator:
            marks[phrase] = Mark(indicator, old.roles | roles)

    for indicator in get_args(Indicator):
        part = section(data, indicator, where)
        for kind, words in part.items():
            for entry in entries(words, f"{where}: {indicator}: {kind}"):
                for phrase, roles in _forms(entry, kind, where):
                    add(phrase, indicator, roles)
    for indicator, words in section(data, "tolls", where).items():
        known: dict[str, Indicator | None] = {name: name for name in get_args(Indicator)}
        known["any"] = None
        if indicator not in known:
            raise LexiconError(f"{where}: tolls: unknown indicator {indicator!r}")
        for entry in entries(words, f"{where}: tolls"):
            add(entry, known[indicator], TOLL)

    def words_of(key: str) -> frozenset[str]:
        return frozenset(entries(data.get(key), f"{where}: {key}"))

    return Verbs(
        marks=Phrases(marks),
        triggers=_triggers(marks, words_of("stops") | words_of("fillers") | words_of("have")),
        be=words_of("be"),
        have=words_of("have"),
        never=words_of("not"),
        unreal=words_of("unreal"),
        mights=words_of("mights"),
        ends=words_of("ends"),
        relatives=words_of("relatives"),
        among=words_of("among"),
        growth=words_of("growth"),
        links=words_of("growth") | words_of("links"),
        joins=Phrases(dict.fromkeys(words_of("joins"), True)),
        parts=Phrases(dict.fromkeys(words_of("parts"), True)),
        fillers=words_of("fillers"),
        verbs=words_of("verbs"),
        stops=words_of("stops"),
        ends_noun=words_of("stops") | words_of("verbs"),
        grammar=frozenset(
            word
            for key in ("be", "have", "not", "ends", "relatives", "fillers", "verbs")
            for word in words_of(key)
        ),
        other_causes=Phrases(dict.fromkeys(words_of("other_causes"), True)),
        gives_back=words_of("gives_back"),
        either=words_of("either"),
        keeps=Phrases(dict.fromkeys(words_of("keeps"), True)),
        not_counted=Phrases(dict.fromkeys(words_of("not_counted"), True)),
    )


def _triggers(marks: Mapping[str, Mark], common: frozenset[str]) -> tuple[str, ...]:
    """One word of every phrase: one that is a phrase alone, else the longest that is not common.

    No phrase stands without its word. A phrase of no indicator needs another that has one.
    """
    phrases = [phrase.split(" ") for phrase, mark in marks.items() if mark.indicator is not None]
    alone = {words[0] for words in phrases if len(words) == 1}
    others = {
        max([word for word in words if word not in common] or words, key=len)
        for words in phrases
        if alone.isdisjoint(words)
    }
    return tuple(sorted(alone | others))


def _forms(entry: str, kind: str, where: str) -> Iterator[tuple[str, int]]:
    match kind:
        case "loses":
            base, past, participle, ing = _bend(entry, where)
            for form in (base, third_person(base), past, participle, ing):
                yield form, LOSES
        case "attacks":
            for form, roles in _forms(entry, "verbs", where):
                yield form, roles | HARMS
        case "verbs" | "dies":
            base, past, participle, ing = _bend(entry, where)
            if kind == "dies":
                yield base, DIES
                yield third_person(base), DIES
                yield past, DIES
                yield participle, DIES
                yield ing, DIES | ING
            else:
                yield base, ACTIVE
                yield third_person(base), ACTIVE
                yield past, PAST if past == participle else ACTIVE
                yield participle, PAST if past == participle else PASSIVE
                yield ing, ACTIVE | ING
        case "counts":
            singular, _, many = entry.partition("/")
            yield singular, COUNT
            yield many or singular + "s", COUNT
        case "states":
            yield entry, STATE
        case "events":
            yield entry, EVENT
        case _:
            raise LexiconError(
                f"{where}: {kind}: want verbs, attacks, dies, loses, states, counts or events"
            )


def _bend(entry: str, where: str) -> tuple[str, str, str, str]:
    forms = entry.split("/")
    if len(forms) == 4:
        return forms[0], forms[1], forms[2], forms[3]
    if len(forms) != 1:
        raise LexiconError(f"{where}: want base/past/participle/-ing, not {entry!r}")
    first, _, rest = entry.partition(" ")
    if first.endswith("ly"):
        adverb, (first, _, rest) = first + " ", rest.partition(" ")
    else:
        adverb = ""
    tail = f" {rest}" if rest else ""
    stem = first.removesuffix("e")
    past = f"{adverb}{stem}ed{tail}"
    return f"{adverb}{first}{tail}", past, past, f"{adverb}{stem}ing{tail}"


def third_person(base: str) -> str:
    """The third person: kill → kills, wipe out → wipes out, perish → perishes."""
    first, _, rest = base.partition(" ")
    adverb = ""
    if first.endswith("ly") and rest:
        adverb, (first, _, rest) = first + " ", rest.partition(" ")
    ending = "es" if first.endswith(("s", "sh", "ch", "x")) else "s"
    return f"{adverb}{first}{ending}" + (f" {rest}" if rest else "")
