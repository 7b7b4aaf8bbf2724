"""Attacks of the current news cycle, told as strikes.

Whether a report tells of a specific attack of the last three days is weighed over all its evidence;
a threat, a plan, an exercise, a verdict, an anniversary and an explainer speak against it. Of the
sentences that may tell of one those that may be one attack are joined.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from typing import Any, NamedTuple

from tocsin.reading.attack_day import day_of, only_day
from tocsin.reading.attacks import StrikeWords, Told, compile_attacks, sort_of
from tocsin.reading.blame import blamed
from tocsin.reading.candidates import candidates, headed, heads
from tocsin.reading.document import Document
from tocsin.reading.facts import Place, Stance, Strike
from tocsin.reading.interception import is_foiled, is_intercepted
from tocsin.reading.kinds import is_blast, is_clash, is_downing, kind_of
from tocsin.reading.newness import Candidate, is_recalled, newness
from tocsin.reading.one_attack import (
    LOOSE_KINDS,
    MANY,
    Attack,
    accuses,
    heads_a_clash,
    joined,
    may_be_one,
)
from tocsin.reading.places import Located
from tocsin.reading.relevance import Relevance, read_weights
from tocsin.reading.roles import roles_in
from tocsin.reading.sections import section, turns
from tocsin.reading.speakers import Speakers
from tocsin.reading.voice import Voice

#: The odds where no sentence may tell of an attack at all.
NO_NEWS = -2.0
#: Of these so many are told as strikes.
TOLD = 12
#: An answer to an attack, whose author made that answer.
_ANSWERS = re.compile(
    r"\bin (?:response|retaliation|revenge|reprisal)\b(?! (?:to|for)\b)"
    r"|\b(?:hits?|strikes?|struck) back\b"
)
#: Lists of what was, and no news of it.
_LISTS = re.compile(r"\W*(?:factbox|fact box|timeline|chronology)\b", re.IGNORECASE)
_SHOOTERS = re.compile(r"(?:\w+ )?(?:gunm[ae]n|armed men|snipers?)$")
#: A title that says who attacks where outweighs so much of what a text of many sentences says.
_HEADED, _LONG = -1.5, 4
#: Sorts of words that tell of an attack, and not only of what came of it.
_NAMING = frozenset(("attack", "firm", "loose", "loose verb", "weapon", "armed"))


def compile_strikes(
    data: Mapping[str, Any], weights: Mapping[str, Any] | None = None
) -> StrikeWords:
    """Compile strikes.yaml and the weights of its evidence."""
    given = weights or {}
    return compile_attacks(
        data, read_weights(given, "strike_weights"), float(given.get("bias", 0.0))
    )


class News(NamedTuple):
    """The sentences that may tell of an attack, and the log odds that one of these days is told."""

    found: list[Candidate]
    odds: float
    words: StrikeWords


def weigh_news(
    document: Document, words: StrikeWords, relevance: Relevance, located: Located
) -> News:
    """Whether a report tells of an attack of these days, if it is about conflict."""
    listed = _LISTS.match(document.report.title) is not None
    found = candidates(document, words, located) if relevance.conflict and not listed else []
    return News(found, newness(found, relevance, words) if found else NO_NEWS, words)


def find_strikes(
    document: Document,
    news: News,
    relevance: Relevance,
    located: Located,
    speakers: Speakers | None = None,
) -> tuple[Strike, ...]:
    """The strikes a report tells of, in reading order; none where none is new."""
    found = news.found
    long = len(document.sentences) >= _LONG
    if news.odds <= (_HEADED if long and any(map(headed, found[:1])) else 0):
        return ()
    current = [one for one in found if one.current] or found[:1]
    if is_recalled(current, found):
        return ()
    # What names an attack by itself is told first; looser words only add to what is told.
    current.sort(key=lambda one: not (one.told.firm or heads(one.told)))
    told = _placed([(one, _attack(one, speakers)) for one in current[:TOLD]], document, located)
    told.sort(key=lambda each: (_only_accuses(each[1]), not heads_a_clash(each[1])))
    attacks: list[Attack] = []
    for one, attack in told:
        # A digest tells of many events, each in a sentence of its own.
        digest = relevance.genre != "news"
        known = (n for n, other in enumerate(attacks) if not digest or other.place == attack.place)
        twin = next((n for n in known if may_be_one(attacks[n], attack)), None)
        if twin is not None:
            attacks[twin] = joined(attacks[twin], attack)
        elif one.told.firm or not attacks or _stands_alone(one, attack):
            attacks.append(attack)
    attacks.sort(key=lambda attack: attack.sentence.field != "title")
    if len(attacks) == 1:
        (lone,) = attacks
        if relevance.genre == "news" and not MANY.search(lone.sentence.folded):
            lone = lone._replace(
                place=_finer(lone.place, _only_place(located, lone.sentence.index))
            )
        attacks = [lone._replace(when=lone.when or only_day(document))]
    if attacks:
        attacks[0] = blamed(attacks[0], document, news.words, located)
    return tuple(_strike(one) for one in attacks)


def _stands_alone(one: Candidate, attack: Attack) -> bool:
    """Whether a loose word tells of an attack of its own: somebody harmed, and somewhere else.

    So does a title that says who attacked whom. What only went off may be an accident: it is told
    where it is all that is.
    """
    if attack.place is None:
        return False
    if attack.sentence.field == "title" and attack.attacker is not None:
        return True
    went_off = attack.kind == "bombing" and attack.blast
    deed = not one.told.sorts.isdisjoint(("loose", "loose verb"))
    fine = attack.place.precision != "country"
    return fine and not went_off and deed and "harm" in one.told.sorts


def _only_accuses(attack: Attack) -> bool:
    """Whether a sentence further down holds an accusation and neither whom nor where."""
    return accuses(attack) and attack.place is None and attack.sentence.field != "title"


def _attack(one: Candidate, speakers: Speakers | None) -> Attack:
    sentence = one.told.sentence
    roles = roles_in(one.told, one.mentions)
    voice = None
    if speakers is not None:
        at = sentence.start + one.told.trigger.start
        word = bisect_right(sentence.spans, at, key=lambda span: span[0]) - 1
        voice = speakers.voice(sentence, max(0, word))
    return Attack(
        sentence,
        kind_of(one.told),
        roles.attacker,
        roles.target,
        roles.place,
        day_of(one),
        roles.weapon,
        voice.claimant if voice else None,
        _stance(voice, accused=roles.accused),
        _answers(sentence.folded),
        "harm" in one.told.sorts,
        speakers is not None and speakers.denied_in(sentence),
        is_intercepted(sentence.folded) or is_foiled(sentence.folded),
        roles.near,
        is_blast(one.told),
        roles.suspected,
        is_clash(one.told),
        is_downing(one.told),
        _is_bare(one.told),
        roles.home,
        titled=sentence.field == "title",
    )


def _placed(
    told: list[tuple[Candidate, Attack]], document: Document, located: Located
) -> list[tuple[Candidate, Attack]]:
    """The attacks with the section they stand in; whose land it is counts between two lands."""
    turned = turns(document)
    groups = (located.mentions or {}).values()
    lands = {one.land for group in groups for one in group if one.party and one.land}
    return [
        (
            one,
            attack._replace(
                home=attack.home if len(lands) > 1 else None,
                section=section(turned, attack.sentence.index),
                many=MANY.search(attack.sentence.folded) is not None,
            ),
        )
        for one, attack in told
    ]


def _is_bare(told: Told) -> bool:
    """Whether no word names an attack: "five dead as protests rock the city" names none."""
    naming = [hit for hit in told.hits if sort_of(hit.label) in _NAMING]
    rocked = "protest" in told.sorts and all(
        told.sentence.folded.startswith("rock", hit.start) for hit in naming
    )
    return not naming or rocked


def _answers(folded: str) -> bool:
    """Whether an attack is told as an answer to another."""
    return ("in re" in folded or " back" in folded) and _ANSWERS.search(folded) is not None


def _stance(voice: Voice | None, *, accused: bool) -> Stance:
    """How an attack is told: who is accused of it is not told as a fact, whoever accuses."""
    stance = voice.stance if voice else "asserted"
    return "accused" if accused and stance == "asserted" else stance


def _strike(one: Attack) -> Strike:
    sentence, place = one.sentence, one.place
    if place and one.attacker == place.name:
        # Nobody strikes the land whose name they bear: one of the two is read wrong.
        one, place = (
            (one, None) if one.stance == "accused" else (one._replace(attacker=None), place)
        )
    if one.kind == "bombing" and _SHOOTERS.match((one.attacker or "").casefold()):
        one = one._replace(kind="ground")  # a bomb of the same day, and not theirs
    return Strike(
        kind=one.kind,
        attacker=one.attacker,
        target=one.target,
        place=place.name if place else None,
        when=one.when.isoformat() if one.when else None,
        weapon=one.weapon,
        claimant=one.claimant,
        stance=one.stance,
        field=sentence.field,
        start=sentence.start,
        end=sentence.end,
        quote=sentence.text,
        intercepted=one.intercepted,
        near=one.near and place is not None,
        blast=one.kind == "bombing" and one.blast,
        suspected=one.suspected and one.attacker is not None,
        clash=one.clash and one.attacker is None and one.kind in LOOSE_KINDS,
        downed=one.downed,
        bare=one.bare and one.attacker is None,
        section=one.section,
        titled=one.titled,
    )


def _finer(place: Place | None, only: Place | None) -> Place | None:
    """A strike's place, or the only town of the report where that place is none or its country."""
    if only and (place is None or (place.precision == "country" and only.country == place.country)):
        return only
    return place


def _only_place(located: Located, sentence: int) -> Place | None:
    """The one place finer than a country that a report tells of, if it is just one.

    Beyond the attack's own sentence a name must be where something is: "Seoul's chiefs" is not.
    """
    fine = list(
        dict.fromkeys(
            one.place
            for index, group in (located.mentions or {}).items()
            for one in group
            if one.place
            and not one.away
            and one.place.precision != "country"
            and (one.sited or (index == sentence and not one.acts))
        )
    )
    return fine[0] if len(fine) == 1 else None
