"""What is said of a group after it: "▢ were killed", "▢ dead", "▢, aged 20, died"."""

from __future__ import annotations

from dataclasses import dataclass

from tocsin.reading.groups import Marked
from tocsin.reading.noun_phrases import Group
from tocsin.reading.predicate import LIGHT, REACH, Predicate, either, shared_verb, takes_object
from tocsin.reading.verbs import (
    ACTIVE,
    COUNT,
    DIES,
    ING,
    LOSES,
    PASSIVE,
    PAST,
    STATE,
    TOLL,
    Mark,
    Verbs,
)

_STOP = -1
_HYPOTHETICAL = frozenset({"could", "would", "might", "will", "should"})
_CASES = frozenset(
    {"of", "by", "for", "to", "at", "near", "in", "from", "on", "against", "between", "like"}
    | {"as", "into", "than", "under", "over", "behind", "about"}
)
_SAYS = frozenset({"say", "says", "said", "tells", "told"})
_DASHES = frozenset({":", ";", "–", "—"})
_ARTICLES = frozenset({"a", "an"})
#: What has a step of its own besides the grammar words of the language.
_TURNS = _HYPOTHETICAL | _DASHES | {"(", "-", ",", "as"}


def right_of(marked: Marked, group: Group, verbs: Verbs) -> Predicate | None:
    """What is said of the group after it: "▢ were killed", "▢ dead", "▢, aged 20, died"."""
    if group.head == "count" and group.indicator == "killed":
        return None  # "40 deaths" say it themselves; "20 hostages" may have been killed
    if group.last > marked.last_mark:
        return None  # no casualty word is left to read on to
    before = marked.words[group.first - 1] if group.first else ""
    if before == "by" or (before in _CASES and not group.explicit):
        return None  # "by 30 men who …", "two guards of a partner were shot"
    found = _Scan(marked, group, verbs).run()
    return None if found is not None and either(marked, found) else found


