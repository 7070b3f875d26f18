"""Quarantine 隔离区: what was refused or stands still, and what a person makes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from flask import Blueprint, render_template, request

from escalation.carriage import tending
from escalation.desk import partners, roles, shown, words
from escalation.desk.deciding import decided, reason_form
from escalation.ledger import acts, viewing
from escalation.protocol.quarantine import MAX_CONTENT
from zhitongche.casework import escalations
from zhitongche.desk import guard
from zhitongche.kernel.errors import NotFound

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from escalation.ledger.views import Kept
    from zhitongche.webkit.forms import PackForm

blueprint = Blueprint("quarantine", __name__, url_prefix="/held")
SHOWN = 30
HERE = "bridge_desk.quarantine.show"


@blueprint.get("")
def show() -> str:
    """What is open, or with `done` what was settled by whom."""
    done = "done" in request.args
    rows = viewing.kept(done=done, limit=SHOWN + 1, before=_id(request.args.get("at")))
    return render_template(
        "bridge/quarantine.html", rows=rows[:SHOWN], following=rows[SHOWN - 1].id if len(rows) > SHOWN else None, done=done,
        numbers=escalations.numbers_by_bridge({row.subject for row in rows if row.subject}), **_around(),
    )  # fmt: skip


@blueprint.get("/<uuid:held_id>")
def one(held_id: UUID) -> str:
    """What it is, why it is here, and what can be done."""
    return _page(_found(held_id), reason_form())


@blueprint.post("/<uuid:held_id>/release")
def release(held_id: UUID) -> ResponseReturnValue:
    """Let it go on: applied again, or let in again."""
    row, form = _found(held_id), reason_form()
    say = {True: words.RELEASED, False: words.HELD_AGAIN}
    return decided(form, lambda reason: tending.release(row.id, reason, roles.decider()), say.__getitem__, HERE) or (_page(row, form), 422)


@blueprint.post("/<uuid:held_id>/dismiss")
def dismiss(held_id: UUID) -> ResponseReturnValue:
    """Settle it without doing what it says."""
    row, form = _found(held_id), reason_form()
    answer = decided(form, lambda reason: tending.dismiss(row.id, reason, roles.decider()), lambda _: words.DISMISSED, HERE)
    return answer or (_page(row, form), 422)


def _found(held_id: UUID) -> Kept:
    row = viewing.one_kept(held_id)
    if row is None:
        raise NotFound
    return row


def _page(row: Kept, form: PackForm) -> str:
    number = escalations.numbers_by_bridge([row.subject]).get(row.subject, "") if row.subject else ""
    return render_template(
        "bridge/held.html", row=row, form=form, number=number, acts=acts.of(row.id), cut=row.message is None and row.size >= MAX_CONTENT, **_around()
    )


def _around() -> dict[str, object]:
    keeper = bool(guard.actor().roles & roles.KEEPERS)
    return {"reason_of": shown.reason, "name_of": partners.name_of, "type_of": shown.type_of, "words": words, "keeper": keeper}


def _id(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None
