"""What happened, before any rule is asked: strikes, figures heard, steps of a truce, words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from tocsin.judging.memory import Series, Truce
from tocsin.judging.rulebook import FigureReason
from tocsin.judging.subject import Who
from tocsin.judging.verdict import Silence
from tocsin.reading.facts import Ceasefire, Claim, Place, Strike, TruceStatus


@dataclass(frozen=True, slots=True)
class StrikeReported:
    """A strike that no open story tells of. `possibly` names the story it may be the same as.

    `quiet` is how long no strike was known at its place; None: for as long as we know it.
    """

    subject: str
    entry: str
    story: str
    strike: Strike
    places: tuple[Place, ...]
    claims: tuple[Claim, ...] = ()
    possibly: str | None = None
    quiet: timedelta | None = None
    old: bool = False


@dataclass(frozen=True, slots=True)
class FigureHeard:
    """A figure on its subject, with what its source said before.

    `before` is the same figure in the report's last version, where this is an edit. `series` is
    what its claimant had said. `added` are the numbered increments of the same report, `claims`
    all that the report says of the same event, `elsewhere` what the source says of other
    indicators.
    """

    subject: str
    entry: str
    claim: Claim
    who: Who
    said: datetime
    report: str
    publisher: str = ""
    story: str | None = None
    places: tuple[Place, ...] = ()
    claims: tuple[Claim, ...] = ()
    before: Claim | None = None
    series: Series | None = None
    known: tuple[int, ...] = ()  # levels heard before on this subject
    added: tuple[Claim, ...] = ()
    elsewhere: tuple[int, ...] = ()
    old: bool = False


@dataclass(frozen=True, slots=True)
class FigureGone:
    """An edited report no longer gives a figure that it was told by, and nothing supports it."""

    subject: str
    entry: str
    claim: Claim
    who: Who
    said: datetime
    story: str | None
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class StoryConfirmed:
    """A second independent origin tells of a story that was told."""

    subject: str
    entry: str
    story: str
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class StoryMerged:
    """A story that was told turned out to be an older one, `into`, where it goes on."""

    subject: str
    entry: str
    story: str
    into: str
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class TruceStep:
    """A truce took a step: from what it was (None: nothing was known) to `status`."""

    subject: str
    entry: str
    truce: Truce | None
    after: Truce
    status: TruceStatus
    ceasefire: Ceasefire
    who: Who
    said: datetime
    places: tuple[Place, ...] = ()
    old: bool = False


@dataclass(frozen=True, slots=True)
class WordsHeard:
    """A report came in: what rules of words alone are asked about."""

    subject: str
    entry: str
    story: str | None = None
    places: tuple[Place, ...] = ()


Happening = (
    StrikeReported
    | FigureHeard
    | FigureGone
    | StoryConfirmed
    | StoryMerged
    | TruceStep
    | WordsHeard
)


@dataclass(frozen=True, slots=True)
class Change:
    """How a figure differs from what was last told, and by how much (None: not to be said)."""

    reason: FigureReason
    after: Claim
    before: Claim | None = None
    delta: int | None = None
    mark: str = ""  # a caution for the reader: "check the digits"


@dataclass(frozen=True, slots=True)
class Quiet:
    """Why something is kept and not told."""

    silence: Silence | FigureReason
    detail: str = ""
