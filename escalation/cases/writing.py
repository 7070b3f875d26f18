"""What messages about a case say: casework's plain values as the closed forms of `wire.case_forms`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from escalation.cases import words
from escalation.wire import notation
from zhitongche.casework.choices import CONTACT

if TYPE_CHECKING:
    from datetime import datetime

    from zhitongche.casework.escalations import Details, Document, Notice

Data = dict[str, Any]
MAX_PURPOSE: Final = 500


def notice(told: Notice) -> Data:
    """Stage 0."""
    return _filled({
        "level": told.level, "category": told.category, "matter": told.matter, "title": told.title, "area": told.area,
        "ground": told.ground, "clause": told.clause, "deadline": _moment(told.deadline),
        "received_on": told.received_on.isoformat(),
        "opinions": [{"unit": one.unit or words.A_UNIT, "text": one.text, "at": _moment(one.at)} for one in told.opinions],
        "dossier": {"digest": told.dossier.digest, "documents": told.dossier.documents}, "ref": told.ref,
    })  # fmt: skip


def details(told: Details) -> Data:
    """Stage 1."""
    return _filled({
        "enterprise": _filled({"name": told.enterprise, "credit_code": told.credit_code}),
        "content": told.content, "wish": told.wish, "contact_masked": told.contact_masked,
        "documents": [document(one) for one in told.documents],
    })  # fmt: skip


def document(one: Document) -> Data:
    """A document by what it is."""
    return {"digest": one.digest, "name": one.name, "media_type": one.media_type, "size": one.size}


def request(document: str, purpose: str, *, by: str) -> Data:
    """Stage 2: a document by its digest, or the contact; the whole purpose stands in the journal."""
    return _filled({"digest": "" if document == CONTACT else document, "purpose": purpose[:MAX_PURPOSE], "by": by})


def status(state: str, *, holder: str = "", text: str = "", due: datetime | None = None, resolution: str = "") -> Data:
    """Where the case is above."""
    return _filled({"state": state, "holder": holder, "text": text, "due": _moment(due), "resolution": resolution})


def _moment(at: datetime | None) -> str | None:
    return notation.written(at) if at else None


def _filled(data: Data) -> Data:
    """Without what is not told: a form may leave out, never be empty."""
    return {name: value for name, value in data.items() if value is not None and value != ""}
