"""Verbs that leave a record of work and, at most, a mark on the petition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhitongche.casework import uploads
from zhitongche.casework.tables import Record
from zhitongche.persistence import db

if TYPE_CHECKING:
    from zhitongche.casework.case import Case


def keep_record(case: Case, kind: str, text: str) -> Record:
    """One record of work by the actor; what happened earlier keeps its own moment (ST-5.2)."""
    row = Record(
        petition_id=case.petition.id,
        kind=kind,
        unit_id=case.actor.unit_id,
        person_id=case.actor.person_id,
        author=case.actor.name,
        at=case.now,
        happened_at=case.form.get("happened") or case.now,
        how=case.form.get("how"),
        with_whom=case.form.get("with_whom") or None,
        text=text,
    )
    db.session.add(row)
    keep_files(case)
    return row


def keep_files(case: Case) -> None:
    """Keep the action's attachments and put their digests into the journal."""
    files = case.form.get("files") or []
    if files:
        rows = uploads.keep(
            files, petition_id=case.petition.id, person_id=case.actor.person_id, action=case.decision.action.code
        )
        case.body["files"] = [{"id": row.id, "name": row.name, "sha256": row.sha256} for row in rows]


def contact(case: Case) -> None:
    """The unit has been in touch with the enterprise (ST-3.3.a, ST-5.2)."""
    if case.actor.unit_id == case.petition.lead_unit_id:
        case.petition.contacted = True
    keep_record(case, "contact", case.form["text"])


def note(case: Case) -> None:
    """A note on site or in the matter (ST-3.4.a)."""
    keep_record(case, "note", case.form["text"])


def progress(case: Case) -> None:
    """The weekly report on an unfinished item (ST-3.4.b)."""
    keep_record(case, "progress", case.form["text"])


def supplement(case: Case) -> None:
    """Additional material from the enterprise goes straight to the unit (ST-2.c)."""
    keep_record(case, "supplement", case.form["text"])


def urge(case: Case) -> None:
    """Somebody presses for a result (ST-1.1.1, RP-2.9)."""
    keep_record(case, "urge", case.form["text"])


def commend(case: Case) -> None:
    """Exemplary handling, proposed for publicity (ST-3.6.b)."""
    case.petition.commended = True
    keep_record(case, "commend", case.form["reason"])


def confirm(case: Case) -> None:
    """The proposed unit takes it (ST-3.2.a)."""
    keep_record(case, "confirm", case.form.get("text") or "")


def decline(case: Case) -> None:
    """The proposed unit does not take it (ST-3.2.a)."""
    keep_record(case, "decline", case.form["reason"])
    case.petition.proposed_unit_id = None


def receive(case: Case) -> None:
    """The unit receives the petition on the platform (RP-2.3.b); the journal row says all."""
