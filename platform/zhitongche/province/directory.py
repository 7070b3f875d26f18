"""The way from a province or a city to the portal in charge: an enterprise may not know which it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Blueprint, current_app, render_template

from zhitongche.tenancy import current

if TYPE_CHECKING:
    from zhitongche.tenancy.pack import Pack

blueprint = Blueprint("province", __name__, template_folder="templates", static_folder="static", static_url_path="/province-assets")


@dataclass(frozen=True, slots=True)
class Place:
    """A jurisdiction with its portal's address and those below it."""

    pack: Pack
    url: str
    below: tuple[Place, ...]


@blueprint.get("/regions")
def regions() -> str:
    """All jurisdictions below this tenant, as a tree."""
    return render_template("province/regions.html", pack=current.pack(), places=_below(current.pack().code))


def _below(code: str) -> tuple[Place, ...]:
    registry, settings = current.registry(), current_app.config["SETTINGS"]
    return tuple(Place(p, settings.portal(p.hosts[0]), _below(p.code)) for p in registry.children(code))
