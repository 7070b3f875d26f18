"""What rises from level to level (上下级往来): how many, from where to where, and what became of them above."""

from __future__ import annotations

from flask import Blueprint, render_template

from zhitongche.province import asked, ladder, numbers, words
from zhitongche.province.tables import place_urls

blueprint = Blueprint("flows", __name__, url_prefix="/flows")


@blueprint.get("")
def show() -> str:
    """By level as bars, from place to place as a stream, and place by place as a table."""
    period = asked.period()
    found = numbers.read(words.LADDER, period)
    return render_template(
        "province/flows.html", period=period, filters=asked.filters(), figures=found.figures, levels=ladder.by_level(found),
        streams=ladder.streams(found), places=ladder.by_place(found, place_urls(period)), few=words.FEW, most=ladder.MOST,
    )  # fmt: skip
