"""The province: sees which jurisdictions there are; figures come with their own room, contents never."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhitongche.province import directory

if TYPE_CHECKING:
    from flask import Flask


def init_app(app: Flask) -> None:
    """Serve the province's pages."""
    app.register_blueprint(directory.blueprint)
