"""The conditions of the rule language: what may stand under `when`, key by key."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal, cast

import re2
from pydantic import BeforeValidator, Field, WithJsonSchema, field_validator, model_validator

from tocsin.judging.rulebook import (
    AllOf,
    AnyOf,
    CeasefireCondition,
    Comparison,
    Condition,
    FigureCondition,
    FigureReason,
    KeywordCondition,
    Not,
    ScopeCondition,
    StrikeCondition,
)
from tocsin.reading.facts import Basis, Indicator, StrikeKind, TruceStatus, VictimGroup
from tocsin.reading.report import FieldName
from tocsin.shelf.forms import Also, Form, Many, mistake

LONGEST_PATTERN = 500

_COMPARISON = re.compile(r"(>=|<=|==|>|<)\s*(\d{1,12})")


def _comparison(value: Any) -> Any:
    match = _COMPARISON.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        mend = 'Write an operator and a whole number, in quotes: ">= 10".'
        raise mistake(f"'{value}' is no comparison", mend)
    return Comparison(cast("Any", match[1]), int(match[2]))


Compared = Annotated[
    Comparison,
    BeforeValidator(_comparison),
    WithJsonSchema({"type": "string", "pattern": r"^(>=|<=|==|>|<)\s*\d+$", "examples": [">= 10"]}),
]


def _any_is_empty(value: Any) -> Any:
    """`strike: any`, and a bare `strike:`, ask for any strike."""
    return {} if value in ("any", None) else value


def _words_are_any(value: Any) -> Any:
    """`keyword: [one, other]` asks for any of them."""
    return {"any": value} if isinstance(value, list | str) else value


def _pattern(text: str) -> str:
    if len(text) > LONGEST_PATTERN:
        raise mistake(f"a pattern of {len(text)} characters", f"Keep it under {LONGEST_PATTERN}.")
    options = re2.Options()
    options.log_errors = False
    options.max_mem = 1 << 20
    try:
        re2.compile(text, options)
    except re2.error as error:
        said = error.args[0].decode() if isinstance(error.args[0], bytes) else str(error)
        mend = "RE2 has no lookaround, no backreference and repeats of at most 1000."
        raise mistake(f"the pattern '{text[:60]}' is refused: {said}", mend) from None
    return text


class FigureForm(Form):
    """A figure changed."""

    indicator: Many[Indicator] = ()
    basis: Many[Basis] = ("incident", "cumulative")
    change: Many[FigureReason] = ()
    delta: Compared | None = None
    value: Compared | None = None
    victims: Many[VictimGroup] = ()

    def condition(self) -> FigureCondition:
        """As judging takes it."""
        return FigureCondition(
            self.indicator, self.basis, self.change, self.delta, self.value, self.victims
        )


class StrikeForm(Form):
    """A new strike is reported."""

    kind: Many[StrikeKind] = ()
    attacker: Many[str] = ()
    weapon: Many[str] = ()

    def condition(self) -> StrikeCondition:
        """As judging takes it."""
        return StrikeCondition(self.kind, self.attacker, self.weapon)


class CeasefireForm(Form):
    """A truce changed its status."""

    from_: Many[TruceStatus | Literal["none"]] = Field(default=(), alias="from")
    to: Many[TruceStatus] = ()

    def condition(self) -> CeasefireCondition:
        """As judging takes it."""
        return CeasefireCondition(self.from_, self.to)


class NearForm(Form):
    """Two words with at most `within` words between them, in either order."""

    words: tuple[str, str]
    within: Annotated[int, Field(ge=0, le=50)]

    @field_validator("words", mode="before")
    @classmethod
    def _two(cls, value: Any) -> Any:
        if not isinstance(value, list) or len(value) != 2:
            raise mistake("'words' takes two words", "Write words: [one, other].")
        return tuple(value)


class KeywordForm(Form):
    """Words, phrases, stems (`shell*`) and RE2 patterns in the report's own words."""

    any: Many[str] = ()
    all: Many[str] = ()
    not_: Many[str] = Field(default=(), alias="not")
    near: Many[NearForm] = ()
    pattern: Many[Annotated[str, BeforeValidator(lambda text: _pattern(str(text)))]] = ()
    in_: Many[FieldName] = Field(default=("title", "summary", "text"), alias="in")
    conflict: bool = False

    @model_validator(mode="after")
    def _asks(self) -> KeywordForm:
        if not (self.any or self.all or self.near or self.pattern):
            raise mistake("a keyword condition without words", "Give any, all, near or pattern.")
        if any(not word.strip(" *") for word in (*self.any, *self.all, *self.not_)):
            raise mistake("an empty word", "Remove it: it would match everything.")
        return self

    def condition(self) -> KeywordCondition:
        """As judging takes it."""
        near = tuple((*each.words, each.within) for each in self.near)
        return KeywordCondition(
            self.any, self.all, self.not_, near, self.pattern, self.in_, self.conflict
        )


class SiteForm(Form):
    """Within so many kilometres of the user's own sites (of all of them, or of those named)."""

    km: Annotated[float, Field(gt=0, le=2000, strict=False)]
    site: Many[str] = ()


#: Ids of judging under the names that rules give them.
_SPEAKERS = {"unattributed": "other:unattributed"}
_ANY = (BeforeValidator(_any_is_empty), Also({"enum": ["any", None]}))
_WORDS = Also({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]})


class WhenForm(Form):
    """What must hold. Everything that is given must; `any`, `all` and `not` combine further."""

    figure: Annotated[FigureForm | None, *_ANY] = None
    strike: Annotated[StrikeForm | None, *_ANY] = None
    ceasefire: Annotated[CeasefireForm | None, *_ANY] = None
    keyword: Annotated[KeywordForm | None, BeforeValidator(_words_are_any), _WORDS] = None
    theatre: Many[str] = ()
    place: Many[str] = ()
    country: Many[Annotated[str, Field(pattern="^[A-Z]{2}$")]] = ()
    near: SiteForm | None = None
    publisher: Many[str] = ()
    language: Many[Annotated[str, Field(pattern="^[a-z]{2,3}$")]] = ()
    claimant: Many[str] = ()
    side: Many[str] = ()
    origins: Compared | None = None
    any: Many[WhenForm] = ()
    all: Many[WhenForm] = ()
    not_: WhenForm | None = Field(default=None, alias="not")

    @model_validator(mode="after")
    def _asks(self) -> WhenForm:
        if not self.model_fields_set:
            raise mistake("asks for nothing", "Give figure, strike, ceasefire or keyword.")
        return self

    def condition(self) -> Condition:
        """As judging takes it: one condition, or all of several."""
        parts: list[Condition] = [
            form.condition()
            for form in (self.figure, self.strike, self.ceasefire, self.keyword)
            if form is not None
        ]
        parts += [each.condition() for each in self.all]
        if self.any:
            parts.append(AnyOf(tuple(each.condition() for each in self.any)))
        if self.not_:
            parts.append(Not(self.not_.condition()))
        scope = self._scope()
        if scope != ScopeCondition():
            parts.append(scope)
        return parts[0] if len(parts) == 1 else AllOf(tuple(parts))

    def _scope(self) -> ScopeCondition:
        return ScopeCondition(
            theatres=() if self.theatre == ("any",) else self.theatre,
            places=self.place,
            countries=self.country,
            near_km=self.near.km if self.near else None,
            near_sites=self.near.site if self.near else (),
            publishers=self.publisher,
            languages=self.language,
            claimants=tuple(_SPEAKERS.get(name, name) for name in self.claimant),
            sides=self.side,
            origins=self.origins,
        )
