"""Who attacked: by being accused, by the passive, by a claim of responsibility, or by the deed."""

from __future__ import annotations

import re
from typing import NamedTuple

from tocsin.reading.actors import ADJACENT, Actor, actors_in, is_common
from tocsin.reading.attacks import Told
from tocsin.reading.deeds import REACH, is_aside, is_author, is_home, is_where, tells_own
from tocsin.reading.facts import Place
from tocsin.reading.places import Mention

#: The literal comes first, so that a search leaps to it; that it is a word is looked at there.
_BY = re.compile(r"by (?<=\bby )(?:(?:the|an?|suspected|alleged|apparent|[a-z]+-backed) )*")
#: What is done by others than those who attack: "condemned by ▢", "a town held by ▢".
_DEED_REACH = 60
_NO_DEED = re.compile(
    r"\b(?:condemned|denied|rejected|confirmed|reported|announced|brokered|mediated|backed|supported"
    r"|made|built|supplied|sold|occupied|controlled|held(?: hostage| captive)?|run|owned|led|hosted"
    r"|shared|released|published|seen|cited|quoted|investigated|recaptured|retaken|annexed|signed|agreed|visited"
    r"|welcomed|cleared|intercepted|foiled|thwarted|downed|repelled|freed|rescued|arrested"
    r"|sentenced|followed|used|frequented|trained|armed|funded|recruited|inspired|detained) $"
    r"|\b(?:bombers?|attackers?|gunm[ae]n|assailants?|suspects?) (?:was|were) [\w ]{3,40} $"
    # What ended whoever attacked, and what was not done: "before he was shot dead by ▢".
    r"|\b(?:before|until) (?:being|(?:he|she|they|it) (?:was|were|had been)) [\w ]{3,30} $"
    r"|(?:\bno evidence|\bnot|\bnever|\bunlikely|n't) [^.,;:]{0,50} $"
)
#: Another clause, with a deed of its own: "shelling goes on, as a town attacked by ▢ …".
_MEANWHILE = re.compile(r"\b(?:as|while|whereas) ")
#: An attack "unleashed by ▢'s invasion" is of the war, whoever made it.
_INVASION = re.compile(r"'s (?:[\w-]+ )?(?:invasion|war|aggression|offensive)\b")
#: Whom others accuse, after it, and who is accused, before it.
_ACCUSES = re.compile(
    r"(?:accus(?:es?|ed|ing)(?! (?:of|by)\b)|blam(?:es?|ed|ing)(?! (?:for|by)\b)) (?:on )?(?:the )?"
)
_ACCUSED = re.compile(
    r",? (?:(?:is|are|was|were|been|being|has been|have been) )?(?:(?:accused|suspected) of"
    r"|(?:blamed|condemned) (?:by [\w ]{3,24} )?for|(?:suspected )?to be behind|suspected in"
    r"|behind) "
)
#: One of these stands in every accusation.
_ACCUSING = ("accus", "blam", "suspected", "condemned", "behind")
#: What they are accused of who let others attack, or did something else: "… ▢ of supplying".
_OTHERWISE = re.compile(
    r"(?: (?:of|for|in) )?(?:[a-z]+ly )?(?:supply|provid|arm|sell|send|help|back|support|fund"
    r"|financ|shelter|harbou?r|host|allow|violat|breach|break|fail|ly|plann?|plott?|prepar|block"
    r"|refus|us|incit|provok|escalat|undermin|interfer|meddl|spy|delay|obstruct|ignor|plac|plant"
    r"|try|attempt|seek)ing\b"
)
#: "A Palestinian suspected of …" is one of them, and not they.
_ONE_OF = re.compile(r"\b(?:an?|the|one|two|three|four|five|another|\d+) $")
_CLAIMED = re.compile(
    r"claim(?<=\bclaim)(?:s|ed)? (?!(?:[\w-]+ )?(?:earlier|previous|similar|past|other)\b)(?:the )?"
    r"(?:responsibility|(?:[\w-]+ ){0,3}(?:attack|bombing|blast|strike)s?\b)"
)


#: Who is only suspected before the name, "hit by a suspected ▢ drone", and after it.
_SUSPECTED = re.compile(
    r"\b(?:suspected|alleged(?:ly)?|apparent(?:ly)?|possibl[ey]|probabl[ey]|presumed|purported"
    r"|believed|thought) (?:to (?:be|have been) )?(?:(?:an?|the|by|carried|out|launched|fired"
    r"|conducted|coordinated|work|of|from|raid|attack|assault|strike|bombing|ambush|islamist"
    r"|jihadist|extremist|terrorist) )*(?:[a-z]+-(?:backed|linked|aligned) )?$"
)
_SUSPECTED_SINCE = re.compile(
    r"(?:'s)?,? (?:(?:is|are|was|were|has been|have been) )?(?:(?:widely|strongly) )?"
    r"(?:suspected|alleged|apparent|possible|probable|presumed|believed|thought|likely|probably"
    r"|may|might|could|linked to|tied to|implicated in)\b"
)
#: Who are many where an attack is called after them.
_SINGULAR = re.compile(
    r"\b(?:rebel|militant|insurgent|jihadist|jihadi|extremist|terrorist|separatist|guerrilla|settler"
    r"|bandit|militia)$",
    re.IGNORECASE,
)
_SUSPICION_REACH = 60
_ITS = ("its ", "their ")


