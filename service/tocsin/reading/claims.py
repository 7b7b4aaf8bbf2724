"""Claims: the figures of a report as facts, with their place, their side and who denies them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from tocsin.reading.basis import since_of
from tocsin.reading.dating import BasisWords
from tocsin.reading.document import Document
from tocsin.reading.facts import CAREFUL, Basis, Claim
from tocsin.reading.freed import is_freed
from tocsin.reading.numbers import interval
from tocsin.reading.places import Located
from tocsin.reading.sections import section
from tocsin.reading.siting import aside
from tocsin.reading.speakers import Speakers
from tocsin.reading.together import told_together
from tocsin.reading.told import CLAIMED, Told
from tocsin.reading.voice import Voice
from tocsin.reading.whereabouts import offsets, whereabouts

#: What speaks for a figure as news besides the report, and where background begins; log odds.
_IN_TITLE, _IN_A_VOICE, _BACKGROUND = 1.0, 0.5, -1.3
#: Leads the headlines of other reports that a summary links to.
_BULLET = "•"
_TAKEN = ("captured", "missing")


@dataclass(frozen=True, slots=True)
class Setting:
    """What a report gives its claims besides the figures themselves.

    `news`: the log odds that it tells of an attack of these days. `attackers`: nouns that name
    those who attacked. `turned`: the sentences with which it turns to something else.
    """

    document: Document
    basis: BasisWords
    speakers: Speakers
    located: Located
    conflict: bool
    news: float = 0.0
    attackers: frozenset[str] = frozenset()
    turned: tuple[int, ...] = ()


#: Of the wounded and the missing "another ten" may be all there are.
_BESIDE_THE_DEAD = frozenset({"wounded", "missing"})
_FEARED = frozenset({"feared", "presumed", "believed"})
#: How far behind the dead they are told, sentences.
_NEXT = 1


def to_claims(told: Sequence[Told], setting: Setting) -> tuple[Claim, ...]:
    """Claims with their ids ("c1", "c2", … in the order of the text), each told once.

    "The driver was killed" is no claim: it may be any victim already counted; joined to one that
    is counted, as in "a man and his wife were killed", it is. A claim is relevant
    where the report is about armed conflict and its own clause does not name another cause: a
    disease, a flood, a crash.
    """
    if not told:
        return ()
    told = _once_shot(told)
    together = told_together(told)
    kept = [one for one in told if one.figure.group.quantity.kind in CLAIMED or id(one) in together]
    ids = {id(same): f"c{n}" for n, one in enumerate(kept, 1) for same in (one, *one.also)}
    titled = any(same.sentence.field == "title" for one in kept for same in (one, *one.also))
    news = setting.news + _IN_TITLE * titled
    claims = tuple(
        _claim(one, ids, setting, news, _joined(one, ids, together) if together else ())
        for one in kept
    )
    claims = tuple(
        replace(claim, side=claims[n - 1].side) if n and _goes_on(kept[n - 1], kept[n]) else claim
        for n, claim in enumerate(claims)
    )
    return tuple(
        replace(claim, increment=False) if _is_besides(kept[n], kept[:n]) else claim
        for n, claim in enumerate(claims)
    )


def _is_besides(one: Told, before: Sequence[Told]) -> bool:
    """Whether "another ▢ were wounded" adds to no wounded, but stands beside the dead."""
    figure, sentence = one.figure, one.sentence
    if not figure.group.quantity.increment or figure.indicator not in _BESIDE_THE_DEAD:
        return False
    if any(other.figure.indicator == figure.indicator for other in before):
        return False
    near = [same.sentence for other in before for same in (other, *other.also)]
    return any(
        same.field == sentence.field and 0 <= sentence.index - same.index <= _NEXT for same in near
    )


def _once_shot(told: Sequence[Told]) -> Sequence[Told]:
    """Figures without those "shot" who are told dead elsewhere: "he was shot in his car"."""
    shot = [one for one in told if one.figure.harm and one.figure.indicator == "wounded"]
    if not shot:
        return told
    dead = {_counted(one) for one in told if one.figure.indicator == "killed"}
    return [one for one in told if one not in shot or _counted(one) not in dead]


def _counted(one: Told) -> tuple[int | None, str, bool]:
    """How many of whom, and whether these are others than those told before."""
    group = one.figure.group
    return group.quantity.value, group.node, group.quantity.increment or group.others


def _goes_on(before: Told, one: Told) -> bool:
    """Whether a figure counts others of those before it: "two Mali soldiers died, ▢ were hurt"."""
    if one.figure.group.side is not None or not one.figure.group.others:
        return False
    return any(
        same.sentence is other.sentence
        for same in (one, *one.also)
        for other in (before, *before.also)
    )


def _joined(
    one: Told, ids: Mapping[int, str], together: Mapping[int, Sequence[Told]]
) -> tuple[str, ...]:
    """The claims that are told together with this one, wherever it is told."""
    found = [other for same in (one, *one.also) for other in together.get(id(same), ())]
    names = dict.fromkeys(ids[id(other)] for other in found)
    return tuple(name for name in names if name != ids[id(one)])


def _claim(
    one: Told, ids: dict[int, str], setting: Setting, news: float, joined: tuple[str, ...]
) -> Claim:
    tellings = [one, *one.also]
    quantity = one.figure.group.quantity
    bounds = [
        same.figure.group.quantity.bound
        for same in tellings
        if same.figure.group.quantity.value == quantity.value
    ]
    bound = max(bounds, key=CAREFUL.index)
    if bound == "exact" and not joined and any(same.figure.besides for same in tellings):
        bound = "at_least"  # "the mayor and an aide were killed": an aide, and somebody besides
    low, high = quantity.low, quantity.high
    if quantity.value is not None:
        low, high = interval(quantity.value, bound)
    voice = _best_voice(tellings)
    basis = _basis(tellings)
    if basis == "incident" and setting.conflict:
        background = _is_background(tellings, voice, setting, news)
        before = _is_long_ago(tellings) or all(
            _is_aside(same) or _is_linked(same) for same in tellings
        )
        freed = one.figure.indicator in _TAKEN and any(map(_is_freed, tellings))
        basis = "historical" if background or before or freed else basis
    nodes = [same.figure.group.node for same in tellings]
    sure = next((same for same in tellings if not _is_feared(same)), one)
    first, last = sure.figure.first, sure.figure.last
    where = whereabouts(tellings, setting.located, setting.document, setting.turned)
    return Claim(
        id=ids[id(one)],
        indicator=one.figure.indicator,
        value=quantity.value,
        low=low,
        high=high,
        bound=bound,
        victims=next((node for node in nodes if node != "people"), "people"),
        side=_side(tellings, setting.located),
        place=where.place,
        basis=basis,
        since=_since(tellings, setting) if basis == "cumulative" else None,
        claimant=voice.claimant if voice else None,
        stance=voice.stance if voice else "asserted",
        disputed_by=_denied(tellings, voice, setting),
        part_of=_whole(tellings, ids),
        relevant=setting.conflict and not one.other_cause,
        field=sure.sentence.field,
        start=sure.sentence.spans[first][0],
        end=sure.sentence.spans[last - 1][1],
        quote=sure.sentence.slice(first, last),
        increment=quantity.increment,
        joined=joined,
        whereabouts=where.told,
        either=all(same.figure.either for same in tellings),
        attackers=all(_attacked(same, setting.attackers) for same in tellings),
        section=section(setting.turned, one.sentence.index),
    )


def _whole(tellings: Sequence[Told], ids: Mapping[int, str]) -> str | None:
    """The total that any telling makes it a part of: a title counts officers, its text all."""
    wholes = (ids.get(id(same.whole)) for same in tellings if same.whole is not None)
    own = ids[id(tellings[0])]
    return next((whole for whole in wholes if whole not in (None, own)), None)


def _is_feared(told: Told) -> bool:
    """Whether a telling only fears it: "26 feared dead", told as dead further down."""
    words = told.sentence.words[told.figure.first : told.figure.last]
    return not _FEARED.isdisjoint(words)


def _attacked(told: Told, attackers: frozenset[str]) -> bool:
    """Whether those counted are named as the ones who attacked: "three of the bombers"."""
    group = told.figure.group
    return group.head == "person" and told.sentence.words[group.last - 1] in attackers


def _best_voice(tellings: Sequence[Told]) -> Voice | None:
    """The claimant of a figure told several times.

    Text before title, whoever is named twice before another, then the fuller name.
    """
    said = [(same.sentence.field != "title", same.voice) for same in tellings if same.voice]
    if not said:
        return None
    names = [_name_words(voice.claimant) for _, voice in said]

    def rank(n: int) -> tuple[int, bool, bool, int]:
        in_text, voice = said[n]
        again = len(names[n]) > 1 and any(
            names[n] >= other for m, other in enumerate(names) if m != n and other
        )
        return voice.weight, in_text, again, len(voice.claimant)

    return said[max(range(len(said)), key=rank)][1]


def _name_words(name: str) -> frozenset[str]:
    return frozenset(word for word in name.lower().split() if len(word) > 3)


def _basis(tellings: Sequence[Told]) -> Basis:
    bases = {same.basis for same in tellings}
    if tellings[0].figure.group.quantity.increment:
        return "incident"
    if "historical" in bases:
        return "historical"
    return "cumulative" if "cumulative" in bases else "incident"


def _is_background(
    tellings: Sequence[Told], voice: Voice | None, setting: Setting, news: float
) -> bool:
    """Whether a report that tells no news mentions a figure in passing: a feature, a trial, a plea.

    A figure in a title is what is new, and so is one told of a day by its name; so, mostly, is
    somebody's word, and what is newly added.
    """
    if tellings[0].figure.group.quantity.increment:
        return False
    if news + _IN_A_VOICE * (voice is not None) >= _BACKGROUND:
        return False
    return not any(
        same.sentence.field == "title" or _names_a_day(same.sentence.words, setting)
        for same in tellings
    )


def _is_long_ago(tellings: Sequence[Told]) -> bool:
    """Whether a figure of weeks ago is told in passing; one in a title only came to light now."""
    if any(same.sentence.field == "title" for same in tellings):
        return False
    return any(same.long_ago for same in tellings)


def _is_aside(told: Told) -> bool:
    """Whether a figure is that of an event before: "days after a bombing killed six".

    That of the day before is still news.
    """
    folded = told.sentence.folded
    begins = aside(folded, offsets(told)[0])
    return begins is not None and not folded.startswith("day ", begins)


def _is_freed(told: Told) -> bool:
    """Whether those who were taken or missed are told as free or found: no news of a capture."""
    return is_freed(told.sentence.folded, *offsets(told))


def _is_linked(told: Told) -> bool:
    """Whether a figure stands behind a bullet: the headline of another report, linked to."""
    words = told.sentence.words
    return told.sentence.field == "summary" and _BULLET in words[: told.figure.group.first]


def _names_a_day(words: Sequence[str], setting: Setting) -> bool:
    return bool(setting.basis.days.all_in(words, 0, len(words)))


def _since(tellings: Sequence[Told], setting: Setting) -> str | None:
    published = setting.document.report.published
    found = (since_of(same.sentence.words, published, setting.basis) for same in tellings)
    return next((day for day in found if day is not None), None)


def _side(tellings: Sequence[Told], located: Located) -> str | None:
    """Whose people: by their adjective ("Syrian soldiers"), else by a party named among them."""
    for same in tellings:
        if same.figure.group.side:
            return same.figure.group.side
    for same in tellings:
        mentions = located.within(same.sentence.index)
        first, last = offsets(same) if mentions else (0, 0)
        for mention in mentions:
            if first <= mention.start < last and (mention.party or mention.nation):
                return mention.party or mention.nation
    return None


def _denied(tellings: Sequence[Told], voice: Voice | None, setting: Setting) -> tuple[str, ...]:
    """Who denies it: in a sentence that tells it or in the two that follow."""
    names: dict[str, None] = {}
    for same in tellings:
        if same.basis != "historical":
            names |= dict.fromkeys(setting.speakers.denials(same.sentence))
    return tuple(name for name in names if voice is None or name != voice.claimant)
