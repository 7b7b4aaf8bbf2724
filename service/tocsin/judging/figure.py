"""How a figure differs from what was told: one named reason, told or silent.

The reasons are those of the design's page "When something is told". `before` and `delta` are
measured against what was last *told*, whoever has said more since.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from tocsin.judging.happening import Change, FigureHeard, Quiet
from tocsin.judging.interval import delta, level, like, part_of, relate
from tocsin.judging.memory import Told
from tocsin.judging.subject import UNATTRIBUTED, Names, Who
from tocsin.reading.facts import Claim

_SUSPECT_FROM = 100  # a running total below it may well grow eightfold
_SUSPECT_FACTOR = 8
_RESET_FACTOR = 4
_NEAR = 0.8  # from this part of a figure on, "at least" may mean it
_OUT_OF_ORDER = timedelta(hours=1)  # outlets' clocks and desks differ by so much


def last_told(told: tuple[Told, ...], rule: str, subject: str, claim: Claim) -> Told | None:
    """What the rule last told on the subject of the same victims, a part or the whole of them."""
    for one in reversed(told):
        if one.rule != rule or one.subject != subject or one.claim is None:
            continue
        others = one.claim.attackers and not claim.attackers
        if others and relate(one.claim, claim) != "equal":
            continue  # the dead of an attack are not more of its attackers
        if like(one.claim.victims, claim.victims) and one_side(one.claim, claim):
            return one
    return None


def change(
    heard: FigureHeard, told: Told | None, others: tuple[Told, ...], names: Names
) -> Change | Quiet:
    """What is new in a figure against what one rule last told of it.

    `others` is what the same rule told of other claimants and kinds of victims in the same theatre.
    """
    claim = heard.claim
    if _late(heard, told):
        return Quiet("late", "said before what is known")
    if told is None or told.claim is None or told.status == "gone":
        return _first(heard, others)
    before = told.claim
    if claim.attackers and not before.attackers:
        return Quiet("corroborated", "the attackers' own dead, told apart from their victims")
    relation = relate(before, claim)
    speaker = names.claimant(before.claimant)
    if part_of(claim.victims, before.victims) and relation != "higher":
        return Quiet("corroborated", f"a part of the {before.victims} told")
    match relation:
        case "equal":
            if heard.who.id in told.partners:
                return Quiet("claimants_converge", "the two that differed agree now")
            same = speaker.id == heard.who.id
            return Quiet("reprint" if same else "corroborated", "the same figure")
        case "narrower":
            return _narrower(heard, before, speaker)
        case "vaguer":
            rounder = claim.bound in ("approx", "at_least")
            return Quiet(
                "rounding_only" if rounder else "corroborated", "a vaguer form of what is told"
            )
        case "higher":
            return _higher(heard, told, before, speaker, names)
        case "lower":
            return _lower(heard, told, before, speaker, names)


def _first(heard: FigureHeard, others: tuple[Told, ...]) -> Change | Quiet:
    """A subject's first figure: news, unless others were told the same of the same people."""
    claim = heard.claim
    alike = [
        other.claim
        for other in others
        if other.claim is not None
        and one_side(other.claim, claim)
        and like(other.claim.victims, claim.victims)
    ]
    for known in alike:
        relation = relate(known, claim)
        few, many = sorted((level(claim) or 0, level(known) or 0))
        near = few >= _NEAR * many
        if relation in ("equal", "narrower") or (relation == "vaguer" and near):
            return Quiet("corroborated", f"told as {level(known)} of another claimant")
    if heard.who.id != UNATTRIBUTED or not alike:
        return Change("first_report", claim, None, delta(None, claim))
    below = [known for known in alike if relate(known, claim) == "higher"]
    if not below:
        return Quiet("stale_repeat", "less than is told, and nobody is named")
    last = max(below, key=lambda known: level(known) or 0)
    return Change("raised", claim, last, delta(last, claim))


def _narrower(heard: FigureHeard, before: Claim, speaker: Who) -> Change | Quiet:
    claim, moved = heard.claim, delta(before, heard.claim)
    if _vague(before) and claim.value is not None and moved is not None and moved > 0:
        return Change("raised", claim, before, moved)  # "dozens" has become a number
    if before.low == before.high or speaker.id != heard.who.id:
        return Quiet("corroborated", "within what is told")
    return Change("range_narrowed", claim, before, moved)


def _vague(claim: Claim) -> bool:
    """Whether a claim is a word such as "dozens", and no range of numbers."""
    if claim.value is not None or claim.low is None or claim.high is None:
        return False
    return claim.high > 2 * claim.low


