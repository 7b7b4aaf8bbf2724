"""The alert as a contract: one model a type, and the JSON Schema that `dataschema` names.

Version 1 only grows: unknown fields are ignored by consumers, and every list of values is open, so
the schemas forbid nothing that they do not know.
"""

from __future__ import annotations

from functools import cache
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, TypeAdapter
from pydantic.json_schema import JsonSchemaMode, models_json_schema

from tocsin.reading.facts import Claim, Reading


class _Open(BaseModel):
    model_config = ConfigDict(extra="allow")


class RuleNamed(_Open):
    """The rule that told it, by id and by the hash of its source."""

    id: str
    title: str = ""
    pack: str = ""
    version: str = ""


class Change(_Open):
    """What changed, from what was last told to what is told now."""

    reason: Annotated[str, Field(description="first_report, raised, lowered, …: an open list.")]
    indicator: str | None = None
    from_: Annotated[Any, Field(alias="from", description="A claim or a status; null: none.")] = (
        None
    )
    to: Annotated[Any, Field(description="A claim or a status.")] = None
    delta: int | None = None


class ReportNamed(_Open):
    """The report that an alert stands on."""

    id: str
    guid: str
    url: str | None = None
    title: str = ""
    publisher: str | None = None
    feed: str | None = None
    published: AwareDatetime | None = None
    fetched: AwareDatetime | None = None
    version: str = ""


class Evidence(_Open):
    """Where it stands: code points, half-open, in the report's plain text."""

    field: Literal["title", "summary", "text"]
    start: int
    end: int
    quote: str


class Confirmation(_Open):
    """How many independent origins say so, and who denies it."""

    origins: int = 1
    claimants: list[str] = []
    publishers: list[str] = []
    denied_by: list[str] = []


class AlertData(_Open):
    """What an alert tells. A note has neither rule nor report."""

    headline: str
    loud: bool = False
    late: Annotated[
        bool, Field(description="It came in while nobody looked, after a downtime.")
    ] = False
    test: bool = False
    rule: RuleNamed | None = None
    changes: list[Change] = []
    revision: int | None = None
    previous: str | None = None
    report: ReportNamed | None = None
    evidence: list[Evidence] = []
    confirmation: Confirmation | None = None
    theatre: str | None = None
    places: list[dict[str, Any]] = []
    possibly: Annotated[
        str | None,
        Field(description="The story that this may be the same as; in doubt it is told."),
    ] = None
    distance_km: Annotated[
        float | None, Field(description="From the nearest of the user's own sites.")
    ] = None


class Alert(_Open):
    """A published event: CloudEvents 1.0, fixed at commit."""

    specversion: Literal["1.0"]
    id: str
    source: str
    type: str
    subject: str | None = None
    time: AwareDatetime
    recordedtime: AwareDatetime | None = None
    sequence: Annotated[
        str | None, Field(description="The stream entry id; added on the way out, not in the log.")
    ] = None
    correlationid: str | None = None
    causationid: str | None = None
    severitytext: Annotated[str, Field(description="low, medium, high, critical")] = "low"
    severitynumber: Annotated[int, Field(description="9, 13, 17, 21")] = 9
    datacontenttype: Literal["application/json"] = "application/json"
    dataschema: str
    data: AlertData


class Fault(BaseModel):
    """What went wrong, in one line."""

    error: str


class Alive(BaseModel):
    """The process answers."""

    alive: Literal[True]


class Ready(BaseModel):
    """Whether feeds are polled and alerts go out; `reasons` says why not."""

    ready: bool
    reasons: list[str]


class AlertsAnswer(BaseModel):
    """Alerts in commit order; `next` is the sequence to ask `after` for more."""

    alerts: list[Alert]
    next: str | None


class SeriesAnswer(_Open):
    """One series as it was known at a moment."""

    subject: str
    entries: list[dict[str, Any]]


#: What an alert can be, and what its schema says of it.
TYPES = {
    "tocsin.strike.reported": "A specific attack is reported that no open story tells of.",
    "tocsin.figure.changed": "A figure was first reported, or moved.",
    "tocsin.ceasefire.changed": "A truce changed its status.",
    "tocsin.keyword.matched": "A report has the words that a rule asks for.",
    "tocsin.story.confirmed": "A second independent origin tells a story.",
    "tocsin.story.merged": "Two stories turned out to be one.",
    "tocsin.alert.corrected": "What an alert told is told otherwise by an edit of its report.",
    "tocsin.alert.retracted": "Nothing supports an alert any more, or it was taken back.",
    "tocsin.theatre.blind": "Half of a theatre's feeds fail or are silent, or we see it again.",
    "tocsin.note": "Where things stand, a shift note or a catch-up; it stands on no report.",
    "tocsin.feed.failing": "A feed fails; for operators.",
    "tocsin.feed.silent": "A feed answers and says nothing new beyond its rhythm; for operators.",
    "tocsin.feed.changed": "A feed's entries lost their dates, links or words; for operators.",
    "tocsin.feed.gone": "A feed is gone for good; for operators.",
    "tocsin.sink.disabled": "A sink was given up; for operators.",
    "tocsin.ledger.emptied": "All that was known is gone; for operators.",
}


def schema_name(kind: str) -> str:
    """`tocsin.figure.changed` → `figure.changed.1`, under `/schemas/…json`."""
    return f"{kind.removeprefix('tocsin.')}.1"


@cache
def schemas() -> dict[str, dict[str, Any]]:
    """Every published JSON Schema (2020-12) by name: the alert types, a reading, a claim."""
    published = {schema_name(kind): _of_type(kind, meaning) for kind, meaning in TYPES.items()}
    published["reading.1"] = TypeAdapter(Reading).json_schema(mode="serialization")
    published["claim.1"] = TypeAdapter(Claim).json_schema(mode="serialization")
    return {
        name: {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
        for name, schema in published.items()
    }


def _of_type(kind: str, meaning: str) -> dict[str, Any]:
    urn = f"urn:tocsin:alert:{schema_name(kind).replace('.1', ':1')}"
    schema = Alert.model_json_schema(by_alias=True)
    schema["$id"] = urn
    schema["title"] = kind
    schema["description"] = meaning
    schema["properties"]["type"] = {"const": kind}
    schema["properties"]["dataschema"] = {"const": urn}
    return schema


def components() -> dict[str, Any]:
    """The models as the components of an OpenAPI document."""
    models: list[tuple[type[BaseModel], JsonSchemaMode]] = [
        (model, "validation") for model in (AlertsAnswer, Alert, SeriesAnswer, Fault, Alive, Ready)
    ]
    _, found = models_json_schema(models, ref_template="#/components/schemas/{model}")
    return dict(found["$defs"])
