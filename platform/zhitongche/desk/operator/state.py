"""Is everything alive: heartbeats, promises not yet kept, files, versions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, render_template

from zhitongche.casework.queries import volume
from zhitongche.desk.operator import words
from zhitongche.outbox import queries
from zhitongche.supervision import heartbeat
from zhitongche.tenancy import current, versions

if TYPE_CHECKING:
    from datetime import datetime

blueprint = Blueprint("state", __name__, url_prefix="/state")


@blueprint.get("")
def show() -> str:
    """The tenant's machinery on one page."""
    silent = heartbeat.silent()
    beats: list[tuple[str, str, datetime | None, bool]] = [
        (*words.PARTS[part], at, part in silent) for part, at in heartbeat.last().items()
    ]
    return render_template(
        "operator/state.html", beats=beats, depth=queries.depth(), troubles=queries.troubles(), volume=volume.volume(),
        pack=current.pack(), versions=versions.listing(), topics=words.TOPICS,
    )  # fmt: skip
