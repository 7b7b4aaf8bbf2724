"""The figures of a headline: what each change says, and whose word it is."""

from __future__ import annotations

from collections.abc import Sequence

from tocsin.judging.draft import Draft
from tocsin.judging.happening import Change
from tocsin.judging.interval import like, part_of
from tocsin.judging.wording import amount, in_text, number, what
from tocsin.reading.facts import Claim, Strike

_AT_WORK = frozenset(("journalists", "aid workers", "medical workers"))


def by_speaker(
    draft: Draft, changes: tuple[Change, ...], speaker: str | None
) -> tuple[tuple[Change, ...], dict[str, list[Change]]]:
    """What the one who speaks first says, with what is nobody's word; and the others' by name."""
    first = draft.names.claimant(speaker).id
    own, others = [], dict[str, list[Change]]()
    for change in changes:
        name = change.after.claimant
        if speaker is None or name is None or draft.names.claimant(name).id == first:
            own.append(change)
        else:
            others.setdefault(name, []).append(change)
    return tuple(own), others


def of_one_word(changes: tuple[Change, ...]) -> tuple[Change, ...]:
    """The changes without what a further speaker says of the same people: one is named."""
    kept: list[Change] = []
    for change in changes:
        claim = change.after
        rival = any(
            one.after.indicator == claim.indicator
            and one.after.claimant != claim.claimant
            and like(one.after.victims, claim.victims)
            for one in kept
        )
        if not rival:
            kept.append(change)
    return tuple(kept)


def counted_by(changes: tuple[Change, ...], strike: Strike) -> str | None:
    """Whose word the figures beside an attack are: its own claimant's, or another one's."""
    own = strike.claimant or ""
    speakers = {change.after.claimant for change in changes if change.after.claimant}
    if strike.stance == "denied":
        return strike.claimant
    if len(speakers) != 1:
        return None
    speaker = speakers.pop()
    return strike.claimant if speaker.casefold() == own.casefold() else speaker


def amounts(changes: tuple[Change, ...], claims: Sequence[Claim] = ()) -> str:
    """The changes of one report, each in words and none twice.

    `claims` are all of the report's: of the dead it is said how many were at work for others.
    """
    told = (_changed(change) + _of_them(change.after, claims) for change in changes)
    return ", ".join(dict.fromkeys(told))


def _of_them(claim: Claim, claims: Sequence[Claim]) -> str:
    """How many of those counted came to help, to heal or to report: ", 5 of them journalists"."""
    if claim.victims in _AT_WORK or claim.indicator != "killed":
        return ""
    parts = [
        one
        for one in claims
        if one.part_of == claim.id and one.victims in _AT_WORK and one.value is not None
    ]
    part = max(parts, key=lambda one: one.value or 0, default=None)
    if part is None:
        return ""
    one = "an aid worker" if part.victims == "aid workers" else f"a {part.victims[:-1]}"
    return f", {number(part)} of them {one if part.value == 1 else part.victims}"


def _changed(change: Change) -> str:
    claim, before = change.after, change.before
    if before is None or part_of(claim.victims, before.victims):
        return amount(claim)  # 13 soldiers are not six more than seven people
    if change.reason == "claimants_diverge":
        other = before.claimant
        against = f"according to {in_text(other)}" if other else "told before"
        return f"{amount(claim)}, against {number(before)} {against}"
    counted = None not in (claim.value, before.value)  # "dozens → 53" moved by nobody knows what
    moved = f" ({change.delta:+,})" if change.delta and counted else ""
    return f"{what(claim)} {number(before)} → {number(claim)}{moved}"
