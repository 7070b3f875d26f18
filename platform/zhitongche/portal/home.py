"""The public front page (首页)."""

from __future__ import annotations

from flask import Blueprint, render_template

from zhitongche.meetings.queries import public
from zhitongche.portal.guards import public as anyone
from zhitongche.tenancy import current

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
@anyone
def show() -> str:
    """What this is, how it works by this tenant's own flow, the ways in, what is accepted and what is not; the towns hosted here."""
    pack = current.pack()
    ways = pack.flow.by_verb("register").who if pack.takes_petitions else ()
    announced = public.announced() if public.kinds() else []
    return render_template("portal/home.html", pack=pack, texts=pack.portal, ways=ways, announced=announced[:1], hosted=current.registry().hosted(pack.code))
