"""Files handed in: checked by content, kept under the tenant's folder by id, never by name."""

from __future__ import annotations

import hashlib
import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

import filetype  # type: ignore[import-untyped]
from flask import current_app

from zhitongche.casework import words
from zhitongche.casework.tables import Attachment
from zhitongche.kernel import clock
from zhitongche.kernel.errors import Invalid
from zhitongche.kernel.ids import new_id
from zhitongche.persistence import current_tenant, db

if TYPE_CHECKING:
    from uuid import UUID

MAX_BYTES: Final = 20 * 1024 * 1024
MAX_FILES: Final = 10
ALLOWED: Final = frozenset({
    "image/jpeg", "image/png", "image/gif", "image/webp", "image/heic", "application/pdf", "application/zip",
    "application/msword", "application/vnd.ms-excel", "application/vnd.ms-powerpoint",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "audio/mpeg", "video/mp4", "audio/m4a", "text/plain",
})  # fmt: skip
OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OOXML: Final = {
    "word/": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt/": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came from the browser: the name is the sender's, the content decides."""

    name: str
    content: bytes


def sniff(content: bytes) -> str | None:
    """The media type by content alone; None where it is nothing that we take."""
    if content.startswith(OLE):
        return "application/msword"
    guess = filetype.guess_mime(content)
    if guess in {"application/zip", *OOXML.values()}:
        return _zip_kind(content)
    if guess is None and _is_text(content):
        return "text/plain"
    return guess if guess in ALLOWED else None


def _zip_kind(content: bytes) -> str | None:
    try:
        names = zipfile.ZipFile(BytesIO(content)).namelist()
    except Exception:  # whatever the library trips over, it is the file
        return None
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        return None
    return next((kind for part, kind in OOXML.items() if any(n.startswith(part) for n in names)), "application/zip")


def _is_text(content: bytes) -> bool:
    try:
        # The mark of byte order hides what a text begins with from us, not from a browser.
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return "\x00" not in text and not text.lstrip().lower().startswith(("<", "%!", "#!"))


def check(uploads: list[Upload], field: str = "files") -> list[str]:
    """The media type of each upload. Raises Invalid: too many, too big, empty, or of a type not taken."""
    if len(uploads) > MAX_FILES:
        raise Invalid({field: words.TOO_MANY.format(limit=MAX_FILES)})
    kinds = []
    for upload in uploads:
        if not upload.content:
            raise Invalid({field: words.NO_UPLOAD.format(name=upload.name)})
        if len(upload.content) > MAX_BYTES:
            raise Invalid({field: words.TOO_BIG.format(name=upload.name, limit=MAX_BYTES // 2**20)})
        kind = sniff(upload.content)
        if kind is None:
            raise Invalid({field: words.BAD_TYPE.format(name=upload.name)})
        kinds.append(kind)
    return kinds


def keep(
    uploads: list[Upload], *, draft_id: UUID | None = None, petition_id: UUID | None = None,
    person_id: UUID | None = None, action: str = "register", field: str = "files",
) -> list[Attachment]:
    """Write the files and their rows; a file without a row (after a rollback) is swept by age, a row never lacks its file."""
    kept = []
    for upload, kind in zip(uploads, check(uploads, field), strict=True):
        row = Attachment(
            id=new_id(), draft_id=draft_id, petition_id=petition_id, person_id=person_id, action=action,
            name=safe_name(upload.name), media_type=kind, size=len(upload.content),
            sha256=hashlib.sha256(upload.content).hexdigest(), at=clock.now(),
        )  # fmt: skip
        target = path_of(row.id)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(upload.content)
        db.session.add(row)
        kept.append(row)
    return kept


def path_of(attachment_id: UUID) -> Path:
    """Where the content lies: the data folder, then tenant, then id."""
    return Path(current_app.config["DATA_DIR"]) / "files" / current_tenant() / str(attachment_id)


def safe_name(name: str) -> str:
    """The sender's name without any path or control character, at most 120 characters."""
    base = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(c for c in base if c.isprintable())[-120:] or "附件"