def _is_word(claim: Claim) -> bool:
    """Whether a claim is a word such as "many" or "dozens"."""
    return claim.value is None and claim.bound == "approx"


def _higher(
    heard: FigureHeard, told: Told, before: Claim, speaker: Who, names: Names
) -> Change | Quiet:
    claim = heard.claim
    moved = delta(before, claim)
    reached = level(claim)
    if _is_word(claim) and before.value is not None and (reached or 0) < 2 * before.value:
        return Quiet("rounding_only", "a word that may well mean the figure told")
    known = level(heard.series.claim) if heard.series else level(before)
    if reached is not None and known is not None:
        if reached in heard.elsewhere and reached >= 10:
            mark = "may be another figure of the same report: check the digits"
            return Change("conflation_suspect", claim, before, moved, mark)
        if known >= _SUSPECT_FROM and reached >= known * _SUSPECT_FACTOR:
            return Change("digits_suspect", claim, before, moved, "check the digits")
    batch = _batch(heard, moved)
    if batch is not None:
        return Change("retroactive_batch", claim, before, batch)
    open_end = before.bound == "at_least" or (before.value is None and before.high is None)
    if names.opposed(speaker, heard.who) and not open_end:  # "many" says how many at least
        return _diverge(heard, told, before)
    return Change("raised", claim, before, moved)


def _lower(
    heard: FigureHeard, told: Told, before: Claim, speaker: Who, names: Names
) -> Change | Quiet:
    claim = heard.claim
    reached, known = level(claim), level(before)
    if heard.before is not None and told.report == heard.report:
        return Change("lowered", claim, before, delta(before, claim))
    if claim.basis == "incident" and reached is not None and reached * 2 <= (known or 0):
        return Quiet("stale_repeat", f"{reached} is too few for what is told")
    if _vague(before) and heard.before is None:
        return Quiet("stale_repeat", "less than a word that gives no number")
    if reached in heard.known[:-1] and heard.publisher != told.publisher:
        return Quiet("stale_repeat", f"{reached} was known before {known}")
    if heard.who.id == UNATTRIBUTED and speaker.id != UNATTRIBUTED:
        return Quiet("stale_repeat", f"less than {known}, and nobody is named")
    if speaker.id in (UNATTRIBUTED, heard.who.id):
        return _said_less(heard, before)
    one_camp = speaker.side is not None and heard.who.side is not None
    if one_camp and not names.opposed(speaker, heard.who):
        if heard.publisher == told.publisher:
            return _said_less(heard, before)
        return Quiet("stale_repeat", f"less than {known}, of the same camp")
    return _diverge(heard, told, before)


def _said_less(heard: FigureHeard, before: Claim) -> Change | Quiet:
    claim = heard.claim
    reached, known = level(claim), level(before)
    if claim.bound != "exact":
        return Quiet("rounding_only", "a rounder figure")
    if claim.basis == "cumulative" and reached is not None and known is not None:
        later = claim.since is not None and before.since is not None and claim.since > before.since
        if later or reached * _RESET_FACTOR <= known:
            return Quiet("counter_reset", "the count began anew")
    return Change("lowered", claim, before, delta(before, claim))


def _diverge(heard: FigureHeard, told: Told, before: Claim) -> Change | Quiet:
    if heard.who.id in told.partners:
        return Quiet("corroborated", "that these two differ is told")
    return Change("claimants_diverge", heard.claim, before, delta(before, heard.claim))


def _batch(heard: FigureHeard, moved: int | None) -> int | None:
    """The new part of a rise that its own report splits: 359 = 61 new + 298 added, +61."""
    parts = [number for number in map(level, heard.added) if number]
    for index, one in enumerate(parts):
        for other in parts[index + 1 :]:
            if moved is not None and one + other == moved:
                return min(one, other)
    return None


def _late(heard: FigureHeard, told: Told | None) -> bool:
    if heard.before is not None:
        return False  # an edit speaks of its own figure
    if heard.series is not None and heard.said < heard.series.said:
        return True
    if told is None or told.said is None or told.claim is None:
        return False
    if heard.said >= told.said:
        return False
    less = relate(told.claim, heard.claim) != "higher"
    return less or told.said - heard.said > _OUT_OF_ORDER


def one_side(one: Claim, other: Claim) -> bool:
    """Whether two claims may speak of the same side's people."""
    return one.side is None or other.side is None or one.side == other.side


def slim(claim: Claim) -> Claim:
    """The claim as memory keeps it: with at most 160 characters of its quote."""
    return claim if len(claim.quote) <= 160 else replace(claim, quote=claim.quote[:160])
