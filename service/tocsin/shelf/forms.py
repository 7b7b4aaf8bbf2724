"""What a file may say, as pydantic forms, and its mistakes as faults with a line and a mend."""

from __future__ import annotations

import re
from typing import Annotated, Any, TypeVar, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, GetJsonSchemaHandler, ValidationError
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, ErrorDetails, PydanticCustomError

from tocsin.shelf.fault import Fault, KeyPath, Loaded, nearest


class Form(BaseModel):
    """A mapping in a file: unknown keys are refused, and nothing is silently converted."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, populate_by_name=True)


FormT = TypeVar("FormT", bound=BaseModel)
T = TypeVar("T")


def mistake(what: str, mend: str = "") -> PydanticCustomError:
    """What a validator raises: one clear sentence, and how to mend it."""
    return PydanticCustomError("mistake", "{what}", {"what": what, "mend": mend})


class _OneOrMany:
    """A single item may stand for a list of one; the published schema says so too."""

    def __get_pydantic_json_schema__(
        self, core: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        many = handler(core)
        return {"anyOf": [many.get("items", {}), many]}


class Also:
    """A short form that a validator takes too, for the published schema."""

    def __init__(self, schema: JsonSchemaValue) -> None:
        self.schema = schema

    def __get_pydantic_json_schema__(
        self, core: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {"anyOf": [handler(core), self.schema]}


def _as_many(value: Any) -> Any:
    if value is None or isinstance(value, tuple):
        return value or ()
    return tuple(value) if isinstance(value, list) else (value,)


Many = Annotated[tuple[T, ...], BeforeValidator(_as_many), _OneOrMany()]


def check(
    model: type[FormT], loaded: Loaded, path: KeyPath = (), value: Any = None
) -> FormT | list[Fault]:
    """The value at `path` (default: the whole file) as `model`, or every fault in it."""
    value = loaded.value if value is None and not path else value
    if not isinstance(value, dict):
        return [loaded.fault(path, "a mapping of keys is expected here")]
    try:
        return model.model_validate(value)
    except ValidationError as error:
        return [_fault(detail, loaded, path, model) for detail in error.errors(include_url=False)]


def _fault(detail: ErrorDetails, loaded: Loaded, prefix: KeyPath, model: type[BaseModel]) -> Fault:
    location = detail["loc"]
    path: KeyPath = (*prefix, *location)
    key = next((part for part in reversed(location) if isinstance(part, str)), "")
    given = detail["input"]
    context = detail.get("ctx", {})
    match detail["type"]:
        case "mistake":
            return loaded.fault(path, context["what"], context["mend"])
        case "value_error":
            what, _, mend = str(context["error"]).partition(": ")
            return loaded.fault(path, what, f"{mend[:1].upper()}{mend[1:]}." if mend else "")
        case "extra_forbidden":
            known = _known_keys(model, location[:-1])
            return loaded.fault(path, f"unknown key '{location[-1]}'", nearest(key, known))
        case "missing":
            return loaded.fault(path[:-1], f"the key '{key}' is missing", f"Add '{key}:'.")
        case "literal_error":
            known = re.findall(r"'([^']*)'", context["expected"])
            return loaded.fault(path, f"'{key}' knows no '{given}'", nearest(str(given), known))
        case _:
            wants = detail["msg"].removeprefix("Input should be ").removeprefix("Value error, ")
            what = f"'{key}' takes {wants[:1].lower()}{wants[1:]}, not {_shown(given)}"
            return loaded.fault(path, what)


def _shown(given: Any) -> str:
    text = repr(given)
    return text if len(text) <= 40 else text[:37] + "…"


def _known_keys(model: type[BaseModel], location: tuple[str | int, ...]) -> list[str]:
    """The keys of the form at `location` below `model`."""
    for part in location:
        for name, info in model.model_fields.items():
            if part in (name, info.alias):
                model = _form_within(info.annotation) or model
    return [info.alias or name for name, info in model.model_fields.items()]


def _form_within(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    found = (_form_within(part) for part in get_args(annotation))
    return next((form for form in found if form), None)