class Attacker(NamedTuple):
    """Who attacked, by party, nation or own name.

    `suspected`: nobody says so, some suspect it; `accused`: it is told as an accusation. `land` is
    the country of whoever it is.
    """

    name: str | None = None
    suspected: bool = False
    accused: bool = False
    land: str | None = None


def attacker_of(told: Told, mentions: tuple[Mention, ...], place: Place | None) -> Attacker:
    """Who made the attack that a sentence tells of, if it says so."""
    actors = actors_in(told, mentions)
    actor = _named(told, actors, place) if actors else None
    if actor is None:
        return Attacker()
    accused = _is_accused(actor, told.sentence.folded) or _is_blamed(actor, told.sentence.folded)
    # "Suspected militants" are no less anybody than militants.
    suspected = not is_common(actor.name) and _is_suspected(actor, told.sentence.folded)
    return Attacker(_of_many(actor.name, told, actor), suspected, accused, actor.land)


def _of_many(name: str, told: Told, actor: Actor) -> str:
    """A body's name in the plural where it only calls an attack: "a rebel ambush" is by rebels."""
    before = told.sentence.folded[max(0, actor.start - 4) : actor.start]
    one = before.endswith((" a ", "an ", "one ")) and actor.end in (
        hit.start - 1 for hit in told.hits if hit.label.startswith(("attack", "loose:"))
    )
    called = one or not before.endswith((" a ", "an ", "one "))
    if not (called and _SINGULAR.search(name)):
        return name
    return f"{name.lower() if is_common(name) else name}s"


def _named(told: Told, actors: list[Actor], place: Place | None) -> Actor | None:
    """Whom a sentence names as the one who attacked, known or suspected."""
    named = _accused(told, actors) or _by(told, actors) or _claiming(told, actors)
    if named is not None:
        return named
    for hit in told.triggers:
        for actor in reversed(actors):
            if tells_own(actor, hit, told):
                return actor
            if is_author(actor, hit, told) and not is_home(actor, hit, place):
                return actor
    return None


def _is_accused(actor: Actor, folded: str) -> bool:
    """Whether somebody is told as accused or blamed, whoever accuses them."""
    since = _ACCUSED.match(folded, actor.end)
    return since is not None and ("accused" in since.group() or "blamed" in since.group())


def _is_blamed(actor: Actor, folded: str) -> bool:
    """Whether somebody stands right after a word that blames them: "the army blames ▢"."""
    if "blam" not in folded and "accus" not in folded:
        return False
    return any(
        0 <= actor.start - match.end() <= ADJACENT
        for match in _ACCUSES.finditer(folded, 0, actor.start)
    )


def _is_suspected(actor: Actor, folded: str) -> bool:
    """Whether it is told only as a suspicion that somebody did it: "a suspected ▢ drone"."""
    if _SUSPECTED_SINCE.match(folded, actor.end):
        return True
    return bool(_SUSPECTED.search(folded, max(0, actor.start - _SUSPICION_REACH), actor.start))


def _accused(told: Told, actors: list[Actor]) -> Actor | None:
    """Who is accused of an attack: "blames ▢ for", "▢ suspected of killing"."""
    folded = told.sentence.folded
    if not any(map(folded.__contains__, _ACCUSING)):
        return None
    for match in _ACCUSES.finditer(folded):
        if folded.endswith(" after ", 0, match.start()) and told.trigger.end < match.start():
            continue  # "strikes Gaza after accusing ▢ of" what came before
        for actor in actors:
            if 0 <= actor.start - match.end() <= ADJACENT and not is_where(actor, folded):
                return None if _OTHERWISE.match(folded, actor.end) else actor
    for match in _ACCUSED.finditer(folded):
        for actor in actors:
            if actor.end == match.start() and not _ONE_OF.search(folded, 0, actor.start):
                return (
                    None if _OTHERWISE.match(folded, match.end()) else _whose(actor, told, actors)
                )
    return None


def _whose(actor: Actor, told: Told, actors: list[Actor]) -> Actor:
    """Whose fighters they are, where it is told: "▢ said its fighters were behind the attack"."""
    if not is_common(actor.name) or not told.sentence.folded.endswith(_ITS, 0, actor.start):
        return actor
    before = [one for one in actors if one.end < actor.start and not is_common(one.name)]
    return before[-1] if before else actor


def _by(told: Told, actors: list[Actor]) -> Actor | None:
    """Who is named after "by", where it is an attack that was done: "shelling by ▢"."""
    folded = told.sentence.folded
    for match in _BY.finditer(folded):
        at = match.start()
        if (
            at <= told.trigger.start - REACH
            or _MEANWHILE.search(folded, told.trigger.end, at)
            or _NO_DEED.search(folded, max(0, at - _DEED_REACH), at)
            or is_aside(at, told)
        ):
            continue
        for actor in actors:
            if 0 <= actor.start - match.end() <= ADJACENT and not is_where(actor, folded):
                return None if _INVASION.match(folded, actor.end) else actor
    return None


def _claiming(told: Told, actors: list[Actor]) -> Actor | None:
    """Who says that it was theirs: "▢ claimed responsibility", "▢ militants claim an attack"."""
    folded = told.sentence.folded
    claimed = _CLAIMED.search(folded)
    if claimed is None:
        return None
    own = claimed.group().endswith("responsibility")
    named = [
        one
        for one in actors
        if one.end <= claimed.start() and (own or one.armed) and not is_where(one, folded)
    ]
    return named[-1] if named else None
