"""The public front page (首页)."""

from __future__ import annotations

from flask import Blueprint, render_template

from zhitongche.portal.guards import public
from zhitongche.tenancy import current

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
@public
def show() -> str:
    """What this is, how it works by this tenant's own flow, the ways in, what is accepted and what is not."""
    pack = current.pack()
    ways = pack.flow.by_verb("register").who if pack.takes_petitions else ()
    return render_template("portal/home.html", pack=pack, texts=pack.portal, ways=ways)
