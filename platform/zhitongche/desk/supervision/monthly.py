"""The list of unfinished items, made on its day of every month (ST-3.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for

from zhitongche.casework.queries import supervised
from zhitongche.desk import guard
from zhitongche.desk.export import moment_text
from zhitongche.desk.shown import stage_name
from zhitongche.desk.supervision import flows, register, sheets, words
from zhitongche.kernel.errors import NotFound
from zhitongche.supervision import monthly, together
from zhitongche.tenancy import current

if TYPE_CHECKING:
    from flask import Response
    from werkzeug.wrappers import Response as AnyResponse

    from zhitongche.casework.queries.supervised import Supervised
    from zhitongche.supervision.tables import MonthlyItem, MonthlyList

blueprint = Blueprint("monthly", __name__, url_prefix="/monthly")
COLUMNS: Final = (("清单时环节", 16), ("清单时到期", 17), ("清单时超期天数", 14), ("严重滞后情形", 40), *sheets.ITEM_COLUMNS)


@blueprint.get("")
def show() -> str:
    """The newest list, or the one asked for: as it was then, beside how it stands now."""
    lists = monthly.lists()
    chosen = _chosen(lists)
    rows = _rows(chosen) if chosen else []
    steps = {now.id: flows.step(now, "propose_key") for _, now in rows if now.key_state is None}
    serious = [row for row in rows if row[0].ground and row[1].key_state is None and row[1].id in steps and steps[row[1].id]]
    routine = next((one for one in current.pack().routines if one.kind == "monthly_list"), None)
    return render_template(
        "supervision/monthly.html", lists=lists, chosen=chosen, rows=rows, steps=steps, stage_name=stage_name, routine=routine,
        serious=serious, clause=next((step.clause for step in steps.values() if step), ""),
    )


@blueprint.post("/<uuid:list_id>/propose")
def propose(list_id: UUID) -> AnyResponse:
    """Propose what was ticked as key items, each with the machine's ground and the officer's words (ST-3.5)."""
    chosen, actor, said = _of(list_id), guard.actor(), request.form.get("text", "").strip()
    grounds = {one.petition_id: one.ground for one in monthly.items_of(list_id)}
    back = redirect(url_for("desk.supervision.monthly.show", month=f"{chosen.month:%Y-%m}"), 303)
    items = [one for one in register.ticked() if one in grounds][: register.MOST]
    if not items:
        flash(words.NONE_TICKED, "warning")
        return back
    step = together.by_verb("propose_key", actor, lambda one: {"reason": "。".join(text for text in (grounds[one], said) if text)})
    register.tell(together.act(items, step), words.PROPOSED, words.NOT_PROPOSED)
    return back


@blueprint.get("/<uuid:list_id>/export")
def download(list_id: UUID) -> Response:
    """One list as a spreadsheet; each row counts as a read (ST-5.1)."""
    chosen = _of(list_id)
    rows = _rows(chosen)
    cells = [[_stage(item, now), moment_text(item.due_at), item.days_late, item.ground, *sheets.item_cells(now)] for item, now in rows]
    return sheets.answer(f"未办结清单{chosen.month:%Y年%m月}", f"{chosen.month:%Y年%m月}", COLUMNS, cells, read=[now.id for _, now in rows])


def _of(list_id: UUID) -> MonthlyList:
    chosen = next((one for one in monthly.lists() if one.id == list_id), None)
    if chosen is None:
        raise NotFound
    return chosen


def _stage(item: MonthlyItem, now: Supervised) -> str:
    return stage_name(now.pack_version, item.stage)


def _chosen(lists: list[MonthlyList]) -> MonthlyList | None:
    wanted = request.args.get("month", "")
    return next((one for one in lists if f"{one.month:%Y-%m}" == wanted), lists[0] if lists else None)


def _rows(chosen: MonthlyList) -> list[tuple[MonthlyItem, Supervised]]:
    items = monthly.items_of(chosen.id)
    now = supervised.by_ids(guard.actor(), [item.petition_id for item in items])
    return [(item, now[item.petition_id]) for item in items if item.petition_id in now]
