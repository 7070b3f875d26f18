"""The closed forms as JSON Schema, and data made fit for them. https://json-schema.org/draft/2020-12/schema"""

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema
from marshmallow import fields as ma

from escalation.wire.forms import Several, Whole, Written


def described(schema: Schema) -> dict[str, Any]:
    """The JSON Schema of a closed object."""
    fields = {one.data_key or key: one for key, one in schema.fields.items()}
    properties = {key: _described(one) for key, one in fields.items()}
    required = sorted(key for key, one in fields.items() if one.required)
    return {"type": "object", "additionalProperties": False, "properties": properties, "required": required}


def _described(field: ma.Field[Any]) -> dict[str, Any]:
    if isinstance(field, Several):
        return {"type": "array", "maxItems": field.most, "items": _described(field.inner)}
    if isinstance(field, ma.Nested):
        return described(field.schema)
    if isinstance(field, Written | Whole):
        return field.described()
    raise TypeError(f"{type(field).__name__} has no JSON Schema")


def fitted(schema: Schema, data: Mapping[str, Any]) -> dict[str, Any]:
    """The data with what nobody sees taken out of texts, and look-alike letters of names replaced.

    For what people pasted into a form; whatever else is wrong stays wrong.
    """
    fields = {one.data_key or key: one for key, one in schema.fields.items()}
    return {key: _fitted(fields[key], value) if key in fields else value for key, value in data.items()}


def _fitted(field: ma.Field[Any], value: Any) -> Any:
    if isinstance(field, Several) and isinstance(value, list):
        return [_fitted(field.inner, one) for one in value]
    if isinstance(field, ma.Nested) and isinstance(value, Mapping):
        return fitted(field.schema, value)
    if isinstance(field, Written) and field.clean and isinstance(value, str):
        return field.clean(value)
    return value
