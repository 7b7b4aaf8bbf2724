"""How groups of one sentence hang together: parts of a total, pieces in passing, joined objects."""

from __future__ import annotations

from collections.abc import Sequence

from tocsin.reading.groups import Marked
from tocsin.reading.noun_phrases import Group
from tocsin.reading.predicate import LIGHT
from tocsin.reading.verbs import Verbs

#: Within so many words a comma closes what was told in passing: "a cook from the north, was …".
_CLOSED = 7
#: What a verb shows of its subject: one, or several. In "a guard who …" it need not be theirs.
_ALONE = frozenset({"was", "is", "has", "who", "whose", "which", "that", "when", "where", "as"})
_PLURAL = frozenset({"were", "are", "have"})
_THEIRS = frozenset({"his", "her", "their", "a", "an", "the", "another"})


def is_part(words: Sequence[str], first: int, verbs: Verbs) -> bool:
    """Whether a group is told as a part: "including ▢", "among them ▢"."""
    return part_phrase(words, first, verbs) is not None


def part_phrase(words: Sequence[str], first: int, verbs: Verbs) -> int | None:
    """The first word of the phrase that makes a group a part, if one stands before it."""
    i = first
    while i > 0:
        found = verbs.parts.ending_at(words, i, 4)
        if found is not None:
            return found[1]
        if words[i - 1] not in LIGHT and words[i - 1] not in (",", "also", "were", "are"):
            return None
        i -= 1
    return None


def only_joins(marked: Marked, start: int, end: int) -> bool:
    """Whether only "and" or a comma stands between two groups."""
    i = start
    while i < end:
        joined = marked.joins.get(i)
        if joined is not None:
            i = joined[1]
        elif marked.words[i] == "," or marked.words[i] in LIGHT:
            i += 1
        else:
            return False
    return end > start


def after_complement(words: Sequence[str], start: int, end: int) -> int:
    """The word after "of the rebels", where "and" follows it."""
    for i in range(start, min(end, start + 6)):
        if words[i] == "and":
            return i
    return start


def is_one_of_several(marked: Marked, group: Group, verb: int) -> bool:
    """Whether a verb has others for its subject besides a single victim: "X and ▢ were killed"."""
    words = marked.words[group.last : verb]
    if group.quantity.value != 1 or not _ALONE.isdisjoint(words):
        return False
    if not _PLURAL.isdisjoint(words):
        return True
    i = group.last + words.index("and") if "and" in words else verb
    return i + 1 < verb and (i + 1 in marked.starts or marked.words[i + 1] in _THEIRS)


def in_brackets(words: Sequence[str], i: int) -> bool:
    """Whether the word at `i` stands in brackets."""
    for j in range(i - 1, -1, -1):
        if words[j] in ("(", ")"):
            return words[j] == "("
    return False


def set_off(words: Sequence[str], total: Group, pieces: Sequence[Group], verb: int) -> bool:
    """Whether a total's pieces are told in passing.

    Where their verb follows, a comma must close them: "three staff, two men and a woman, died" are
    three, "three guards, two cooks and a driver died" six.
    """
    first, last = pieces[0].first, pieces[-1].last
    between = words[total.last : first]
    if any(word in ("(", ":", "–", "—", "-") for word in between):
        return True
    if "(" in words[total.first : total.last]:
        return True
    if "," not in between:
        return False
    before = verb < total.first
    if before and total.quantity.value != 1:
        return True
    after = words[last : last + _CLOSED if before else min(verb, last + _CLOSED)]
    return "," in after and "and" not in after[: after.index(",")]
