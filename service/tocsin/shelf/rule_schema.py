"""The published JSON Schema of rules, made from the forms: `python -m tocsin.shelf.rule_schema`."""

from __future__ import annotations

import json
from typing import Any

from tocsin.shelf.rule_form import RuleForm
from tocsin.shelf.shipped import rules_home

SCHEMA_FILE = "rule.schema.json"


def rule_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of a rule file: one rule, or a list of them."""
    schema = RuleForm.model_json_schema(by_alias=True, ref_template="#/$defs/{model}")
    definitions = schema.pop("$defs")
    definitions["RuleForm"] = schema
    rule = {"$ref": "#/$defs/RuleForm"}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A Tocsin rule file",
        "anyOf": [rule, {"type": "array", "items": rule}],
        "$defs": definitions,
    }


def rendered() -> str:
    """The file's text."""
    return json.dumps(rule_schema(), indent=2, sort_keys=True) + "\n"


if __name__ == "__main__":
    (rules_home() / SCHEMA_FILE).write_text(rendered(), encoding="utf-8")
