"""The OpenAPI 3.1 document, made from the same models that check each request."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from tocsin.web.query import AlertsQuery, EventsQuery, SeriesQuery
from tocsin.web.schemas import TYPES, components

_MEANINGS = {
    400: "The question is wrong; the line says where.",
    401: "A token is set, and this is not it.",
    404: "There is no such thing, or we do not answer to this name.",
    413: "No address takes a body.",
    503: "The store is away, or we are not ready.",
}
_EVERY = (401, 413, 503)
_FAULT = {"application/json": {"schema": {"$ref": "#/components/schemas/Fault"}}}


def document(version: str) -> dict[str, Any]:
    """The document, for a version of Tocsin."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Tocsin",
            "version": version,
            "summary": "Alerts about armed conflict, with their sources.",
            "description": "To hand over to the stream: read `/v1/alerts` to a sequence, then the "
            "stream (or `/v1/events`) from there on. Unknown fields are to be ignored.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "paths": {
            "/v1/alerts": _get(
                "Alerts, in commit order", _named("AlertsAnswer"), AlertsQuery, [400]
            ),
            "/v1/alerts/{id}": _get("One alert", _named("Alert"), None, [400, 404], path="id"),
            "/v1/reports/{id}": _get(
                "A report, its reading and the reasons of its verdict",
                _json({"type": "object"}),
                None,
                [400, 404],
                path="id",
            ),
            "/v1/series/{subject}": _get(
                "A series as it was known at a moment; a subject may have slashes",
                _named("SeriesAnswer"),
                SeriesQuery,
                [400, 404],
                path="subject",
            ),
            "/v1/events": _get(
                "Alerts as they come: `id` is the sequence, `data` the event",
                {"text/event-stream": {"schema": {"type": "string"}}},
                EventsQuery,
                [400],
            ),
            "/healthz": _probe("Whether the process lives", "Alive", [200]),
            "/readyz": _probe("Whether it does its work; if not, why", "Ready", [200, 503]),
        },
        "webhooks": {
            kind.removeprefix("tocsin."): {
                "post": {
                    "summary": meaning,
                    "requestBody": {"content": _named("Alert")},
                    "responses": {"2XX": {"description": "Taken."}},
                }
            }
            for kind, meaning in TYPES.items()
        },
        "components": {"schemas": components()},
    }


def _probe(summary: str, model: str, statuses: list[int]) -> dict[str, Any]:
    """An address that an orchestrator asks: the same body, whatever the status."""
    answers = {str(one): {"description": summary, "content": _named(model)} for one in statuses}
    body = {"description": _MEANINGS[413], "content": _FAULT}
    return {"get": {"summary": summary, "responses": {**answers, "413": body}}}


def _named(model: str) -> dict[str, Any]:
    return _json({"$ref": f"#/components/schemas/{model}"})


def _json(schema: dict[str, Any]) -> dict[str, Any]:
    return {"application/json": {"schema": schema}}


def _get(
    summary: str,
    content: dict[str, Any],
    query: type[BaseModel] | None,
    faults: list[int],
    path: str | None = None,
) -> dict[str, Any]:
    parameters = _parameters(query)
    if path is not None:
        schema = {"type": "string", "minLength": 1, "maxLength": 400}
        parameters.insert(0, {"name": path, "in": "path", "required": True, "schema": schema})
    responses = {
        "200": {"description": "The answer.", "content": content},
        **{str(status): {"description": _MEANINGS[status], "content": _FAULT} for status in faults},
        **{str(status): {"description": _MEANINGS[status], "content": _FAULT} for status in _EVERY},
    }
    return {"get": {"summary": summary, "parameters": parameters, "responses": responses}}


def _parameters(query: type[BaseModel] | None) -> list[dict[str, Any]]:
    if query is None:
        return []
    found = []
    for name, schema in query.model_json_schema()["properties"].items():
        described = {"description": schema.pop("description")} if "description" in schema else {}
        schema.pop("title", None)
        found.append({"name": name, "in": "query", "schema": _given(schema), **described})
    return found


def _given(schema: dict[str, Any]) -> dict[str, Any]:
    """A parameter that may be left out is not one that may be null."""
    choices = [each for each in schema.get("anyOf", []) if each != {"type": "null"}]
    return choices[0] if len(choices) == 1 else schema
