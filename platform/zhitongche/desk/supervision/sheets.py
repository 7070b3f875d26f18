"""A supervisor's table as a spreadsheet, with who made it and when; titles leave the house only on the record (ST-5.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from flask import send_file

from zhitongche.casework.queries import listing
from zhitongche.desk import export, guard, words
from zhitongche.desk.export import Sheet, moment_text
from zhitongche.desk.shown import stage_name
from zhitongche.kernel import clock
from zhitongche.persistence import unit_of_work

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from uuid import UUID

    from flask import Response

    from zhitongche.casework.queries.supervised import Supervised

ITEM_COLUMNS: Final = (
    ("诉求编号", 16), ("标题", 40), ("企业", 30), ("承办单位", 20), ("环节", 16), ("交办时间", 17), ("处理意见", 40), ("意见办结期限", 14),
    ("最近到期", 17), ("是否超期", 9), ("已联系企业", 11), ("催办次数", 9), ("最近催办", 17), ("重点督办", 10), ("办结时间", 17),
)  # fmt: skip


def item_cells(row: Supervised) -> list[Any]:
    """A petition as a row of ITEM_COLUMNS."""
    return [
        row.number, row.title, row.enterprise, row.unit, stage_name(row.pack_version, row.stage), moment_text(row.handed_at),
        row.opinion, row.opinion_due.isoformat() if row.opinion_due else "", moment_text(row.due), "是" if row.late else "",
        "是" if row.contacted else "否", row.urged, moment_text(row.last_urged), words.KEYS.get(row.key_state or "", ""),
        moment_text(row.closed_at),
    ]  # fmt: skip


def answer(
    title: str, filters: str, columns: Sequence[tuple[str, int]], rows: Iterable[Sequence[Any]], *, read: Sequence[UUID] = ()
) -> Response:
    """The file; `read` are the petitions of which contents are in it."""
    with unit_of_work():
        sheet = Sheet(guard.actor(), filters, title, columns)
        for row in rows:
            sheet.write(list(row))
        listing.exported(guard.actor(), list(read), f"导出{title}")
    name = f"{title}{clock.local(clock.now()):%Y%m%d-%H%M}.xlsx"
    return send_file(sheet.content(), export.MEDIA_TYPE, as_attachment=True, download_name=name, max_age=0)
