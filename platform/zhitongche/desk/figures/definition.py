"""The page of one figure 指标口径: what it says, of what it is made, its value with both in sight, by unit, by key, in time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, render_template, request

from zhitongche.desk import guard
from zhitongche.desk.figures import comparing, drawing, opening, picking, seeing, words
from zhitongche.identity import units
from zhitongche.kernel.errors import NotFound
from zhitongche.statistics import definitions, figures

if TYPE_CHECKING:
    from uuid import UUID

    from flask.typing import ResponseReturnValue

    from zhitongche.desk.figures.picking import Picked
    from zhitongche.statistics.definitions import FactRule, Figure
    from zhitongche.webkit.charts import Table

blueprint = Blueprint("definition", __name__)


@blueprint.get("/<figure>")
def show(figure: str) -> ResponseReturnValue:
    """One figure, of all units or of one."""
    actor, told = guard.actor(), by_code(figure)
    unit_id, picked = seeing.asked_unit(actor, request.args.get("unit")), picking.read(request.args)
    before, weekly = picking.before(picked.period), request.args.get("by") == "week"
    now, then = (figures.read([figure], period, unit=unit_id)[figure] for period in (picked.period, before))
    page = render_template(
        "figures/definition.html", figure=told, picked=picked, periods=words.PERIODS, before=before, value=now, then=then,
        change=comparing.change(now, then), unit=units.by_id(unit_id) if unit_id else None, all_units=seeing.sees_all(actor),
        numerator=_facts(told.numerator), denominator=_facts(told.denominator), behind=_behind(told, picked, unit_id),
        by_unit=_by_unit(figure, picked) if seeing.sees_all(actor) and unit_id is None else None,
        by_key=drawing.by_key(figure, figures.by_key(figure, picked.period, unit=unit_id), picked.query, unit_id) if told.by else None,
        trend=drawing.trend((figure,), drawing.periods(picked.period, weekly=weekly), unit_id), weekly=weekly,
        betters=words.BETTERS, bys=words.BYS, shapes=words.SHAPES,
    )  # fmt: skip
    return page, picked.status


def by_code(code: str) -> Figure:
    """The figure as it is counted now; raises NotFound."""
    found = definitions.current().figures.get(code)
    if found is None:
        raise NotFound
    return found


def _facts(kinds: tuple[str, ...]) -> list[FactRule]:
    known = definitions.current().facts
    return [known[kind] for kind in kinds]


def _behind(figure: Figure, picked: Picked, unit_id: UUID | None) -> dict[str, str]:
    parts = ("numerator", "denominator", "left_out") if figure.denominator else ("numerator", "left_out")
    return {part: opening.behind_url(figure, picked.query, part, unit=unit_id) for part in parts}


def _by_unit(code: str, picked: Picked) -> Table:
    return drawing.by_unit((code,), figures.by_unit((code,), picked.period), picked.query)
