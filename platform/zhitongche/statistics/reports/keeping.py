"""Where made reports lie, and who takes them away."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import current_app

from zhitongche.casework.queries import listing
from zhitongche.kernel.errors import NotFound, ZhitongcheError
from zhitongche.persistence import current_tenant
from zhitongche.statistics.reports import asking, words

if TYPE_CHECKING:
    from uuid import UUID

    from zhitongche.flow.facts import Actor


def keep(report_id: UUID, form: str, content: bytes) -> dict[str, Any]:
    """Lay a file down under its digest, so that an attempt that comes late overwrites nothing; tells what to remember."""
    digest = hashlib.sha256(content).hexdigest()
    path = _path(report_id, digest, form)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return {"form": form, "sha256": digest, "size": len(content)}


def taken(report_id: UUID, form: str, actor: Actor) -> tuple[bytes, str]:
    """A file of a report and the name it goes by; the petitions that it names count as read (ST-5.1).

    Raises NotFound for what the actor may not have and what is not there alike, ZhitongcheError where a file was changed.
    """
    made = asking.made(report_id, actor)
    file = next((one for one in made.files if one["form"] == form), None)
    if file is None:
        raise NotFound
    path = _path(report_id, file["sha256"], form)
    content = path.read_bytes() if path.is_file() else b""
    if hashlib.sha256(content).hexdigest() != file["sha256"]:
        raise ZhitongcheError(words.BROKEN)
    title = made.content["title"]
    listing.exported(actor, asking.petitions(made), words.TAKEN.format(title=title, form=words.FORMATS[form]))
    return content, words.CODE_FILE.format(title=title, form=form)


def _path(report_id: UUID, digest: str, form: str) -> Path:
    return Path(current_app.config["DATA_DIR"]) / "reports" / current_tenant() / str(report_id) / f"{digest}.{form}"
