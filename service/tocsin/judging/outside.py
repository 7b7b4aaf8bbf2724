"""Outside every theatre: whether an event is one of war at all.

Where no war is followed, shootings, stabbings and sieges are mostly crime, told in the words of
fighting. There an event is one of war by an armed group that is named and is not merely the land in
which it happened, or by its weapon, if a day or a figure comes with it: arms are also made, shown
and tested. A figure needs such an event, or a story told of before.
"""

from __future__ import annotations

from tocsin.judging.event import Event
from tocsin.judging.subject import normal_words
from tocsin.reading.facts import Strike

_WEAPONS = frozenset({"air", "missile", "drone", "artillery"})
#: Words that say somebody did it, and not who.
_SOMEBODY_WORDS = """
gunman gunmen attacker attackers assailant assailants shooter shooters suspect suspects suspected
man men woman youth youths mob inmate inmates police officer officers armed masked lone hooded
unidentified unknown
"""
_SOMEBODY = frozenset(_SOMEBODY_WORDS.split())


def crime(event: Event) -> str:
    """Why an event outside every theatre is taken for crime; empty if it is one of war."""
    if event.theatre is not None or any(_armed_group(one, event) for one in event.strikes):
        return ""
    certain = event.stated or event.claims
    if _WEAPONS.intersection(event.kinds) and certain:
        return ""
    if "bombing" in event.kinds and event.places:
        return ""
    return "no theatre, no weapon of war, and no armed group is named"


def _armed_group(strike: Strike, event: Event) -> bool:
    words = set(normal_words(strike.attacker or ""))
    lands = (set(normal_words(place.name)) for place in event.places)
    return bool(words - _SOMEBODY) and not any(words <= land for land in lands)
