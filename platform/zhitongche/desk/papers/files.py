"""A paper's pages as pictures and its files to take away: with who took it, and when, across every page (ST-5.1)."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Final, cast
from uuid import UUID

from flask import Blueprint, send_file

from zhitongche import documents
from zhitongche.desk import guard
from zhitongche.desk.papers import opening, words
from zhitongche.documents import queries
from zhitongche.documents.rendering import pictures, watermark_of
from zhitongche.kernel.errors import NotFound
from zhitongche.persistence import unit_of_work

if TYPE_CHECKING:
    from flask import Response

    from zhitongche.documents.rendering import Form

blueprint = Blueprint("files", __name__)
FORMS: Final = ("pdf", "docx")


@blueprint.get("/<uuid:paper_id>/page-<int:sheet>.png")
def picture(paper_id: UUID, sheet: int) -> Response:
    """One page as it will be printed."""
    paper, _ = opening.readable(paper_id)
    pages = pictures(paper, watermark_of(guard.actor()))
    if not 1 <= sheet <= len(pages):
        raise NotFound
    return _sent(pages[sheet - 1], "image/png", "")


@blueprint.get("/<uuid:paper_id>/<any(pdf, docx):form>")
def download(paper_id: UUID, form: str) -> Response:
    """The paper as a file with a watermark; the archived original stays clean. Logged as a reading of its petition."""
    with unit_of_work():
        paper, _ = opening.opened(paper_id, words.READ_DOWNLOAD)
        content = documents.rendered(paper, cast("Form", form), watermark_of(guard.actor()))
        line = queries.line_of(paper)
    return _sent(content, "application/octet-stream", f"{line.name} {line.number or line.title}.{form}")


def _sent(content: bytes, kind: str, name: str) -> Response:
    answer = send_file(BytesIO(content), kind, as_attachment=bool(name), download_name=name or None, max_age=0)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
