"""A petition that rose, on its own side: what becomes known of it above, each fact once. Called for messages; never commits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from zhitongche.casework.case import load, pack_of
from zhitongche.casework.door import perform
from zhitongche.casework.escalations.values import Rise
from zhitongche.casework.tables import Escalation, Petition
from zhitongche.flow.facts import Actor
from zhitongche.kernel import clock
from zhitongche.kernel.errors import Conflict, NotFound
from zhitongche.persistence import db

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID


def rise(rise_id: UUID) -> Rise:
    """One rise; NotFound."""
    return _value(row_of(rise_id))


def rise_of(petition_id: UUID) -> Rise | None:
    """The petition's latest rise; None where it never rose."""
    query = select(Escalation).where(Escalation.petition_id == petition_id).order_by(Escalation.rise.desc()).limit(1)
    row = db.session.scalar(query)
    return _value(row) if row else None


def by_bridge(bridge_id: UUID) -> Rise | None:
    """The rise with this bridge id."""
    row = db.session.scalar(select(Escalation).where(Escalation.bridge_id == bridge_id))
    return _value(row) if row else None


def bind(rise_id: UUID, bridge_id: UUID) -> None:
    """Give the rise its bridge id; Conflict where it has another."""
    row = row_of(rise_id)
    if row.bridge_id not in {None, bridge_id}:
        raise Conflict
    row.bridge_id = bridge_id
    db.session.flush()


def delivered(rise_id: UUID, at: datetime) -> None:
    """The receipt is verified (已送达), received there `at` (UTC)."""
    row, petition = _locked(rise_id)
    if row.delivered_at is None:
        if _may(petition, "delivered_above") and row.open:
            _act(row, petition, "delivered_above", {})
        row.delivered_at = at
        db.session.flush()


def taken(rise_id: UUID, holder: str, due: datetime | None = None, text: str = "") -> None:
    """The level above has taken it (已受理): its duty from now on."""
    row, petition = _locked(rise_id)
    if row.taken_at is None:
        _tell(row, petition, "taken_above", {"holder": holder, "until": due, "text": text}, "taken_at")


def progressed(rise_id: UUID, holder: str, due: datetime | None = None, text: str = "") -> None:
    """Who has it there, until when, what was done; telling the same again changes nothing."""
    row, petition = _locked(rise_id)
    known = (row.holder, row.due_at if due else None, row.progress if text else "")
    if known != (holder or row.holder, due, text):
        _tell(row, petition, "progress_above", {"holder": holder, "until": due, "text": text})


def asked(rise_id: UUID, text: str) -> None:
    """The level above wants to know more."""
    row, petition = _locked(rise_id)
    _tell(row, petition, "asked_above", {"text": text}, "asked_at")


def returned(rise_id: UUID, reason: str, by: str = "") -> None:
    """The level above gives it back (退回), with the reason: it is handled here again."""
    row, petition = _locked(rise_id)
    if row.returned_at is None:
        _tell(row, petition, "returned_above", {"reason": reason, "holder": by})


def decided(rise_id: UUID, text: str, resolution: str = "") -> None:
    """The level above has decided; here the enterprise is answered."""
    row, petition = _locked(rise_id)
    if row.decided_at is None:
        _tell(row, petition, "decided_above", {"reply": text, "resolution": resolution})


def row_of(rise_id: UUID) -> Escalation:
    """The rise's row; NotFound."""
    row = db.session.scalar(select(Escalation).where(Escalation.id == rise_id))
    if row is None:
        raise NotFound
    return row


def _tell(row: Escalation, petition: Petition, verb: str, form: dict[str, Any], mark: str = "") -> None:
    """Carry it out; what crosses a withdrawal on its way changes nothing here any more."""
    if row.withdrawn_at is None:
        _act(row, petition, verb, form)
    elif mark:
        setattr(row, mark, clock.now())


def _act(row: Escalation, petition: Petition, verb: str, form: dict[str, Any]) -> None:
    # What comes for an earlier rise must not touch a later one.
    if row.rise != petition.rises:
        raise Conflict
    perform(petition.id, pack_of(petition).flow.by_verb(verb).code, Actor("system", row.to_name), form)


def _may(petition: Petition, verb: str) -> bool:
    return petition.stage in pack_of(petition).flow.by_verb(verb).sources


def _locked(rise_id: UUID) -> tuple[Escalation, Petition]:
    petition = load(row_of(rise_id).petition_id, lock=True)
    row = row_of(rise_id)
    db.session.refresh(row)
    return row, petition


def _value(row: Escalation) -> Rise:
    return Rise(
        row.id, row.petition_id, row.rise, row.bridge_id, row.to_tenant, row.open, row.sent_at, row.delivered_at, row.taken_at,
    )  # fmt: skip
