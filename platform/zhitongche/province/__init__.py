"""The levels above (省、市): which jurisdictions there are below, and their figures side by side; contents never."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhitongche.province import directory, pages

if TYPE_CHECKING:
    from flask import Flask

    from zhitongche.province.lent import Desk

__all__ = ["group", "init_app"]

group = pages.group
"""The way in from the rail of the desk."""


def init_app(app: Flask, desk: Desk) -> None:
    """Serve the public directory, and the figures to whom the desk lets in."""
    app.register_blueprint(directory.blueprint)
    app.register_blueprint(pages.made(desk))
