"""Whoever counts meetings listens here to those that are held, and may ask for all that ever were."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from flask import current_app
from sqlalchemy import select

from zhitongche.meetings.tables import Meeting
from zhitongche.persistence import db

if TYPE_CHECKING:
    from flask import Flask

    Listener = Callable[[Meeting], None]

_LISTENERS: Final = "zhitongche_meetings_held"


def follow(app: Flask, listener: Listener) -> None:
    """Call the listener with every meeting that is held, inside the transaction that says so."""
    app.extensions.setdefault(_LISTENERS, []).append(listener)


def tell(meeting: Meeting) -> None:
    """Tell all who follow."""
    for listener in current_app.extensions.get(_LISTENERS, ()):
        listener(meeting)


def held() -> list[Meeting]:
    """All meetings of the tenant that were held."""
    return list(db.session.scalars(select(Meeting).where(Meeting.held_at.is_not(None)).order_by(Meeting.held_at)))
