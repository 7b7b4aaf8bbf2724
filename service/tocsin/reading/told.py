"""Figures as they are told: every sentence's own, then the whole report's, each told once.

A figure told in title, summary and text is one, with the more careful bound, the most specific
claimant and the quote of its first telling.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from tocsin.reading.basis import basis_of, carried, clause_of, shared_basis
from tocsin.reading.concordance import Concordance, Places
from tocsin.reading.dating import BasisWords, dating_of
from tocsin.reading.document import Document, Sentence
from tocsin.reading.facts import Basis, Indicator
from tocsin.reading.figures import Figure, find_figures
from tocsin.reading.groups import mark_up
from tocsin.reading.history import names_past_month
from tocsin.reading.numerals import Numbers
from tocsin.reading.phrases import Phrases
from tocsin.reading.speakers import Speakers
from tocsin.reading.verbs import Verbs
from tocsin.reading.victims import Victims
from tocsin.reading.voice import AttributionWords, Voice


@dataclass(frozen=True, slots=True)
class FigureWords:
    """All that reading figures needs of one language.

    `triggers` are words of which a sentence has one if it has a casualty word at all.
    """

    numbers: Numbers
    victims: Victims
    verbs: Verbs
    basis: BasisWords
    attribution: AttributionWords
    triggers: Phrases
    concordance: Concordance


@dataclass(slots=True)
class Told:
    """One figure as one sentence tells it.

    `left_out`: the text itself does not count it ("one soldier (not counted here)").
    `long_ago`: its clause names a day weeks ago, or a month months ago.
    `other_cause`: a disease, a flood or a crash killed, not a war.
    """

    figure: Figure
    sentence: Sentence
    basis: Basis
    voice: Voice | None = None
    whole: Told | None = None
    left_out: bool = False
    long_ago: bool = False
    other_cause: bool = False
    also: list[Told] = field(default_factory=list)


#: A figure is compared with so many earlier ones of its value; only a list repeats one oftener.
_ALIKE = 8
#: Kinds of quantities that make a claim; "the driver" and "they" may be any victim told before.
CLAIMED = frozenset({"number", "vague", "single"})


def _other_cause(
    words: Sequence[str], figure: Figure, causes: Places[bool], lexicon: BasisWords
) -> bool:
    """Whether the figure's own clause names another cause than a war."""
    if not causes:
        return False
    first, last = clause_of(words, figure, lexicon)
    return any(first <= i < last for i in causes)


def _left_out(words: Sequence[str], figure: Figure, notes: Places[bool]) -> bool:
    """Whether a note after the group, or at the sentence's end, leaves it out of the count."""
    for i in range(figure.group.last, max(notes, default=0)):
        if words[i] == "(":
            return i == figure.group.last or (i >= figure.last and i >= len(words) - 8)
    return False


def find_told(document: Document, words: FigureWords) -> list[Told]:
    """Every figure of every sentence, in order, as yet in nobody's voice."""
    told: list[Told] = []
    published = document.report.published
    for sentence in document.sentences:
        if not sentence.find(words.triggers):
            continue
        lower = sentence.words
        found = words.concordance.of(lower)
        marked = mark_up(sentence, found, words.numbers, words.victims, words.verbs)
        if marked is None:
            continue
        figures = find_figures(marked, words.verbs)
        if not figures:
            continue
        notes = found.of(words.verbs.not_counted)
        by_figure: dict[int, Told] = {}
        causes = found.of(words.verbs.other_causes)
        dating = dating_of(lower, found, published, words.basis)
        bases = shared_basis(figures, [basis_of(figure, dating) for figure in figures], dating)
        if told and _goes_on(told[-1], sentence):
            bases = [carried(*one, dating) for one in zip(figures, bases, strict=True)]
        for figure, basis in zip(figures, bases, strict=True):
            one = Told(
                figure,
                sentence,
                basis,
                left_out=_left_out(lower, figure, notes),
                long_ago=bool(dating.months)
                and names_past_month(clause_of(lower, figure, words.basis), figure, dating),
                other_cause=_other_cause(lower, figure, causes, words.basis),
            )
            by_figure[id(figure)] = one
            told.append(one)
        for one in by_figure.values():  # a part may stand before its total
            if one.figure.whole is not None:
                one.whole = by_figure.get(id(one.figure.whole))
    if told:
        _join_the_dead(told, words.verbs)
    return told


def _of_the_dead(one: Told, verbs: Verbs) -> bool:
    """Whether a figure counts some of those killed: "were among the dead", "two of the dead"."""
    figure, quantity = one.figure, one.figure.group.quantity
    words = one.sentence.words
    if figure.group.indicator == figure.indicator and words[quantity.last] == "of":
        return True
    return not verbs.among.isdisjoint(words[figure.group.last : figure.last])


