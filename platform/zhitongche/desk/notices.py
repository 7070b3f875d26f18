"""An official's notices on the site (消息)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for

from zhitongche.desk import guard
from zhitongche.notices import inbox
from zhitongche.persistence import unit_of_work

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

blueprint = Blueprint("notices", __name__, url_prefix="/notices")
SHOWN = 30


@blueprint.get("")
def show() -> str:
    """The newest notices; those unread stand out."""
    try:
        before = UUID(request.args["before"]) if request.args.get("before") else None
    except ValueError:
        before = None
    rows = inbox.listing(guard.person().id, before=before, limit=SHOWN + 1)
    return render_template("desk/notices.html", rows=rows[:SHOWN], told=inbox.told, following=rows[SHOWN - 1].id if len(rows) > SHOWN else None)


@blueprint.post("/read")
def read() -> Response:
    """Mark all as read."""
    with unit_of_work():
        inbox.mark_read(guard.person().id)
    return redirect(url_for("desk.notices.show"), 303)
