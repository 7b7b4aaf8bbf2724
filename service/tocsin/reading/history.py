"""History: whether a figure is told of what is past, by the words of its own clause."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from tocsin.reading.dating import Dating
from tocsin.reading.figures import Figure

_TIED = frozenset({"when", "which", "where"})
_THAT = frozenset({"that", "which"})
_RELATIVES = _TIED | _THAT | {"who"}
#: After these somebody is described, and no news told of them: "▢, who was accused of …".
_WHO = frozenset(
    {",", "who", "the", "a", "an", "alleged", "suspected", "man", "men", "leader", "leaders"}
    | {"militant", "militants", "commander", "commanders", "group", "suspect", "suspects"}
)
_BEING = frozenset({"was", "were", "is", "are", "be", "been", "being", "had", "has", "have"})
_DAYS = frozenset({"days", "day"})
#: An answer names what it answers within so many words.
_REACH = 12


def is_history(clause: tuple[int, int], figure: Figure, dating: Dating) -> bool:
    """Whether the words of a figure's clause (half-open) say that it is past."""
    words, years, joint = dating.words, dating.years, clause[0]
    if _is_answered(figure, dating) or _told_aside(figure, dating) or _years_since(figure, dating):
        return True
    if _is_laid_to_one(figure, dating):
        return True
    if joint and words[joint - 1] in _TIED and _year_before(joint - 1, years):
        return True
    if joint > 1 and _long_before(joint - 1, dating):
        return "," not in words[joint : figure.first]
    aside = range(0)
    for i in dating.historical:
        if clause[0] <= i < clause[1] and not _of_a_place(figure, i, dating):
            aside = _anniversary(words, i)
            if not aside or figure.first in aside:
                return not after_superlative(i, dating)
    for i in range(*clause) if years or dating.seasons else ():
        if i in aside:
            continue
        if words[i] in _TIED and _year_before(i, years) and i < figure.first:
            return True
        if i in dating.seasons:
            return True
        if i not in years or i == figure.group.quantity.core or _since(words, i):
            continue
        if not after_superlative(i, dating):
            return dating.lexicon.born.isdisjoint(words[max(0, i - 3) : i])
    return False


def names_past_month(clause: tuple[int, int], figure: Figure, dating: Dating) -> bool:
    """Whether a figure's clause names a day weeks ago, or a month months ago."""
    return any(
        clause[0] <= i < clause[1]
        and not (after_superlative(i, dating) or _of_a_place(figure, i, dating))
        and not _since(dating.words, i)
        for i in dating.months
    )


def _is_answered(figure: Figure, dating: Dating) -> bool:
    """Whether the news only answers it: "in retaliation for the attack that killed ▢"."""
    words, verb = dating.words, figure.verb
    for _, end in dating.answers.values():
        between = words[end:verb]
        if between and between[-1] in _THAT and len(between) <= _REACH and "," not in between:
            return True
    return False


def _is_laid_to_one(figure: Figure, dating: Dating) -> bool:
    """Whether somebody had done it before the news of them: "a man wanted over ▢ was killed".

    Of whom nothing else is told, the accusation is the news; so is a deed of a day by its name.
    """
    words, lexicon, first = dating.words, dating.lexicon, min(figure.first, figure.group.first)
    if dating.days or lexicon.laid.isdisjoint(words):
        return False
    near = range(first - 1, max(-1, first - _REACH), -1)
    cue = next((i for i in near if words[i] in lexicon.laid or words[i] == ","), 0)
    before = cue - 1
    while before > 0 and (words[before].endswith("ly") or words[before] in _BEING):
        before -= 1
    if words[cue] == "," or before < 0:
        return False
    if words[before] in ("he", "she"):
        return True  # the news is of one who was told before
    if words[before] not in _WHO and words[before] not in lexicon.fates:
        return False
    return not lexicon.fates.isdisjoint((*words[: before + 1], *words[figure.last :]))


def _told_aside(figure: Figure, dating: Dating) -> bool:
    """Whether a relative clause dates it to the past: "where a guard was killed last week".

    What else that clause says does not matter: "where ▢ died after a siege earlier this year".
    """
    words, first = dating.words, figure.first
    if not first or words[first - 1] not in _RELATIVES:
        return False
    last = figure.last
    if ("last", "week") in pairwise(words[last : last + 6]):
        return True
    cue = next((i for i in dating.historical if i >= last), None)
    if cue is None or cue >= last + _REACH or "," in words[last:cue]:
        return False
    return not (after_superlative(cue, dating) or _of_a_place(figure, cue, dating))


def _years_since(figure: Figure, dating: Dating) -> bool:
    """Whether a figure is where a count of time begins: "in the five years since ▢ fled"."""
    if not dating.spans:
        return False
    first = min(figure.first, figure.group.first)
    near = range(max(1, first - 3), first)
    return any(dating.words[i] == "since" and i - 1 in dating.spans for i in near)


def _since(words: Sequence[str], i: int) -> bool:
    """Whether a year says since when is counted: "since the president took office in 2021"."""
    for j in range(i - 1, max(-1, i - 12), -1):
        if words[j] in (",", ";"):
            return False
        if words[j] == "since":
            return True
    return False


def _of_a_place(figure: Figure, i: int, dating: Dating) -> bool:
    """Whether a cue at `i` is of a place: "… on Saturday, in a town that fell last year"."""
    if not any(day < figure.first for day in dating.days):
        return False
    return not _THAT.isdisjoint(dating.words[figure.last : i])


def _anniversary(words: Sequence[str], i: int) -> range:
    """The words of "on the anniversary of …", a day like another, if it stands at word `i`."""
    if words[i] != "anniversary" or "on" not in words[max(0, i - 4) : i]:
        return range(0)
    end = next((j for j in range(i, len(words)) if words[j] in (",", ";")), len(words))
    return range(max(0, i - 4), end)


def _long_before(i: int, dating: Dating) -> bool:
    """Whether what follows word `i` is long past: "two months after a battle that killed ▢"."""
    words = dating.words
    return words[i] == "after" and i - 1 in dating.spans and words[i - 1] not in _DAYS


def _year_before(i: int, years: Sequence[int]) -> bool:
    """Whether a past year stands right before: "the 1990s, when …"."""
    return any(i - 4 <= year < i for year in years)


def after_superlative(i: int, dating: Dating) -> bool:
    """Whether a time only measures a record: "the deadliest attack since March"."""
    return not dating.lexicon.superlatives.isdisjoint(dating.words[max(0, i - 10) : i])
