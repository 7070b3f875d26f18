"""All jurisdictions side by side (各地对照): the league table with its denominators in sight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, render_template

from zhitongche.province import asked, league, numbers, words
from zhitongche.province.tables import marked, place_urls
from zhitongche.statistics import province
from zhitongche.tenancy import current

if TYPE_CHECKING:
    from datetime import datetime

blueprint = Blueprint("league", __name__)


@blueprint.get("")
def show() -> str:
    """One set of figures over one period, in the order asked for."""
    chosen, period = asked.figure_set(), asked.period()
    codes = words.FIGURES[chosen]
    by, found = asked.sorting(codes), numbers.read(codes, period)
    sections = league.sections(found.families, found.cells, found.totals, by)
    return render_template(
        "province/league.html", period=period, filters=asked.filters(), sets=words.SETS, chosen=chosen, by=by, better=words.BETTER,
        figures=found.figures, sections=sections, whole=found.whole, ranked=ranked(found, sections), count=len(found.cells), few=words.FEW,
        place_url=place_urls(period), reported=_reported(found), marked=marked,
    )  # fmt: skip


def _reported(found: numbers.Numbers) -> dict[str, datetime]:
    """As of when those of other deployments have reported; nobody is asked where there are none."""
    return province.reporters() if set(found.cells) - set(current.registry()) else {}


def ranked(found: numbers.Numbers, sections: list[league.Section]) -> dict[str, dict[str, int]]:
    """Ranks by figure and place, of figures that are better one way."""
    rows = [row for section in sections for row in section.rows]
    return {one.code: {} if one.better == "none" else league.ranks(rows, one.code, one.better) for one in found.figures}
