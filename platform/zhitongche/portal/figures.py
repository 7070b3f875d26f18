"""How it goes, told to everyone (运行公开): what came in, how fast it was done, whether the enterprises were content."""

from __future__ import annotations

from flask import Blueprint, render_template

from zhitongche.kernel import clock
from zhitongche.portal import openness, words
from zhitongche.portal.guards import public as anyone
from zhitongche.statistics import formula
from zhitongche.tenancy import current

blueprint = Blueprint("figures", __name__)


@blueprint.get("/figures")
@anyone
def show() -> str:
    """The figures of this jurisdiction; where nothing is handed in, those of all below together."""
    pack, today = current.pack(), clock.today()
    if not pack.takes_petitions:
        below = [one for one in current.registry().below(pack.code) if one.takes_petitions]
        return render_template(
            "portal/figures_above.html", pack=pack, today=today, rows=openness.of_all([one.code for one in below]),
            count=len(below), formula=formula.in_words, few=words.FEW,
        )  # fmt: skip
    lines = openness.of_tenant()
    drawn = [(key, title, kind, openness.course(lines, codes)) for key, (title, kind, codes) in words.COURSES.items()]
    return render_template("portal/figures.html", pack=pack, today=today, lines=lines, charts=drawn, formula=formula.in_words, few=words.FEW)
