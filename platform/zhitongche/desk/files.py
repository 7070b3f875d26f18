"""Attachments: handed out only by the application, only to those who may read the case, never to be run."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from flask import Blueprint, send_file

from zhitongche.casework import access
from zhitongche.casework.case import facts_now, load
from zhitongche.casework.queries.case_page import attachment, duty
from zhitongche.casework.uploads import path_of
from zhitongche.desk import guard, words
from zhitongche.persistence import unit_of_work

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

blueprint = Blueprint("files", __name__)


@blueprint.get("/petitions/<uuid:petition_id>/files/<uuid:attachment_id>")
def download(petition_id: UUID, attachment_id: UUID) -> ResponseReturnValue:
    """One attachment of a readable case, as bytes to be saved; the read is logged (ST-5.1)."""
    with unit_of_work():
        actor, petition = guard.actor(), load(petition_id)
        access.require_read(actor, petition)
        file = attachment(petition.id, attachment_id)
        why = words.READ_FILE.format(name=file.name, duty=duty(actor, petition, facts_now(petition)))
        access.opened(actor, petition, why)
        name = file.name
    return send_file(path_of(attachment_id), "application/octet-stream", as_attachment=True, download_name=name, max_age=0)
