"""One jurisdiction's figures (一地指标) beside its family's and all; never a petition."""

from __future__ import annotations

from flask import Blueprint, render_template

from zhitongche.province import asked, league, numbers, places, words
from zhitongche.province.numbers import Numbers
from zhitongche.province.pages.league import ranked

blueprint = Blueprint("place", __name__, url_prefix="/places")


@blueprint.get("/<place>")
def show(place: str) -> str:
    """Raises NotFound for a jurisdiction that is not below, as for one that does not exist."""
    family, here = places.find(places.families(), place)
    chosen, period = asked.figure_set(), asked.period()
    found = numbers.read(words.FIGURES[chosen], period)
    sections = league.sections(found.families, found.cells, found.totals, league.Sorting())
    total = next(section.total for section in sections if section.family == family)
    return render_template(
        "province/place.html", period=period, filters=asked.filters(), place=here, family=total, whole=found.whole, few=words.FEW,
        sets=words.SETS, chosen=chosen, figures=found.figures, cells=found.cells[here.code], ranked=_standing(found, sections, here.code),
    )  # fmt: skip


def _standing(found: Numbers, sections: list[league.Section], place: str) -> dict[str, tuple[int, int] | None]:
    """Its rank and among how many."""
    return {code: (ranks[place], len(ranks)) if place in ranks else None for code, ranks in ranked(found, sections).items()}
