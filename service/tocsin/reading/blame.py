"""Who is blamed for an attack in a sentence that tells no attack itself: "Israel blamed ▢"."""

from __future__ import annotations

import re

from tocsin.reading.actors import ADJACENT, actors_in, is_common
from tocsin.reading.attacks import StrikeWords, told_in
from tocsin.reading.document import Document
from tocsin.reading.one_attack import Attack, accuser
from tocsin.reading.places import Located

#: So near its beginning a report says who is blamed for what it tells.
_SEARCHED = 8
_BLAMES = re.compile(r"\bblame[sd] (?:the )?")
#: What follows the name where it is for the attack, and for nothing else.
_FOR_IT = re.compile(
    r"(?:'s)?(?:[,.;]| for (?:it\b|(?:the|this|that) (?:attack|strike|blast|explosion|shelling"
    r"|bombing|massacre|killings?|assault|ambush|raid|incident|violence)\b)|$)"
)


_WAS_BLAMED = re.compile(r"(?:'s)? (?:was|were|has been|have been) blamed(?: by (?P<who>[^,.;]+))?")


def blamed(attack: Attack, document: Document, words: StrikeWords, located: Located) -> Attack:
    """An attack of which no attacker is told, with the one whom a further sentence blames."""
    if attack.attacker is not None or attack.clash:
        return attack
    for sentence in document.sentences[:_SEARCHED]:
        folded = sentence.folded
        said = _BLAMES.search(folded)
        if "blame" not in folded:
            continue
        told = told_in(sentence, words)
        for actor in actors_in(told, located.within(sentence.index)):
            if is_common(actor.name):
                continue
            near = said is not None and 0 <= actor.start - said.end() <= ADJACENT
            if near and _FOR_IT.match(folded, actor.end):
                claimant = accuser(attack.claimant, sentence) or attack.claimant
                return attack._replace(attacker=actor.name, stance="accused", claimant=claimant)
            passive = _WAS_BLAMED.match(folded, actor.end)
            if passive is not None:
                return attack._replace(attacker=actor.name, stance="accused")
    return attack
