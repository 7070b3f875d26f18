"""The archived originals: made once, kept under the tenant's folder by id, proved by their digest."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import current_app
from sqlalchemy import select

from zhitongche.documents import typesetting, word, words
from zhitongche.documents.filling import day
from zhitongche.documents.tables import PaperFile, PaperIssue
from zhitongche.kernel import clock
from zhitongche.kernel.errors import NotFound, ZhitongcheError
from zhitongche.kernel.ids import new_id
from zhitongche.persistence import current_tenant, db

if TYPE_CHECKING:
    from uuid import UUID


def keep(row: PaperIssue) -> None:
    """Make and keep both formats; a file without a row (after a rollback) is nobody's, a row never lacks its file."""
    content = final(row)
    own_fonts = Path(current_app.config["DATA_DIR"]) / "fonts"
    _keep(row, "pdf", typesetting.pdf(content, at=row.issued_at, own_fonts=own_fonts))
    _keep(row, "docx", word.docx(content))
    db.session.flush()


def final(row: PaperIssue) -> dict[str, Any]:
    """The issued content with its number and the date of issue, which is that of China."""
    return {**row.content, "number": row.number or "", "date": day(clock.local_date(row.issued_at))}


def original(paper_id: UUID, form: str) -> bytes:
    """The archived bytes. Raises NotFound, ZhitongcheError where they are not what was archived."""
    row = db.session.scalar(select(PaperFile).where(PaperFile.paper_id == paper_id, PaperFile.form == form))
    if row is None:
        raise NotFound
    path = path_of(row.id)
    content = path.read_bytes() if path.is_file() else b""
    if hashlib.sha256(content).hexdigest() != row.sha256:
        raise ZhitongcheError(words.FILE_BROKEN)
    return content


def path_of(file_id: UUID) -> Path:
    """Where the bytes lie: the data folder, then tenant, then id."""
    return Path(current_app.config["DATA_DIR"]) / "papers" / current_tenant() / str(file_id)


def _keep(row: PaperIssue, form: str, content: bytes) -> None:
    file = PaperFile(
        id=new_id(), paper_id=row.paper_id, form=form, size=len(content), sha256=hashlib.sha256(content).hexdigest(), at=row.issued_at
    )
    path = path_of(file.id)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    db.session.add(file)
