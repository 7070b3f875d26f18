"""The mechanism in force (办理机制): organisation, version, flow, limits, clauses; read only, the pack is its source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, Response, render_template

from zhitongche.flow.vocabulary import PARTIES
from zhitongche.kernel.errors import NotFound
from zhitongche.tenancy import current, draw, versions
from zhitongche.tenancy.picture_cards import clock_told
from zhitongche.tenancy.vocabulary import LEVELS, ROUTINES, SETTINGS

if TYPE_CHECKING:
    from zhitongche.tenancy.pack import Pack

blueprint = Blueprint("pack", __name__, url_prefix="/pack")


@blueprint.get("")
def show() -> str:
    """The pack in force, with the versions that open petitions still finish under."""
    pack = current.pack()
    named = {unit.code: unit.name for unit in pack.units}
    return render_template(
        "admin/pack.html", pack=pack, units=named, parties=PARTIES, levels=LEVELS, routines=ROUTINES, versions=versions.listing(),
        clocks=[(rule, clock_told(rule)) for rule in pack.flow.clocks.values()], settings=_settings(pack),
        stages=pack.flow.stages,
    )  # fmt: skip


@blueprint.get("/flow.svg")
def picture() -> Response:
    """The flow as a picture. Its own styles are of the picture only: it is shown as an image, never as a page."""
    pack = current.pack()
    if not pack.flow.stages:
        raise NotFound
    response = Response(draw.svg(pack), mimetype="image/svg+xml")
    response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response


def _settings(pack: Pack) -> list[str]:
    return [SETTINGS[question][answer] for question, answer in pack.settings.items() if question in SETTINGS]
