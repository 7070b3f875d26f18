"""What goes wrong in HTTP, as a problem in Chinese (RFC 9457)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from zhitongche.api import words
from zhitongche.webkit import errors
from zhitongche.webkit.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Response
    from werkzeug.exceptions import HTTPException

_SAID: Final[dict[int, tuple[str, str, str]]] = {
    400: ("bad-json", *words.BAD_JSON),
    401: ("unauthorized", *words.UNAUTHORIZED),
    413: ("too-large", words.TOO_LARGE[0], words.TOO_LARGE[1].format(kilobytes=256)),
    415: ("not-json", *words.NOT_JSON),
    422: ("invalid", *words.INVALID),
    429: ("too-many", *words.TOO_MANY),
}
_PLACES: Final = {"json": "", "query": "query:", "headers": "header:"}


def of(error: HTTPException) -> Response:
    """The failure as a problem, with the headers that belong to it."""
    status = error.code or 500
    if status >= 500:
        return errors.unexpected(error)
    kind, title, detail = _SAID.get(status, ("refused", *words.OTHER))
    faults = dict(_faults(getattr(error, "data", {}).get("messages", {}))) if status == 422 else {}
    problem = Problem(status, title, detail.format(count=len(faults)), "", kind=f"urn:zhitongche:problem:{kind}", errors=faults)
    response = errors.answer(problem)
    for name, value in error.get_headers():
        if name.lower() not in ("content-type", "content-length"):
            response.headers[name] = value
    return response


def _faults(messages: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """From webargs' location → field → messages to our field → message."""
    for place, fields in messages.items():
        for name, said in fields.items() if isinstance(fields, dict) else [("", fields)]:
            shown = "" if name == "_schema" else name
            yield f"{_PLACES.get(place, '')}{shown}", "；".join(map(str, said)) if isinstance(said, list) else str(said)
