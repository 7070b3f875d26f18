"""Who is to come, and who came: units and enterprises by the agenda, units by the day's duties."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from zhitongche.casework.case import facts_now
from zhitongche.casework.case import load as petition_of
from zhitongche.identity import enterprises, units
from zhitongche.kernel.errors import NotFound
from zhitongche.meetings import telling, words
from zhitongche.meetings.forms import reading
from zhitongche.meetings.permissions import require_role
from zhitongche.meetings.sitting import Sitting, in_hand
from zhitongche.meetings.tables import AgendaItem, Attendance
from zhitongche.persistence import db

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from uuid import UUID

    from zhitongche.flow.facts import Actor

Key = tuple[str, "UUID | None", "UUID | None", "UUID | None"]
_UNIT: Final = "unit"


def invite(sitting: Sitting) -> list[Attendance]:
    """Invite those whom the agenda calls for and who are not invited yet, and tell them; tells whom. RP-2.6, ST-1.1.2."""
    known = {_key(row): row for row in listing(sitting.row.id) if row.party != "duty"}
    wanted = _wanted(sitting)
    fresh = [_new(sitting, key) for key in wanted if key not in known]
    for key, row in known.items():
        row.excused_at = None if key in wanted else row.excused_at or sitting.now
    db.session.add_all(fresh)
    db.session.flush()
    _tell(sitting, fresh)
    return fresh


def follow_agenda(sitting: Sitting) -> None:
    """The agenda changed after the notices: who is new is invited, who is no longer concerned is excused."""
    if sitting.has_done("notify"):
        invite(sitting)


def assign_duties(sitting: Sitting) -> None:
    """Lay down the day's duties by the pack, each with the person whom the form names for it (`duty-<n>`). RP-2.7."""
    known = {row.duty: row for row in listing(sitting.row.id) if row.party == "duty"}
    with reading(sitting.form) as fields:
        for index, duty in enumerate(sitting.kind.duties):
            row = known.get(duty.name) or Attendance(
                meeting_id=sitting.row.id, party="duty", unit_id=units.by_code(duty.unit).id, duty=duty.name,
                clause=duty.clause, invited_at=sitting.now,
            )  # fmt: skip
            row.person = fields.text(f"duty-{index}", duty.name, longest=60, required=False) or row.person or ""
            db.session.add(row)
    db.session.flush()
    duties = {row.unit_id: row.duty for row in listing(sitting.row.id) if row.party == "duty" and row.unit_id}
    for unit_id, name in duties.items():
        telling.tell_units(sitting, "meeting_notice", [unit_id], name, "duty")


def record(meeting_id: UUID, attendance_id: UUID, actor: Actor, form: Mapping[str, Any]) -> Attendance:
    """Whether somebody came, and who. Form: `present` (yes, no), `person?`. By whoever holds the meeting."""
    sitting = in_hand(meeting_id, actor, form)
    step = sitting.kind.doing("hold")
    assert step is not None
    require_role(actor, [step.owes], step.clause)
    sitting.require_running(step.clause)
    query = select(Attendance).where(Attendance.meeting_id == meeting_id, Attendance.id == attendance_id)
    row = db.session.scalar(query)
    if row is None:
        raise NotFound
    with reading(form) as fields:
        row.person = fields.text("person", "到会人员", longest=60, required=False) or row.person
        if form.get("present") not in {"yes", "no"}:
            fields.errors["present"] = words.REQUIRED.format(label="是否到会")
    row.present = form["present"] == "yes"
    sitting.log("attended", step.clause, {"attendance": str(row.id), "present": row.present})
    return row


def listing(meeting_id: UUID) -> list[Attendance]:
    """Everyone who is to come, the excused too."""
    query = select(Attendance).where(Attendance.meeting_id == meeting_id)
    return list(db.session.scalars(query.order_by(Attendance.party, Attendance.id)))


def _wanted(sitting: Sitting) -> list[Key]:
    found: dict[Key, None] = {}
    query = select(AgendaItem).where(AgendaItem.meeting_id == sitting.row.id).order_by(AgendaItem.position)
    for item in db.session.scalars(query):
        if item.final == "in":
            found |= dict.fromkeys(_of_petition(sitting, item.petition_id))
    return list(found)


def _of_petition(sitting: Sitting, petition_id: UUID) -> list[Key]:
    petition, invites = petition_of(petition_id), sitting.kind.invites
    facts = facts_now(petition)
    called = [facts.lead] if "lead" in invites and facts.lead else []
    called += sorted(facts.co) if "co" in invites else []
    rows: list[Key] = [(_UNIT, unit, None, None) for unit in called]
    # Whose petition came from below is spoken with there.
    invited = "enterprise" in invites and not facts.from_below
    return [*rows, ("enterprise", None, petition.enterprise_id, petition_id)] if invited else rows


def _tell(sitting: Sitting, rows: list[Attendance]) -> None:
    count = sum(row.party == "enterprise" for row in listing(sitting.row.id))
    key = f"invited:{sitting.row.day:%Y%m%d}"
    called = [row.unit_id for row in rows if row.unit_id]
    telling.tell_units(sitting, "meeting_notice", called, words.ITEMS_TEXT.format(count=count), key)
    for row in rows:
        if row.enterprise_id and row.petition_id:
            number = petition_of(row.petition_id).number
            telling.tell_enterprise(sitting, "meeting_invitation", row.petition_id, row.enterprise_id, number, key)


def _new(sitting: Sitting, key: Key) -> Attendance:
    party, unit, enterprise, petition = key
    return Attendance(
        meeting_id=sitting.row.id, party=party, unit_id=unit, enterprise_id=enterprise, petition_id=petition,
        clause=sitting.clause_of("notify"), invited_at=sitting.now,
    )  # fmt: skip


def _key(row: Attendance) -> Key:
    return row.party, row.unit_id, row.enterprise_id, row.petition_id


def enterprise_names(rows: Iterable[Attendance]) -> dict[UUID, str]:
    """The names of the enterprises that are to come."""
    return {row.enterprise_id: enterprises.by_id(row.enterprise_id).name for row in rows if row.enterprise_id}