@dataclass(slots=True)
class _Scan:
    """Reads on from a group, word by word, until its predicate or something that ends the clause.

    `aux`: a form of "be" or "have" was met, so a participle is passive. `far`: other words stand
    between. `verb`: one of them looks like a verb. `relative`: within "who …".
    """

    marked: Marked
    group: Group
    verbs: Verbs
    aux: bool = False
    far: bool = False
    comma: bool = False
    relative: bool = False
    verb: bool = False
    relative_seen: bool = False
    be: bool = False

    def run(self) -> Predicate | None:
        """The predicate, or None."""
        words, marks = self.marked.words, self.marked.marks
        start = i = self.group.last
        while i < len(words) and i - start < REACH:
            here = marks.get(i)
            if here is None:
                i = self._word(i)
            else:
                mark, end = here
                mine = self._takes(mark, i, end)
                if mine and mark.indicator is not None:
                    return Predicate(mark.indicator, i, i - start, self.relative and self.comma)
                i = _STOP if mine is False else end
            if i == _STOP:
                return None
        return None

    def _word(self, i: int) -> int:
        """Step over a word that is no casualty word; the next one, or _STOP."""
        marked, verbs = self.marked, self.verbs
        words, word = marked.words, marked.words[i]
        if (
            word not in verbs.grammar
            and word not in _TURNS
            and not (i in marked.joins or i in marked.starts or i in marked.parts)
        ):
            return self._unknown(i, word)
        if word in verbs.be:
            self.aux = self.be = True
        elif word in verbs.have:
            self.aux = True
        elif word in verbs.never or word in _HYPOTHETICAL:
            return _STOP
        elif word == "(":
            return self._after_bracket(i)
        elif word == "-":
            self.comma = True
        elif word in verbs.relatives:
            if self.relative_seen:
                return _STOP
            self.relative = self.relative_seen = True
        elif word == ",":
            if self._lists(i + 1):
                return marked.groups[marked.starts[i + 1]].last
            self.comma = True
            if self.group.head == "none":
                return _STOP
            if i + 1 < len(words) and words[i + 1] in verbs.ends:
                return self._after_aside(i + 1)
        elif self._ends(i, word):
            return self._elsewhere(i) if word in verbs.verbs else _STOP
        elif (joined := marked.joins.get(i)) is not None:
            return self._join(i, joined[1])
        elif i in marked.starts:
            if self.group.head == "none" and not self.far:
                return _STOP
            self.far = True
            return marked.groups[marked.starts[i]].last
        elif i in marked.parts:
            self.comma = True
        elif word not in verbs.fillers:
            return self._unknown(i, word)
        return i + 1

    def _lists(self, i: int) -> bool:
        """Whether another group of people follows a comma: "12 soldiers, 3 civilians killed"."""
        at = self.marked.starts.get(i)
        if at is None or self.far or self.aux or self.group.head != "person":
            return False
        before = self.marked.words[self.group.first - 1] if self.group.first else ""
        return self.marked.groups[at].head == "person" and before not in _CASES

    def _ends(self, i: int, word: str) -> bool:
        """Whether a word ends the clause, or is another verb than ours."""
        if word == "as" and self.relative_seen:
            return False  # "policemen who were acting as guards"
        if word in self.verbs.ends or word in _DASHES:
            return True
        if self.relative and word in _SAYS:
            return True  # "a woman who says her husband was killed"
        if word not in self.verbs.verbs or self.relative or self.aux:
            return False
        if word in self.verbs.fillers and i + 1 in self.marked.marks:
            return False  # "21 reported dead"
        return _ARTICLES.isdisjoint(self.marked.words[i - 2 : i])  # "from an earlier attack"

    def _after_bracket(self, i: int) -> int:
        words = self.marked.words
        for j in range(i + 1, min(len(words), i + 25)):
            if words[j] == ")":
                return j + 1
        return _STOP

    def _after_aside(self, i: int) -> int:
        """Past a clause set off by commas: "a driver, while on his way home, was shot"."""
        words = self.marked.words
        for j in range(i, min(len(words), i + REACH)):
            if words[j] == "," and j + 1 < len(words):
                main = words[j + 1] in self.verbs.be or words[j + 1] in self.verbs.have
                return j + 1 if main else _STOP
        return _STOP

    def _elsewhere(self, i: int) -> int:
        """Past another verb of the group to one that shares the subject: "… and was killed"."""
        words = self.marked.words
        if self.group.head != "person" or self.relative:
            return _STOP
        for j in range(i + 1, min(len(words), i + REACH)):
            if words[j] in ("and", "but") and j + 1 not in self.marked.starts:
                found = shared_verb(self.marked, j + 1, self.verbs)
                if found is not None:
                    self.aux = True
                    return found.first
            if words[j] in (";", ":") or words[j] in self.verbs.relatives:
                return _STOP
        return _STOP

    def _join(self, i: int, after: int) -> int:
        """An "and": to another group, which shares the predicate, or to another verb."""
        words, marked = self.marked.words, self.marked
        while after < len(words) and words[after] in LIGHT and after not in marked.starts:
            after += 1
        if after in marked.starts:
            if self.verb:
                return _STOP
            self.aux = False
            return marked.groups[marked.starts[after]].last
        if after in marked.marks:
            return after if self.aux else _STOP
        return i + 1

    def _unknown(self, i: int, word: str) -> int:
        if self.aux and not self.relative and not word.endswith("ly"):
            following = self.marked.words[i + 1] if i + 1 < len(self.marked.words) else ""
            chained = following in ("and", ",", "or") and word.endswith(("ed", "en"))
            self.verb = self.verb or chained  # "were arrested and 20 killed": these are others
            if not chained and word not in self.verbs.stops and word not in self.verbs.among:
                return self._elsewhere(i)  # "were arrested", "had gathered": another verb
        elif self.relative:  # the relative clause has its own verb: what follows is the main one
            self.aux = self.relative = False
        else:
            self.far = True
            modifies = word.endswith("ing") and i == self.group.last  # "a driver waiting outside"
            self.verb = self.verb or (word.endswith(("ed", "ing")) and not modifies)
        return i + 1

    def _takes(self, mark: Mark, i: int, end: int) -> bool | None:
        """Whether a mark is the group's own: yes, no (stop), or None: look further."""
        roles = mark.roles
        between = self.marked.words[self.group.last : i]
        if mark.indicator is None or roles & (TOLL | LOSES):
            return False
        if self.relative and not self.group.explicit:
            return None
        if roles & DIES:
            return self.aux or not (roles & ING and self.far)
        if roles & (PAST | PASSIVE) or (roles & STATE and roles & COUNT):
            return self._participle(roles, between, end)
        if roles & STATE:
            if self.aux or not between:
                return True
            return (
                not self.comma and not self.verb and len(between) <= 6 and self.group.head != "none"
            )
        if roles & ACTIVE:
            return False
        if roles & COUNT:
            if not self.verbs.among.isdisjoint(between[-3:]):
                return True
            return None if self.far or self.aux else False
        return None if self.far else False

    def _participle(self, roles: int, between: object, end: int) -> bool:
        words = list(between) if isinstance(between, (list, tuple)) else []
        downed = self.marked.words[end : end + 1] == ["down"]
        if downed and not (self.aux and self.group.head == "person"):
            return False  # "all but 16 were shot down", "a soldier shot down a missile"
        if self.aux and not self.be and roles & PAST:
            return not takes_object(self.marked, end, self.verbs)  # "have killed ▢"
        if self.aux or (roles & COUNT and not self.verbs.among.isdisjoint(words)):
            return True
        if words and words[-1] == "those":
            return False  # "a man spoke of those killed"
        if self.relative or (roles & PAST and takes_object(self.marked, end, self.verbs)):
            return False
        if self.group.head == "none":
            return all(word in self.verbs.fillers for word in words)
        return not self.comma and not self.verb and len(words) <= 8
