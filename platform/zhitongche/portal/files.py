"""Files, to their own enterprise only, and never as anything that a browser would run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, send_file

from zhitongche.casework import drafts, uploads
from zhitongche.casework.queries import tracking
from zhitongche.kernel.errors import NotFound
from zhitongche.portal import guards

if TYPE_CHECKING:
    from uuid import UUID

    from flask import Response

    from zhitongche.casework.tables import Attachment

blueprint = Blueprint("files", __name__)


@blueprint.get("/petitions/<uuid:petition_id>/files/<uuid:file_id>")
def of_petition(petition_id: UUID, file_id: UUID) -> Response:
    """A file of a petition: the enterprise's own, or one that came with an answer."""
    return _download(tracking.file(petition_id, file_id, guards.actor_for(petition_id)))


@blueprint.get("/petitions/new/<uuid:draft_id>/files/<uuid:file_id>")
def of_draft(draft_id: UUID, file_id: UUID) -> Response:
    """A file of one's own draft."""
    return _download(drafts.file(draft_id, file_id, guards.actor()))


def _download(row: Attachment) -> Response:
    path = uploads.path_of(row.id)
    if not path.is_file():
        raise NotFound
    response = send_file(path, mimetype="application/octet-stream", as_attachment=True, download_name=row.name, etag=False)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "private, no-store"
    return response
