"""One victim with a name and no number: "X was killed", "the murder of the senator"."""

from __future__ import annotations

from tocsin.reading.groups import Marked
from tocsin.reading.verbs import ACTIVE, COUNT, DIES, EVENT, PASSIVE, PAST, Verbs


def one_victim(marked: Marked, i: int, verbs: Verbs) -> bool:
    """Whether the casualty word at `i` has one victim for whom no group stands: "X was killed"."""
    mark, end = marked.marks[i]
    takes = mark.roles & EVENT or (mark.roles & (ACTIVE | PAST) and mark.indicator == "killed")
    if takes and _one_object(marked, end, verbs, named=bool(mark.roles & EVENT)):
        return True
    words, j = marked.words, i - 1
    if mark.roles & COUNT and words[j] in ("'s", "’s") and not words[end - 1].endswith("s"):
        return True  # "the senator's murder"
    while j >= 0 and words[j] in verbs.fillers and words[j] not in verbs.be:
        j -= 1
    if j < 1:
        return False
    if mark.roles & (PAST | PASSIVE):
        perfect = words[j] == "been" and words[j - 1] in ("has", "had")
        subject = words[j - 1] not in ("it", "which", "that", "who")
        return (perfect or words[j] in ("was", "is", "being")) and subject
    return bool(mark.roles & DIES and words[i] == "died" and mark.indicator == "killed")


def _one_object(marked: Marked, i: int, verbs: Verbs, *, named: bool) -> bool:
    """Whether one person is named at word `i`: "killed X", "the murder of the senator"."""
    words = marked.words
    if i >= len(words) or i in marked.starts or i in marked.marks or not words[i][0].isalpha():
        return False
    article = named and words[i] in ("the", "his", "her", "a")
    if not article and (words[i] in verbs.stops or words[i] in verbs.ends):
        return False
    return not any(_is_many(marked, j) for j in range(i, min(len(words), i + 5)))


def _is_many(marked: Marked, i: int) -> bool:
    found = marked.nouns.get(i)
    return found is not None and (found[0].plural or found[0].node == "thing")
