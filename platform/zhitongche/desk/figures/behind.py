"""The petitions behind a number, for those who may read them; others learn how many are not shown (ST-5.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast, get_args

from flask import Blueprint, render_template, request

from zhitongche.casework import words as case_words
from zhitongche.casework.queries import listing
from zhitongche.casework.queries import rising_words as way_words
from zhitongche.desk import guard, shown
from zhitongche.desk.figures import definition, opening, picking, seeing, words
from zhitongche.identity import units
from zhitongche.kernel.errors import NotFound
from zhitongche.statistics import figures, objections
from zhitongche.statistics.behind import Part

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

blueprint = Blueprint("behind", __name__)
PAGE: Final = 20


@blueprint.get("/<figure>/petitions")
def show(figure: str) -> ResponseReturnValue:
    """A page of the petitions that a figure, or a part of it, counts; newest first."""
    actor, told, picked = guard.actor(), definition.by_code(figure), picking.read(request.args)
    unit_id, part, key = seeing.asked_unit(actor, request.args.get("unit")), _part(request.args.get("part")), request.args.get("key")
    found = figures.behind(figure, picked.period, part, unit=unit_id, key=key, after=request.args.get("after"), limit=PAGE)
    readable = listing.by_ids(actor, found.ids)
    own = seeing.own_unit(actor)
    page = render_template(
        "figures/behind.html", figure=told, picked=picked, periods=words.PERIODS, part=part, found=found, key=key,
        parts=words.PARTS if told.denominator else words.COUNTED, rows=[readable[one] for one in found.ids if one in readable],
        hidden=len(found.ids) - len(readable), unit=units.by_id(unit_id) if unit_id else None,
        key_name=figures.key_name(figure, key) if key is not None else "", up=opening.definition_url(figure, picked.query, unit_id),
        may_object=told.contestable and own is not None and unit_id == own, verdicts=words.VERDICTS,
        objected=objections.raised(figure, readable, own) if own else {},
        stage_name=shown.stage_name, sources=case_words.SOURCES, way_marks=way_words.MARKS,
    )  # fmt: skip
    return page, picked.status


def _part(text: str | None) -> Part:
    if text and text not in get_args(Part):
        raise NotFound
    return cast("Part", text or "numerator")
