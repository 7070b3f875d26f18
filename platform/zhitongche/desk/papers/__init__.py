"""Papers 公文 at the desk: what waits for me, one paper with its pages and its way, its files."""

from __future__ import annotations

from flask import Blueprint

from zhitongche.desk.papers import files, listing, page, steps

blueprint = Blueprint("papers", __name__, url_prefix="/papers")
for _part in (listing, page, steps, files):
    blueprint.register_blueprint(_part.blueprint)
