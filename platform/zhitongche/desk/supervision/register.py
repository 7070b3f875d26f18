"""The supervision register (督办台账): everything handed out, from that moment (RP-2.9); late items are urged from here."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Final
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for

from zhitongche.casework.queries import supervised
from zhitongche.casework.queries.keyset import Mark, Turn
from zhitongche.casework.queries.supervised import Wanted
from zhitongche.desk import guard
from zhitongche.desk.shown import stage_name, unit_choices
from zhitongche.desk.supervision import flows, sheets, words
from zhitongche.supervision import together, urging

if TYPE_CHECKING:
    from flask import Response
    from werkzeug.wrappers import Response as AnyResponse

    from zhitongche.supervision.together import Outcome

blueprint = Blueprint("register", __name__, url_prefix="/register")
MOST: Final = 50
"""So many are urged at once at most: more than one page is not read, only ticked."""


@blueprint.get("")
def show() -> str:
    """One page of the register."""
    actor, wanted = guard.actor(), _wanted()
    page = supervised.register(actor, wanted, Turn(Mark.read(request.args.get("after")), Mark.read(request.args.get("before"))))
    urgeable = {row.id for row in page.rows if flows.step(row, "urge")}
    filters = [
        SimpleNamespace(name="state", label="状态", value=wanted.state if wanted.state != "open" else "", choices=tuple(words.STATES.items())),
        SimpleNamespace(name="unit", label="承办单位", value=str(wanted.unit_id or ""), choices=unit_choices()),
    ]
    clauses = {step.clause for row in page.rows if (step := flows.step(row, "urge"))}
    return render_template(
        "supervision/register.html", page=page, wanted=wanted, filters=filters, urgeable=urgeable, stage_name=stage_name,
        clause=next(iter(clauses), ""),
    )  # fmt: skip


@blueprint.get("/export")
def download() -> Response:
    """The filtered register as a spreadsheet; each row counts as a read (ST-5.1)."""
    wanted = _wanted()
    rows = supervised.whole(guard.actor(), wanted)
    told = words.STATES.get(wanted.state, words.OPEN)
    return sheets.answer("督办台账", told, sheets.ITEM_COLUMNS, [sheets.item_cells(row) for row in rows], read=[row.id for row in rows])


@blueprint.post("/urge")
def urge() -> AnyResponse:
    """Urge what was ticked, each in a transaction of its own: one that cannot be urged does not hold up the others."""
    text, chosen, actor = request.form.get("text", "").strip(), ticked(), guard.actor()
    back = _back()
    if not chosen or len(chosen) > MOST:
        flash(words.NONE_CHOSEN if not chosen else words.TOO_MANY.format(most=MOST), "warning")
        return redirect(back, 303)
    tell(together.act(chosen, lambda one: urging.urge(one, text, actor)), words.URGED, words.NOT_URGED)
    return redirect(back, 303)


def ticked() -> list[UUID]:
    """The petitions that were ticked in a list."""
    found = (_id(text) for text in request.form.getlist("item"))
    return sorted({one for one in found if one})


def tell(outcome: Outcome, done: str, wrong: str) -> None:
    """Say how many were done, and of the others why not."""
    if outcome.invalid:
        flash(outcome.invalid, "warning")
    if outcome.done:
        flash(done.format(count=outcome.done), "success")
    for message in sorted(set(outcome.wrong)):
        flash(wrong.format(count=outcome.wrong.count(message), reason=message), "warning")


def _back() -> str:
    if request.args.get("from") == "reports":
        return url_for("desk.supervision.reports.show")
    return url_for("desk.supervision.register.show", state=request.args.get("state"), unit=request.args.get("unit"))


def _wanted() -> Wanted:
    state = request.args.get("state", "")
    return Wanted(state if state in words.STATES else "open", _id(request.args.get("unit")))


def _id(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None
