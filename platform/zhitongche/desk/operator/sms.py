"""The state of every SMS: counted, filtered, sent again, cancelled; its text is not shown (ST-5.1)."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for

from zhitongche.desk import guard
from zhitongche.desk.admin.texts import occasions
from zhitongche.desk.operator import words
from zhitongche.kernel.errors import Conflict
from zhitongche.notices import queries
from zhitongche.notices.words import STATES
from zhitongche.persistence import unit_of_work
from zhitongche.tenancy import current

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

blueprint = Blueprint("sms", __name__, url_prefix="/notices")
SHOWN = 30


@blueprint.get("")
def show() -> str:
    """Counts by state and the newest messages, filtered by state and mobile."""
    state = request.args.get("state", "")
    state = state if state in STATES else ""
    mobile = request.args.get("q", "").strip()[:11]
    rows = queries.listing(state=state or None, mobile=mobile, before=_id(request.args.get("before")), limit=SHOWN + 1)
    filters = [SimpleNamespace(name="state", label="状态", value=state, choices=tuple(STATES.items()))]
    pack = current.pack()
    return render_template(
        "operator/notices.html", rows=rows[:SHOWN], following=rows[SHOWN - 1].id if len(rows) > SHOWN else None, counts=queries.counts(),
        filters=filters, q=mobile, states=STATES, tones=words.STATE_TONES,
        kinds={row.message: occasions(pack, row.message) or words.OTHER_MESSAGE for row in rows},
    )  # fmt: skip


@blueprint.post("/<uuid:notice_id>/retry")
def retry(notice_id: UUID) -> Response:
    """Send it again."""
    try:
        with unit_of_work():
            queries.retry(notice_id, by=guard.actor())
    except Conflict as error:
        return _back(error.message, "warning")
    return _back(words.RETRIED)


@blueprint.post("/<uuid:notice_id>/cancel")
def cancel(notice_id: UUID) -> Response:
    """Do not send it any more."""
    try:
        with unit_of_work():
            queries.cancel(notice_id, by=guard.actor())
    except Conflict as error:
        return _back(error.message, "warning")
    return _back(words.CANCELLED)


def _back(message: str, tone: str = "success") -> Response:
    flash(message, tone)
    state = request.form.get("state", "")
    return redirect(url_for("desk.operator.sms.show", state=state if state in STATES else None), 303)


def _id(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None
