"""The official papers that are addressed to the enterprise: the archived original, byte by byte."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from flask import Blueprint, send_file

from zhitongche import documents
from zhitongche.kernel.errors import NotFound
from zhitongche.portal import guards

if TYPE_CHECKING:
    from uuid import UUID

    from flask import Response

blueprint = Blueprint("papers", __name__)


@blueprint.get("/petitions/<uuid:petition_id>/papers/<uuid:issued_id>")
def download(petition_id: UUID, issued_id: UUID) -> Response:
    """The paper as PDF; raises NotFound for one that is not addressed to the enterprise or no longer stands."""
    guards.actor_for(petition_id)
    line = next((one for one in documents.papers_for_enterprise(petition_id) if one.id == issued_id), None)
    if line is None:
        raise NotFound
    name = f"{line.name} {line.number or ''}".strip() + ".pdf"
    answer = send_file(BytesIO(documents.original(line.id, "pdf")), "application/octet-stream", as_attachment=True, download_name=name)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
