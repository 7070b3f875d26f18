"""Key supervision items (重点督办): proposed, approved, declined (ST-3.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for

from zhitongche.casework.queries import quality, supervised
from zhitongche.desk import guard, words
from zhitongche.desk.shown import stage_name
from zhitongche.desk.supervision import flows, forms, register, sheets
from zhitongche.desk.supervision import words as own_words
from zhitongche.flow.vocabulary import VERDICTS
from zhitongche.supervision import together

if TYPE_CHECKING:
    from flask import Response
    from werkzeug.wrappers import Response as AnyResponse

    from zhitongche.casework.queries.supervised import Supervised

blueprint = Blueprint("key", __name__, url_prefix="/key")


@blueprint.get("")
def show() -> str:
    """What waits for the leader's approval, and the key list."""
    rows = supervised.keyed(guard.actor())
    proposed = [row for row in rows if row.key_state == "proposed"]
    steps = {row.id: flows.step(row, "approve_key") for row in proposed}
    return render_template(
        "supervision/key.html", waiting=proposed, keys=words.KEYS, grounds=_grounds(proposed), verdicts=VERDICTS,
        decides=any(steps.values()), clause=next((step.clause for step in steps.values() if step), ""),
        rows=[row for row in rows if row.key_state != "proposed"], stage_name=stage_name,
        steps=steps,
    )  # fmt: skip


@blueprint.post("/decide")
def decide() -> AnyResponse:
    """The leader decides on what was ticked, in one go (ST-3.5)."""
    forms.require("leader")
    chosen, verdict, opinion = register.ticked()[: register.MOST], request.form.get("verdict", ""), request.form.get("opinion", "").strip()
    back = redirect(url_for("desk.supervision.key.show"), 303)
    if not chosen or verdict not in VERDICTS:
        flash(own_words.NONE_TICKED if not chosen else own_words.VERDICT_FIRST, "warning")
        return back
    step = together.by_verb("approve_key", guard.actor(), lambda _: {"verdict": verdict, "opinion": opinion})
    register.tell(together.act(chosen, step), own_words.DECIDED, own_words.NOT_DECIDED)
    return back


@blueprint.get("/export")
def download() -> Response:
    """The key list as a spreadsheet; each row counts as a read (ST-5.1)."""
    rows = supervised.keyed(guard.actor())
    return sheets.answer("重点督办清单", "全部", sheets.ITEM_COLUMNS, [sheets.item_cells(row) for row in rows], read=[row.id for row in rows])


def _grounds(rows: list[Supervised]) -> dict[UUID, str]:
    """On what ground each was proposed: the newest opinion on it."""
    told = quality.reasons([row.id for row in rows], ("opinion",))
    return {petition: record.text for (petition, _), record in told.items()}
