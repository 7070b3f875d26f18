"""What all screens share: layouts, macros, assets, forms, error pages, headers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_wtf.csrf import CSRFProtect

from zhitongche.webkit import errors, filters, gallery, headers, hostile, layout
from zhitongche.webkit.layout import Frame

if TYPE_CHECKING:
    from flask import Flask

__all__ = ["Frame", "csrf", "init_app"]

csrf = CSRFProtect()
"""Refuses every changing request without a token; an API's blueprints are exempted by its own room."""


def init_app(app: Flask, frame: Frame | None = None, *, show_gallery: bool = False) -> None:
    """Give an application the shared look; `show_gallery` only in the development environment."""
    app.config.setdefault("WTF_I18N_ENABLED", False)
    # A form left open over lunch must still be accepted: the token lives as long as its session.
    app.config.setdefault("WTF_CSRF_TIME_LIMIT", None)
    csrf.init_app(app)
    headers.init_app(app)
    hostile.init_app(app)
    layout.init_app(app, frame or Frame())
    filters.init_app(app)
    errors.init_app(app)
    if show_gallery:
        gallery.init_app(app)
