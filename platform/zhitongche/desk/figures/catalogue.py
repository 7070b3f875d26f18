"""指标一览: every figure with its value, and the way to its definition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, render_template, request

from zhitongche.desk import guard
from zhitongche.desk.figures import opening, picking, seeing, words
from zhitongche.statistics import definitions, figures

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

blueprint = Blueprint("catalogue", __name__)


@blueprint.get("")
def show() -> ResponseReturnValue:
    """All figures in the order of figures.yaml: of the tenant, for a handler of the own unit beside it."""
    actor = guard.actor()
    seeing.require_any(actor)
    picked, codes = picking.read(request.args), list(definitions.current().figures)
    own = None if seeing.sees_all(actor) else seeing.own_unit(actor)
    mine = figures.read(codes, picked.period, unit=own)
    whole = figures.read(codes, picked.period) if own else {}
    rows = [(mine[code], opening.definition_url(code, picked.query), opening.cell(mine[code], picked.query, unit=own).url, whole.get(code)) for code in codes]
    page = render_template("figures/catalogue.html", picked=picked, periods=words.PERIODS, rows=rows, own=own, note=opening.note, betters=words.BETTERS)
    return page, picked.status
