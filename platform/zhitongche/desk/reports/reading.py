"""A report on the screen, word by word as it was made, and its files."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from flask import Blueprint, render_template, send_file

from zhitongche.desk import guard
from zhitongche.persistence import unit_of_work
from zhitongche.statistics.reports import asking, keeping
from zhitongche.statistics.reports import words as report_words
from zhitongche.webkit.charts import Cell, Column, Row, Table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask.typing import ResponseReturnValue

blueprint = Blueprint("reading", __name__)
_DRAWN: Final = ("received", "finished", "on_hand")


@blueprint.get("/<uuid:report_id>")
def show(report_id: UUID) -> str:
    """What it says; numbers of petitions lead to them, for those who may read them."""
    actor = guard.actor()
    job, made = asking.one(report_id, actor), asking.made(report_id, actor)
    return render_template(
        "reports/reading.html", job=job, made=made, told=made.content, formats=report_words.FORMATS, trend=_trend(made.content),
        petitions=_numbered(made.content),
    )  # fmt: skip


@blueprint.get("/<uuid:report_id>/<any(pdf, docx, xlsx):form>")
def download(report_id: UUID, form: str) -> ResponseReturnValue:
    """A file as it was kept; who took it away is on the record of each petition that it names (ST-5.1)."""
    with unit_of_work():
        content, name = keeping.taken(report_id, form, guard.actor())
    return send_file(BytesIO(content), "application/octet-stream", as_attachment=True, download_name=name, max_age=0, etag=False)


def _trend(told: Mapping[str, Any]) -> Table | None:
    if len(told["trend"]) < 2 or not any(one["code"] == "overview" for one in told["sections"]):
        return None
    names = {one["code"]: one["name"] for one in told["figures"]}
    rows = [Row(one["name"], [_cell(one["values"][code]) for code in _DRAWN]) for one in told["trend"]]
    return Table("统计期", [Column(names[code], "件", draw="line" if code == "on_hand" else "") for code in _DRAWN], rows)


def _cell(value: Mapping[str, Any]) -> Cell:
    return Cell(value["text"], value["amount"])


def _numbered(told: Mapping[str, Any]) -> dict[str, str]:
    """Number of a petition named → its id."""
    late = next((one for one in told["sections"] if one["code"] == "late"), None)
    rows = late["tables"][0]["rows"] if late and late["tables"] else []
    return {row[0]: petition for row, petition in zip(rows, told["petitions"], strict=False)}
