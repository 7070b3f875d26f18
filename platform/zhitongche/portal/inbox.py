"""Notices on the site (消息)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for

from zhitongche.notices import inbox
from zhitongche.persistence import unit_of_work
from zhitongche.portal import guards, words

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

blueprint = Blueprint("inbox", __name__, url_prefix="/notices")
PAGE: Final = 20


@blueprint.get("")
def listing() -> str:
    """What the person was told, the newest first."""
    person = guards.signed_in()
    rows = inbox.listing(person.id, before=_before(), limit=PAGE + 1)
    return render_template(
        "portal/notices.html", rows=[(row, inbox.told(row.text)) for row in rows[:PAGE]], unread=inbox.unread_count(person.id), more=rows[PAGE - 1].id if len(rows) > PAGE else None
    )


@blueprint.post("/read")
def read() -> ResponseReturnValue:
    """Mark all as read."""
    with unit_of_work():
        inbox.mark_read(guards.signed_in().id)
    flash(words.ALL_READ, "success")
    return redirect(url_for("portal.inbox.listing"))


def _before() -> UUID | None:
    try:
        return UUID(request.args.get("before", ""))
    except ValueError:
        return None
