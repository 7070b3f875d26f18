"""Filling in the words of messages."""

import re
from collections.abc import Mapping

_FIELD = re.compile(r"\{(\w+)\}")


def render(template: str, fields: Mapping[str, object]) -> str:
    """Each `{field}` replaced in one pass, so that a brace in a value stays a brace.

    Raises KeyError for a field not given: better late than with a hole in it.
    """
    return _FIELD.sub(lambda found: str(fields[found[1]]), template)