def _join_the_dead(told: Sequence[Told], verbs: Verbs) -> None:
    """Make such figures parts of the greatest total of the report, told before or after them."""
    parts = [one for one in told if one.whole is None and _of_the_dead(one, verbs)]
    greatest: dict[tuple[Indicator, Basis], Told] = {}
    for one in told if parts else ():
        kind = one.figure.indicator, one.basis
        if one.whole is None and _least(one) > (_least(greatest[kind]) if kind in greatest else 0):
            greatest[kind] = one
    for part in parts:
        total = greatest.get((part.figure.indicator, part.basis))
        if total is not None and _least(total) > _least(part):
            part.whole = total


def _least(one: Told) -> int:
    return one.figure.group.quantity.low or 0


def _goes_on(last: Told, sentence: Sentence) -> bool:
    """Whether a sentence follows one that ended with a running total."""
    near = sentence.index - last.sentence.index == 1
    return near and last.basis == "cumulative" and last.sentence.field == sentence.field


def may_claim(told: Sequence[Told]) -> bool:
    """Whether any figure may be a claim, alone or with those it is told together with."""
    return any(one.figure.group.quantity.kind in CLAIMED for one in told)


def give_voices(told: Sequence[Told], speakers: Speakers) -> None:
    """Say whose word each figure is.

    One in nobody's voice is told in that of its neighbour in the sentence, or of the one before: a
    report that has let one body speak for its figures goes on in its voice.
    """
    for one in told:
        if one.basis != "historical":
            one.voice = speakers.voice(one.sentence, one.figure.group.quantity.core)
    voices = {one.voice.claimant for one in told if one.voice and one.voice.weight == 2}
    sole = len(voices) == 1
    last: Told | None = None
    for one in told:
        if one.voice is None and last is not None and one.basis != "historical":
            near = one.sentence is last.sentence or (
                sole and one.sentence.field == last.sentence.field != "title"
            )
            one.voice = last.voice if near else None
        if one.voice is not None:
            last = one


def bring_together(told: Sequence[Told]) -> list[Told]:
    """Restatements folded into the first telling; the order of the text is kept."""
    if len(told) < 2:
        return [*told]
    kept: dict[int, Told] = {}
    same: dict[tuple[object, ...], list[int]] = {}
    titled: list[int] = []
    for n, one in enumerate(told):
        quantity = one.figure.group.quantity
        if quantity.kind not in CLAIMED:
            kept[n] = one
            continue
        bounds = (quantity.low, quantity.high) if quantity.value is None else ()
        alike = same.setdefault((one.figure.indicator, quantity.value, *bounds), [])
        earlier = next((m for m in alike if m in kept and _restates(one, kept[m])), None)
        if earlier is not None:
            kept[earlier].also.append(one)
            continue
        rounded = next((m for m in titled if m in kept and _rounds(kept[m], one)), None)
        if rounded is not None:  # the title rounded what the text says
            title = kept.pop(rounded)
            one.also.extend((title, *title.also))
        kept[n] = one
        if len(alike) < _ALIKE:
            alike.append(n)
        if one.sentence.field == "title":
            titled.append(n)
    return [kept[n] for n in sorted(kept)]


def _restates(one: Told, earlier: Told) -> bool:
    """Whether a figure of the same indicator and value is the earlier one told again."""
    new, old = one.figure.group.quantity, earlier.figure.group.quantity
    if one.sentence is earlier.sentence and not _said_twice(one, earlier):
        return False
    if new.increment != old.increment and new.value == 1:
        return False  # "another guard" is a second one
    if one.voice and earlier.voice and one.sentence.field == earlier.sentence.field:
        other = one.voice.claimant != earlier.voice.claimant
        if other and new.bound != old.bound:
            return False  # two claimants who hedge differently say two things
    past = "historical" in (one.basis, earlier.basis) and one.basis != earlier.basis
    past = past or one.long_ago != earlier.long_ago
    return not (past and new.value == 1)


def _said_twice(one: Told, earlier: Told) -> bool:
    """Whether one sentence tells a figure twice: a standfirst run into the text, say."""
    if one.whole is not earlier.whole or one.figure.group.node != earlier.figure.group.node:
        return False
    value = one.figure.group.quantity.value
    return (value is None or value > 1) and one.figure.group.first - earlier.figure.last > 2


def _rounds(title: Told, one: Told) -> bool:
    """Whether a title only rounds what is told later: "over 20" for 21."""
    if title.sentence.field != "title" or one.sentence.field == "title":
        return False
    old, new = title.figure.group.quantity, one.figure.group.quantity
    if title.figure.indicator != one.figure.indicator or old.value is None or new.value is None:
        return False
    if old.bound == "at_least":
        return old.value < new.value <= old.value * 1.1
    return (
        old.bound == "approx"
        and old.value != new.value
        and ((old.low or 0) <= new.value <= (old.high or 0))
    )
