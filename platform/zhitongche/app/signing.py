"""Who is signed in: flask-login over identity, one account per tenant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_login import LoginManager  # type: ignore[import-untyped]

from zhitongche.identity import actors

if TYPE_CHECKING:
    from flask import Flask


def init_app(app: Flask) -> None:
    """A session of one tenant is nobody in another; a changed password ends all sessions."""
    manager = LoginManager()
    manager.session_protection = "basic"
    manager.user_loader(actors.load_user)
    manager.init_app(app)
