"""A figure by month (趋势): all jurisdictions together, from sums, and one of them beside."""

from __future__ import annotations

from types import SimpleNamespace

from flask import Blueprint, render_template, request

from zhitongche.province import asked, numbers, places, words
from zhitongche.province.tables import by_month

blueprint = Blueprint("trend", __name__, url_prefix="/trend")


@blueprint.get("")
def show() -> str:
    """Thirteen months up to the present one."""
    code, months = asked.figure(), asked.months()
    among = places.families()
    wanted = request.args.get("place", "")
    place = next((one for family in among for one in family.places if one.code == wanted), None)
    found = numbers.monthly(code, months, place.code if place else None)
    figure_filter = next(one for one in asked.filters(with_figure=True) if one.name == "figure")
    chooser = SimpleNamespace(name="place", label=words.PLACE, value=place.code if place else "", choices=_choices(among))
    return render_template(
        "province/trend.html", figure=found.figure, place=place, filters=[figure_filter, chooser],
        table=by_month(found, months, place), few=words.FEW,
    )  # fmt: skip


def _choices(among: tuple[places.Family, ...]) -> list[tuple[str, str]]:
    return [(place.code, f"{'　' * place.depth}{place.name}") for family in among for place in family.places]
