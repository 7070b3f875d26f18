"""What may be told of a petition that rises: its notice, then its details, then single documents."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, BinaryIO

from sqlalchemy import select

from zhitongche import journal
from zhitongche.casework import discretion, uploads, words
from zhitongche.casework.case import load, pack_of
from zhitongche.casework.escalations.rising import row_of
from zhitongche.casework.escalations.values import Details, Document, Dossier, Notice, Opinion
from zhitongche.casework.facts import open_clocks
from zhitongche.casework.tables import Attachment, Escalation, Petition
from zhitongche.flow.facts import Actor
from zhitongche.identity import enterprises, units
from zhitongche.kernel import clock
from zhitongche.kernel.errors import NotFound
from zhitongche.persistence import db

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from zhitongche.journal import Entry
    from zhitongche.tenancy.parts import EscalationWay

GOES_UP = frozenset({"explain", "endorse", "send_up"})
"""Verbs whose opinions the level above reads."""


def notice_of(rise_id: UUID) -> Notice:
    """Stage 0 of a rise: what the way lets the level above know before it takes the petition (RP-2.3.f)."""
    row = row_of(rise_id)
    petition = load(row.petition_id)
    sends = _way(row, petition).notice
    documents, entries = _documents(petition.id), journal.entries(petition.id)
    return Notice(
        level=row.level, category=petition.category, ground=row.ground, clause=row.clause, ref=row.id.hex,
        received_on=clock.local_date(petition.received_at),
        dossier=Dossier(_digest(entries[-1], documents), len(documents)),
        title=discretion.masked(petition, petition.title, words.TITLE_LATER) if "title" in sends else words.TITLE_LATER,
        matter=petition.matter if "matter" in sends else "",
        area=petition.area if "area" in sends else "",
        deadline=_deadline(petition.id) if "deadline" in sends else None,
        opinions=_opinions(petition, entries) if "opinions" in sends else (),
    )  # fmt: skip


def details_of(rise_id: UUID) -> Details:
    """Stage 1 of a rise; NotFound before the level above has taken it."""
    row = row_of(rise_id)
    if row.taken_at is None:
        raise NotFound
    petition = load(row.petition_id)
    sends = _way(row, petition).taken
    enterprise = enterprises.by_id(petition.enterprise_id)
    return Details(
        enterprise=enterprise.name, credit_code=enterprise.credit_code, content=petition.content,
        wish=petition.wish if "wish" in sends else "",
        contact_masked=masked_contact(petition) if "contact_masked" in sends else "",
        documents=tuple(map(_document, _documents(petition.id))) if "documents" in sends else (),
    )  # fmt: skip


def may_have(rise_id: UUID, digest: str) -> Document | None:
    """The document by this digest, if the level above may have it now: taken, told of, and the way gives on request."""
    row = row_of(rise_id)
    petition = load(row.petition_id)
    if row.taken_at is None or "document" not in _way(row, petition).on_request:
        return None
    return next((_document(one) for one in _documents(petition.id) if one.sha256 == digest), None)


def contact_to_give(rise_id: UUID) -> tuple[str, str] | None:
    """Name and mobile of the contact in full, if the level above may have them now. Not yet handed over, so not journalled."""
    row = row_of(rise_id)
    petition = load(row.petition_id)
    # What came from below may be known here masked only: its contact is asked for there first.
    if row.taken_at is None or not petition.contact_mobile or "contact" not in _way(row, petition).on_request:
        return None
    return petition.contact_name, petition.contact_mobile


def contact_of(rise_id: UUID, purpose: str) -> tuple[str, str]:
    """Name and mobile of the contact, in full, for a purpose that the journal keeps; NotFound before taking."""
    found, row = contact_to_give(rise_id), row_of(rise_id)
    if found is None:
        raise NotFound
    _journal(load(row.petition_id), row, {"what": words.CONTACT, "why": purpose})
    return found


def document(rise_id: UUID, digest: str, purpose: str = "") -> BinaryIO:
    """A document of the dossier by its digest, open for reading, its handing over on the journal; NotFound."""
    row = row_of(rise_id)
    petition = load(row.petition_id)
    wanted = next((one for one in _documents(petition.id) if one.sha256 == digest), None)
    if row.taken_at is None or wanted is None or "document" not in _way(row, petition).on_request:
        raise NotFound(words.NO_SUCH_DOCUMENT)
    _journal(petition, row, {"what": wanted.name, "sha256": digest, "why": purpose})
    return uploads.path_of(wanted.id).open("rb")


def masked_contact(petition: Petition) -> str:
    """Surname and the outer digits: enough to recognise, too little to call."""
    name, mobile = petition.contact_name, petition.contact_mobile
    if not mobile:
        return name  # from below, and masked there
    return f"{name[:1]}{'*' * (len(name) - 1)} {mobile[:3]}****{mobile[-4:]}".strip()


def _way(row: Escalation, petition: Petition) -> EscalationWay:
    ways = pack_of(petition).escalation
    return next(way for way in ways if way.to == row.to_tenant)


def _documents(petition_id: UUID) -> list[Attachment]:
    query = select(Attachment).where(Attachment.petition_id == petition_id).order_by(Attachment.id)
    return list(db.session.scalars(query))


def _document(row: Attachment) -> Document:
    return Document(row.sha256, row.name, row.media_type, row.size)


def _digest(last: Entry, documents: list[Attachment]) -> str:
    """SHA-256 over the journal's last hash and the documents' digests, in ascending order."""
    whole = hashlib.sha256(last.hash)
    for one in sorted(row.sha256 for row in documents):
        whole.update(bytes.fromhex(one))
    return whole.hexdigest()


def _deadline(petition_id: UUID) -> datetime | None:
    waiting = [row.due_at for row in open_clocks(petition_id) if row.owes == "triage"]
    return max(waiting, default=None)


def _opinions(petition: Petition, entries: list[Entry]) -> tuple[Opinion, ...]:
    """The opinions of this rise, from the last explanation on."""
    flow, found = pack_of(petition).flow, list[Opinion]()
    for entry in entries:
        action = flow.actions.get(entry.action)
        if action is None or action.verb not in GOES_UP:
            continue
        if action.verb == "explain":
            found.clear()
        said = (entry.body or {}).get("form", {}).get("opinion", "")
        found.append(Opinion(units.by_id(entry.unit_id).name if entry.unit_id else "", said, entry.at))
    return tuple(found)


def _journal(petition: Petition, row: Escalation, body: dict[str, str]) -> None:
    told = {"name": words.BESIDE["document_out"], **body}
    journal.append(petition.id, action="document_out", actor=Actor("system", row.to_name), clause=row.clause,
                   from_stage=petition.stage, to_stage=petition.stage, body=told)  # fmt: skip
