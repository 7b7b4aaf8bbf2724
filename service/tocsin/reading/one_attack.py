"""Whether two sentences tell of one attack, and what they tell of it together."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from tocsin.reading.actors import is_common, one_name
from tocsin.reading.document import Sentence
from tocsin.reading.facts import Place, Precision, Stance, StrikeKind
from tocsin.reading.interception import is_launch
from tocsin.reading.roles import finer_weapon

#: An attack on many places is not on the one town that the rest of a report names.
MANY = re.compile(
    r"\b(?:cities|towns|villages|regions|provinces|nationwide)\b"
    r"|\b(?:across|throughout) (?!(?:the |its )?(?:\w+ )?(?:city|capital|town|village|district)\b)"
)
#: What may turn out to be any other kind.
LOOSE_KINDS = frozenset(("other", "ground"))
#: Who blames somebody, by the words before: "local sources have blamed ▢".
_BLAMES = re.compile(
    r"(?:^|[.;,] )(?:(?:but|and|while|though|as) )?(?:The |the )?"
    r"(?P<who>[^\W\d][\w'’-]*(?: [\w'’-]+){0,4}?) (?:has |have |had )?"
    r"(?:blame[sd]?|accuse[sd]?) "
)
_WIDE = ("country", "region")
_FINEST: tuple[Precision, ...] = ("site", "town", "district", "region", "country")


class Attack(NamedTuple):
    """One attack as its sentences tell it, until all were read.

    `home` is the attacker's land where lands fight each other; `section` that of the report.
    """

    sentence: Sentence
    kind: StrikeKind
    attacker: str | None
    target: str | None
    place: Place | None
    when: date | None
    weapon: str | None
    claimant: str | None
    stance: Stance
    answer: bool
    harm: bool
    denied: bool
    intercepted: bool
    near: bool
    blast: bool
    suspected: bool
    clash: bool
    downed: bool
    bare: bool
    home: str | None = None
    section: int = 0
    many: bool = False
    titled: bool = False


def may_be_one(one: Attack, two: Attack) -> bool:
    """Whether two sentences may tell of one attack: nothing that both state differs."""
    return (
        (one.kind == two.kind or not LOOSE_KINDS.isdisjoint((one.kind, two.kind)))
        and one.section == two.section
        and not (_apart_in_battle(one, two) or _at_home(one, two) or _at_home(two, one))
        and (one.when == two.when or None in (one.when, two.when))
        and _may_be_by(one.attacker, two.attacker)
        and _may_be_there(one.place, two.place)
        and not (accuses(one) and two.attacker)
        and not (accuses(two) and one.attacker)
    )


def joined(one: Attack, two: Attack) -> Attack:
    """One attack that two sentences tell of: the first leads, the second fills in."""
    places = [place for place in (one.place, two.place) if place]
    places.sort(key=lambda place: _FINEST.index(place.precision))
    place = next(iter(places), None)
    many = one.many or two.many or MANY.search(one.sentence.folded) is not None
    if many and one.place and one.place.precision in _WIDE:
        place = one.place  # "across the country": a town further down had a part of it
    accused = one.stance == "asserted" and two.stance == "accused" and one.attacker is None
    told = two.answer == one.answer and not two.denied
    attacker = _named(one.attacker, two.attacker if told else None)
    return one._replace(
        kind=two.kind if one.kind in LOOSE_KINDS else one.kind,
        attacker=attacker,
        target=one.target or two.target,
        place=place,
        when=one.when or two.when,
        weapon=finer_weapon(one.weapon, two.weapon),
        # Who blames somebody is not who told of the attack.
        claimant=(
            two.claimant or accuser(one.claimant, two.sentence)
            if accused and attacker
            else one.claimant or _also(two)
        ),
        stance=_stance(one, two),
        intercepted=_stopped(one, two) and _stopped(two, one),
        near=any(same.near for same in (one, two) if same.place == place),
        blast=one.blast and two.blast,
        clash=one.clash and (two.clash or (heads_a_clash(one) and two.attacker is None)),
        bare=one.bare and two.bare,
        downed=one.downed and (two.downed or two.kind in LOOSE_KINDS),
        many=many,
        titled=one.titled or two.titled,
        suspected=all(same.suspected for same in (one, two) if same.attacker == attacker),
    )


def _stance(one: Attack, two: Attack) -> Stance:
    """How an attack is told: who is told as the attacker by one is not only accused by another."""
    told = one.attacker is not None and two.stance == "accused"
    return one.stance if one.stance != "asserted" or told else two.stance


def accuser(claimant: str | None, sentence: Sentence) -> str | None:
    """Who blames somebody in a sentence; `claimant` where its words name that one again."""
    said = _BLAMES.search(sentence.text)
    if said is None:
        return None
    known = set((claimant or "").casefold().split())
    return claimant if known & set(said["who"].casefold().split()) else said["who"]


def _also(two: Attack) -> str | None:
    return two.claimant if two.harm or two.place or two.attacker else None


def accuses(one: Attack) -> bool:
    """Whether somebody is accused, and whoever it is is not told as the attacker."""
    return one.stance == "accused" and one.attacker is None


def heads_a_clash(attack: Attack) -> bool:
    """Whether a title tells that two sides fought: what one of them did then is beside it."""
    return attack.clash and attack.sentence.field == "title" and attack.attacker is None


def _at_home(one: Attack, two: Attack) -> bool:
    """Whether somebody who struck nowhere in particular would have struck their own land."""
    if one.home is None or one.place or two.attacker or two.place is None:
        return False
    return two.place.country == one.home


def _apart_in_battle(one: Attack, two: Attack) -> bool:
    """Whether one is a clash of two sides and the other what one of them struck from afar."""
    return one.clash != two.clash and not {one.kind, two.kind} <= LOOSE_KINDS


def _may_be_by(one: str | None, two: str | None) -> bool:
    """Whether two attackers may be one: the same, or one of them nameless ("gunmen")."""
    return one is None or two is None or one_name(one, two) or is_common(one) or is_common(two)


def _may_be_there(one: Place | None, two: Place | None) -> bool:
    """Whether two places may be one: the same name, or one a country or region around the other."""
    if one is None or two is None or one.name == two.name:
        return True
    wide = {one.precision, two.precision} & {"country", "region"}
    return bool(wide) and one.country == two.country


def _named(one: str | None, two: str | None) -> str | None:
    """Of two attackers the first, but a name before a common noun."""
    return two if two and (one is None or (is_common(one) and not is_common(two))) else one


def _stopped(one: Attack, other: Attack) -> bool:
    """Whether a sentence tells that the attack was stopped, or how it began where another does."""
    return one.intercepted or (other.intercepted and is_launch(one.sentence.folded))
