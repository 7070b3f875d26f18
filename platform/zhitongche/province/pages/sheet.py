"""The numbers as a spreadsheet: every set of figures, covered as on the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, send_file

from zhitongche.kernel import clock
from zhitongche.province import asked, numbers, words
from zhitongche.province.workbook import MEDIA_TYPE, workbook

if TYPE_CHECKING:
    from flask import Response

blueprint = Blueprint("sheet", __name__, url_prefix="/sheet")


@blueprint.get("")
def download() -> Response:
    """All figures of all jurisdictions over one period."""
    period = asked.period()
    found = numbers.read([code for codes in words.FIGURES.values() for code in codes], period)
    name = f"{words.SHEET}{period.name}-{clock.local(clock.now()):%Y%m%d-%H%M}.xlsx"
    return send_file(workbook(found, period), MEDIA_TYPE, as_attachment=True, download_name=name, max_age=0)
