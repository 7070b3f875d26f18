"""Key supervision items (重点督办): proposed, approved, declined (ST-3.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, render_template

from zhitongche.casework.queries import supervised
from zhitongche.desk import guard, words
from zhitongche.desk.shown import stage_name
from zhitongche.desk.supervision import flows, sheets

if TYPE_CHECKING:
    from flask import Response

blueprint = Blueprint("key", __name__, url_prefix="/key")


@blueprint.get("")
def show() -> str:
    """What waits for the leader's approval, and the key list."""
    rows = supervised.keyed(guard.actor())
    return render_template(
        "supervision/key.html", waiting=[row for row in rows if row.key_state == "proposed"], keys=words.KEYS,
        rows=[row for row in rows if row.key_state != "proposed"], stage_name=stage_name,
        steps={row.id: flows.step(row, "approve_key") for row in rows if row.key_state == "proposed"},
    )  # fmt: skip


@blueprint.get("/export")
def download() -> Response:
    """The key list as a spreadsheet; each row counts as a read (ST-5.1)."""
    rows = supervised.keyed(guard.actor())
    return sheets.answer("重点督办清单", "全部", sheets.ITEM_COLUMNS, [sheets.item_cells(row) for row in rows], read=[row.id for row in rows])
