"""What a figure means (口径), how much it is everywhere, and how it went."""

from __future__ import annotations

from flask import Blueprint, render_template

from zhitongche.kernel.errors import NotFound
from zhitongche.province import asked, numbers, words
from zhitongche.province.tables import by_month, of_places
from zhitongche.statistics import formula

blueprint = Blueprint("definition", __name__, url_prefix="/figures")


@blueprint.get("/<figure>")
def show(figure: str) -> str:
    """One figure; raises NotFound for one that these pages do not show."""
    if figure not in asked.shown():
        raise NotFound
    period, months = asked.period(), asked.months()
    found, course = numbers.read([figure], period), numbers.monthly(figure, months)
    told = found.figures[0]
    return render_template(
        "province/definition.html", period=period, filters=asked.filters(), figure=told, whole=found.whole.cells[figure],
        formula=formula.in_words(told), table=of_places(found, figure, period), trend=by_month(course, months), few=words.FEW,
    )  # fmt: skip
