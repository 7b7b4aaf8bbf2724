"""The AsyncAPI 3 document of the alert stream: what other programs read from Redis."""

from __future__ import annotations

from typing import Any

from tocsin.web.schemas import TYPES, schema_name, schemas

#: The flat fields of a stream entry, beside `event`; each is absent where null.
_FIELDS = {
    "id": "The alert's id: the same on every retry and replay.",
    "type": "The alert's type.",
    "schema": "What `dataschema` names.",
    "rule": "The rule that told it.",
    "severity": "low, medium, high or critical.",
    "severitynumber": "9, 13, 17 or 21.",
    "loud": "true or false.",
    "theatre": "The theatre's id.",
    "country": "ISO 3166-1 alpha-2.",
    "story": "The story's id.",
    "subject": "What it is about.",
    "time": "The report's, RFC 3339.",
    "recordedtime": "When it was judged, RFC 3339.",
    "sequence": "The first sequence, on an entry that was rebuilt only.",
}


def stream_document(version: str, stream: str) -> dict[str, Any]:
    """The document, for a version of Tocsin and the key of its stream."""
    names = {kind: schema_name(kind).removesuffix(".1").replace(".", "-") for kind in TYPES}
    return {
        "asyncapi": "3.1.0",
        "info": {
            "title": "Tocsin's alert stream",
            "version": version,
            "description": "A Redis stream in commit order, at least once; deduplicate by `id`. "
            "The entry id is the sequence. Entries are kept for 7 days by age, which is what "
            "consumer groups of your own can rely on.",
            "license": {"name": "Apache-2.0"},
        },
        "channels": {
            "alerts": {
                "address": stream,
                "description": "Read with XREAD or XREADGROUP.",
                "x-redis": {"type": "stream", "retention": "P7D", "trimming": "MINID"},
                "messages": {
                    name: {"$ref": f"#/components/messages/{name}"} for name in names.values()
                },
            }
        },
        "operations": {"publish": {"action": "send", "channel": {"$ref": "#/channels/alerts"}}},
        "components": {
            "messages": {name: _message(kind, name) for kind, name in names.items()},
            "schemas": {
                "fields": {
                    "type": "object",
                    "required": ["id", "type", "schema"],
                    "properties": {
                        name: {"type": "string", "description": meaning}
                        for name, meaning in _FIELDS.items()
                    },
                }
            },
        },
    }


def _message(kind: str, name: str) -> dict[str, Any]:
    return {
        "name": name,
        "title": kind,
        "summary": TYPES[kind],
        "contentType": "application/json",
        "headers": {"$ref": "#/components/schemas/fields"},
        "payload": schemas()[schema_name(kind)],
        "x-payload-field": "event",
    }
