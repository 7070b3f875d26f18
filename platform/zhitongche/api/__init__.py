"""The API 接口 for the machines that feed and follow petitions: the 12345 hotline's work orders, an enterprise's software."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhitongche.api import petitions, vocabulary
from zhitongche.api.spec import Described
from zhitongche.webkit import csrf

if TYPE_CHECKING:
    from flask import Flask

__all__ = ["init_app"]


def init_app(app: Flask) -> None:
    """Serve /api/v1, described by /api/v1/openapi.json."""
    api = Described(app)
    for page in (petitions, vocabulary):
        # Nothing here is carried by a cookie, so there is nothing that another site could borrow.
        csrf.exempt(page.blueprint)
        api.register_blueprint(page.blueprint)
