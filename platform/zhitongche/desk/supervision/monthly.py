"""The list of unfinished items, made on its day of every month (ST-3.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from uuid import UUID

from flask import Blueprint, render_template, request

from zhitongche.casework.queries import supervised
from zhitongche.desk import guard
from zhitongche.desk.export import moment_text
from zhitongche.desk.shown import stage_name
from zhitongche.desk.supervision import flows, sheets
from zhitongche.kernel.errors import NotFound
from zhitongche.supervision import monthly
from zhitongche.tenancy import current

if TYPE_CHECKING:
    from flask import Response

    from zhitongche.casework.queries.supervised import Supervised
    from zhitongche.supervision.tables import MonthlyItem, MonthlyList

blueprint = Blueprint("monthly", __name__, url_prefix="/monthly")
COLUMNS: Final = (("清单时环节", 16), ("清单时到期", 17), ("清单时超期天数", 14), *sheets.ITEM_COLUMNS)


@blueprint.get("")
def show() -> str:
    """The newest list, or the one asked for: as it was then, beside how it stands now."""
    lists = monthly.lists()
    chosen = _chosen(lists)
    rows = _rows(chosen) if chosen else []
    steps = {now.id: flows.step(now, "propose_key") for _, now in rows if now.key_state is None}
    routine = next((one for one in current.pack().routines if one.kind == "monthly_list"), None)
    return render_template(
        "supervision/monthly.html", lists=lists, chosen=chosen, rows=rows, steps=steps, stage_name=stage_name, routine=routine
    )


@blueprint.get("/<uuid:list_id>/export")
def download(list_id: UUID) -> Response:
    """One list as a spreadsheet; each row counts as a read (ST-5.1)."""
    chosen = next((one for one in monthly.lists() if one.id == list_id), None)
    if chosen is None:
        raise NotFound
    rows = _rows(chosen)
    cells = [[_stage(item, now), moment_text(item.due_at), item.days_late, *sheets.item_cells(now)] for item, now in rows]
    return sheets.answer(f"未办结清单{chosen.month:%Y年%m月}", f"{chosen.month:%Y年%m月}", COLUMNS, cells, read=[now.id for _, now in rows])


def _stage(item: MonthlyItem, now: Supervised) -> str:
    return stage_name(now.pack_version, item.stage)


def _chosen(lists: list[MonthlyList]) -> MonthlyList | None:
    wanted = request.args.get("month", "")
    return next((one for one in lists if f"{one.month:%Y-%m}" == wanted), lists[0] if lists else None)


def _rows(chosen: MonthlyList) -> list[tuple[MonthlyItem, Supervised]]:
    items = monthly.items_of(chosen.id)
    now = supervised.by_ids(guard.actor(), [item.petition_id for item in items])
    return [(item, now[item.petition_id]) for item in items if item.petition_id in now]
