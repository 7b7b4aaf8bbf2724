"""Who speaks across sentences: quotations that run on, "the ministry", "this was reported by …"."""

from __future__ import annotations

from dataclasses import dataclass, field

from tocsin.reading.attribution import announces, find_denials, find_voices
from tocsin.reading.document import Document, Sentence
from tocsin.reading.voice import AttributionWords, Voice, claimant_of

#: A quotation is followed over so many sentences to the one that says whose it is.
_QUOTED = 4
#: So many names are kept for one word.
_NAMES = 8
_SMALL = frozenset(
    {"the", "a", "of", "an", "'s", "’s", "and", "in", "for", "mr", "mrs", "ms", "dr", "mr.", "dr."}
)
_QUOTES = frozenset({"“", '"'})
#: A name with one of these is one person's.
_ONE = frozenset(
    {"president", "minister", "governor", "mayor", "spokesman", "spokeswoman", "spokesperson"}
    | {"leader", "chief", "general", "commander", "secretary", "ambassador", "envoy", "officer"}
    | {"witness", "doctor", "official", "resident", "chancellor", "premier", "adviser"}
)
_HE = frozenset({"he", "she", "it", "they", "we", "i"})


@dataclass(slots=True)
class Speakers:
    """The voices of one report, found as they are asked for."""

    document: Document
    lexicon: AttributionWords
    _voices: dict[int, list[Voice]] = field(default_factory=dict)
    _denials: dict[int, list[str]] | None = None
    _names: dict[str, list[str]] = field(default_factory=dict)
    _words: dict[str, frozenset[str]] = field(default_factory=dict)

    def voice(self, sentence: Sentence, i: int) -> Voice | None:
        """Whose word the figure at word `i` of a sentence is."""
        voice = claimant_of(self._of(sentence), i)
        if voice is None:
            voice = (
                self._quoted(sentence, i) or self._announced(sentence) or self._goes_on(sentence)
            )
        return None if voice is None else self._named(voice, sentence)

    def denied_in(self, sentence: Sentence) -> bool:
        """Whether somebody denies something in a sentence: who else it names is his suspicion."""
        return bool(find_denials(sentence, self.lexicon))

    def denials(self, sentence: Sentence) -> tuple[str, ...]:
        """Who denies what a sentence tells, in it or in the next two."""
        denied = self._denials
        if denied is None:
            denied = self._denials = {
                one.index: found
                for one in self.document.sentences
                if (found := find_denials(one, self.lexicon))
            }
        names: list[str] = []
        for step in (0, 1, 2) if denied else ():
            near = self._near(sentence, step)
            if near is None:
                break
            names += [name for name in denied.get(near.index, ()) if name not in names]
        return tuple(names)

    def _of(self, sentence: Sentence) -> list[Voice]:
        found = self._voices.get(sentence.index)
        if found is None:
            found = self._voices[sentence.index] = find_voices(sentence, self.lexicon)
            for voice in found:
                self._remember(voice)
        return found

    def _remember(self, voice: Voice) -> None:
        """Keep the fullest names by each of their words."""
        if voice.weight:
            for word in self._words_of(voice.claimant):
                names = self._names.setdefault(word, [])
                if voice.claimant not in names:
                    names.append(voice.claimant)
                    names.sort(key=len, reverse=True)
                    del names[_NAMES:]

    def _near(self, sentence: Sentence, step: int) -> Sentence | None:
        """The sentence so many before or after, in the same field."""
        at = sentence.index + step
        if not 0 <= at < len(self.document.sentences):
            return None
        near = self.document.sentences[at]
        return near if near.field == sentence.field else None

    def _quoted(self, sentence: Sentence, i: int) -> Voice | None:
        """A quotation opened before the figure and closed in a later sentence."""
        if _QUOTES.isdisjoint(sentence.words):
            return None
        start = sentence.spans[i][0] - sentence.start
        if not _opens(sentence.text, start):
            return None
        for step in range(1, _QUOTED):
            near = self._near(sentence, step)
            if near is None:
                return None
            if any(mark in near.text for mark in ('"', "”", "’ ")):
                return next(iter(self._of(near)), None)
        return None

    def _announced(self, sentence: Sentence) -> Voice | None:
        """Whose word it was, told in the next sentence: "This was reported by ▢"."""
        near = self._near(sentence, 1)
        if near is None or not near.text.startswith(("This ", "That ", "It ", "The ")):
            return None
        if not announces(near.words, self.lexicon):
            return None
        return next(iter(self._of(near)), None)

    def _goes_on(self, sentence: Sentence) -> Voice | None:
        """The voice of the sentence before, where this one goes on: "In addition, …"."""
        words = sentence.words
        near = self._near(sentence, -1)
        if near is None or not words or self.lexicon.goes_on.at(words, 0) is None:
            return None
        said = [voice for voice in self._of(near) if voice.weight > 0]
        return said[-1] if said else None

    def _named(self, voice: Voice, sentence: Sentence) -> Voice | None:
        """The voice under its fullest name: "the ministry" is the one told before."""
        words = self._words_of(voice.claimant)
        if voice.weight == 0 or words <= _HE:
            return self._before(sentence, None, many=voice.claimant == "they")
        for step in (-2, -1):  # a full name stands before its short form
            if (near := self._near(sentence, step)) is not None:
                self._of(near)
        fuller = self._names.get(next(iter(sorted(words)), ""), [])
        name = next((name for name in fuller if words < self._words_of(name)), voice.claimant)
        best = voice if name == voice.claimant else voice._replace(claimant=name)
        short = words and words <= self.lexicon.pronouns
        if short and best is voice:
            return self._before(sentence, min(words)) or voice
        return best

    def _words_of(self, name: str) -> frozenset[str]:
        """The words of a name that tell it from others."""
        words = self._words.get(name)
        if words is None:
            lower = name.lower().replace("’s", "").replace("'s", "").replace(",", " ")
            words = self._words[name] = frozenset(lower.split()) - _SMALL
        return words

    def _before(self, sentence: Sentence, word: str | None, *, many: bool = False) -> Voice | None:
        """The last voice before a sentence, of many or whose name holds a word if that is asked."""
        for index in range(sentence.index - 1, max(-1, sentence.index - 6), -1):
            for voice in reversed(self._of(self.document.sentences[index])):
                names = self._words_of(voice.claimant)
                if (
                    voice.weight
                    and (word is None or word in names)
                    and not (many and _is_one(names))
                ):
                    return voice
        return None


def _is_one(names: frozenset[str]) -> bool:
    """Whether a name is of one person alone: "they" are others."""
    return not _ONE.isdisjoint(names)


def _opens(text: str, end: int) -> bool:
    """Whether a quotation is open at an offset and not closed in the rest of the sentence."""
    if text.count("“", 0, end) > text.count("”", 0, end):
        return "”" not in text[end:]
    return text.count('"', 0, end) % 2 == 1 and '"' not in text[end:]
