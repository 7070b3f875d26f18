"""A petition from the tenant below, on the upper side: reported, revealed once taken, supplemented, withdrawn and erased. Never commits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, select

from zhitongche import journal
from zhitongche.casework import search, uploads, words
from zhitongche.casework.arriving import arrive, stand_in
from zhitongche.casework.case import load, pack_of
from zhitongche.casework.door import perform
from zhitongche.casework.escalations.values import Standing
from zhitongche.casework.rises import last_rise
from zhitongche.casework.tables import Attachment, Petition
from zhitongche.casework.tables import Report as Row
from zhitongche.flow.facts import Actor
from zhitongche.identity import enterprises, units
from zhitongche.identity.enterprises import EnterpriseForm
from zhitongche.kernel import clock
from zhitongche.kernel.errors import Invalid, NotFound, Refused
from zhitongche.persistence import db

if TYPE_CHECKING:
    from uuid import UUID

    from zhitongche.casework.escalations.values import Details, Report


def report(arrived: Report) -> Petition:
    """Register what the tenant below reports, by its notice; the same report again is the same petition."""
    known = by_bridge(arrived.bridge_id)
    return load(known) if known else arrive(arrived)


def by_bridge(bridge_id: UUID) -> UUID | None:
    """The petition with this bridge id."""
    return db.session.scalar(select(Row.petition_id).where(Row.bridge_id == bridge_id))


def standing(petition_id: UUID) -> Standing:
    """How the case stands, for the level below; NotFound where it did not come from there."""
    petition, row = load(petition_id), _row(petition_id)
    return Standing(
        petition.id, row.bridge_id, row.from_tenant, petition.stage, _holder(petition),
        petition.next_due_at, petition.answer or "", petition.resolution or "", petition.outcome,
    )  # fmt: skip


def _holder(petition: Petition) -> str:
    rise = last_rise(petition)
    if rise is not None and rise.open and rise.taken_at is not None:
        return rise.holder or rise.to_name
    unit = petition.lead_unit_id or petition.proposed_unit_id
    return units.by_id(unit).name if unit else pack_of(petition).department


def reveal(petition_id: UUID, details: Details) -> None:
    """Fill in whose petition it is and what it says, once it is taken. Raises Refused before that, Invalid.

    The second time changes nothing; what has ended on the way is not told any more than it needed.
    """
    petition, row = load(petition_id, lock=True), _row(petition_id)
    if petition.outcome is not None:
        return
    if row.taken_at is None:
        raise Refused(words.NOT_TAKEN_YET, row.clause)
    if row.revealed_at is not None:
        return
    petition.enterprise_id = enterprises.record(EnterpriseForm(details.credit_code, details.enterprise, "", "")).id
    petition.content, petition.wish, petition.contact_name = details.content, details.wish, details.contact_masked
    row.revealed_at = clock.now()
    row.documents = [{"digest": d.digest, "name": d.name, "media_type": d.media_type, "size": d.size} for d in details.documents]
    _touch(petition, row, "reveal", {"content": details.content, "wish": details.wish, "documents": row.documents})


def received(petition_id: UUID, digest: str, content: bytes, purpose: str = "") -> Attachment:
    """Keep a document that was asked for. Raises NotFound for one never told of, Invalid where it is not what was told."""
    petition, row = _open(petition_id)
    told = next((one for one in row.documents if one["digest"] == digest), None)
    if told is None:
        raise NotFound(words.NO_SUCH_DOCUMENT)
    kept = db.session.scalar(select(Attachment).where(Attachment.petition_id == petition.id, Attachment.sha256 == digest))
    if kept is None:
        upload = uploads.Upload(told["name"], content)
        kept = uploads.keep([upload], petition_id=petition.id, action="document_in")[0]
        if kept.sha256 != digest:
            raise Invalid({"files": words.WRONG_DOCUMENT})
        _touch(petition, row, "document_in", {"what": told["name"], "sha256": digest, "why": purpose})
    return kept


def contacted(petition_id: UUID, name: str, mobile: str, purpose: str = "") -> None:
    """Fill in the contact that was asked for, in full; the second time changes nothing."""
    petition, row = _open(petition_id)
    if (petition.contact_name, petition.contact_mobile) != (name, mobile):
        petition.contact_name, petition.contact_mobile = name, mobile
        _touch(petition, row, "contact_in", {"what": words.CONTACT, "why": purpose})


def supplemented(petition_id: UUID, text: str) -> None:
    """More from the level below; telling the same twice in a row keeps it once, what has ended on the way needs no more."""
    petition, row = load(petition_id, lock=True), _row(petition_id)
    if petition.outcome is not None:
        return
    if not row.supplements or row.supplements[-1]["text"] != text:
        _act(petition, row, "supplemented_below", {"text": text})


def withdrawn(petition_id: UUID, reason: str) -> None:
    """The enterprise has withdrawn below; what is closed already only notes it."""
    petition, row = load(petition_id, lock=True), _row(petition_id)
    if petition.outcome is None:
        _act(petition, row, "withdrawn_below", {"reason": reason})
    row.withdrawn_at = row.withdrawn_at or clock.now()
    db.session.flush()


def erase(petition_id: UUID) -> None:
    """After a withdrawal: contents, contact, enterprise, documents and the dossier's key are gone; the chain still verifies."""
    petition, row = load(petition_id, lock=True), _row(petition_id)
    if row.withdrawn_at is None:
        raise Refused(words.NOT_WITHDRAWN, row.clause)
    if row.erased_at is not None:
        return
    petition.enterprise_id = stand_in(row.from_tenant, row.from_name)
    petition.content, petition.wish, petition.contact_name, petition.contact_mobile = words.CONTENT_ERASED, "", "", ""
    petition.letter_text = petition.letter_text and words.CONTENT_ERASED
    row.opinions, row.supplements, row.documents, row.erased_at = [], [], [], clock.now()
    for kept in db.session.scalars(select(Attachment.id).where(Attachment.petition_id == petition.id)):
        uploads.path_of(kept).unlink(missing_ok=True)
    db.session.execute(delete(Attachment).where(Attachment.petition_id == petition.id))
    _touch(petition, row, "erase", {})
    journal.erase(petition.id)


def _act(petition: Petition, row: Row, verb: str, form: dict[str, Any]) -> None:
    perform(petition.id, pack_of(petition).flow.by_verb(verb).code, Actor("system", row.from_name), form)


def _touch(petition: Petition, row: Row, action: str, body: dict[str, Any]) -> None:
    """An entry beside the flow, and the words by which the petition is found."""
    petition.updated_at = clock.now()
    db.session.flush()
    search.index(petition)
    journal.append(petition.id, action=action, actor=Actor("system", row.from_name), clause=row.clause,
                   from_stage=petition.stage, to_stage=petition.stage, body={"name": words.BESIDE[action], **body})  # fmt: skip


def _open(petition_id: UUID) -> tuple[Petition, Row]:
    petition, row = load(petition_id, lock=True), _row(petition_id)
    if petition.outcome is not None or row.erased_at is not None:
        raise Refused(words.ENDED, row.clause)
    return petition, row


def _row(petition_id: UUID) -> Row:
    row = db.session.scalar(select(Row).where(Row.petition_id == petition_id))
    if row is None:
        raise NotFound
    return row
