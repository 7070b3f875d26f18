"""What no browser sends, and no table can hold, goes no further than the door."""

from __future__ import annotations

from flask import Flask, abort, request


def init_app(app: Flask) -> None:
    """Refuse addresses with a NUL in them, which PostgreSQL takes in no text, with 400."""
    app.before_request(_refuse)


def _refuse() -> None:
    if "\x00" in request.path or b"%00" in request.query_string or b"\x00" in request.query_string:
        abort(400)
