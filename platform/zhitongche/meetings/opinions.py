"""What the leader decides on each petition 处理意见: taken down at the meeting, binding once approved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from zhitongche.casework.case import load as petition_of
from zhitongche.kernel import clock
from zhitongche.meetings import words
from zhitongche.meetings.forms import reading
from zhitongche.meetings.permissions import require_role
from zhitongche.meetings.sitting import Sitting, in_hand
from zhitongche.meetings.tables import AgendaItem, Opinion
from zhitongche.persistence import db

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from zhitongche.flow.facts import Actor


def take_down(meeting_id: UUID, petition_id: UUID, actor: Actor, form: Mapping[str, Any]) -> Opinion:
    """Take down, or mend, the opinion on one petition. Form: `text`, `unit` (who does it), `co?`, `due` (a day).

    From the day of the meeting until the opinions are approved, by whoever writes up or reviews them.
    Raises NotFound, Forbidden, Refused, Invalid. RP-2.8.a, ST-1.1.2.
    """
    sitting = in_hand(meeting_id, actor, form)
    clause = sitting.clause_of("write_up")
    require_role(actor, _writers(sitting), clause)
    _require_time(sitting, petition_id, clause)
    with reading(form) as fields:
        text = fields.text("text", "处理意见", longest=2000)
        unit = fields.unit("unit", "承办单位")
        co = [one for one in fields.units("co", "协办单位") if one != unit]
        due = fields.day("due", "办理期限")
    row = of(meeting_id, petition_id) or Opinion(meeting_id=meeting_id, petition_id=petition_id)
    assert unit is not None
    row.text, row.unit_id, row.co_units, row.due_on = text, unit, [str(one) for one in co], due
    row.taken_by, row.taken_by_name, row.taken_at = actor.person_id, actor.name, sitting.now
    db.session.add(row)
    sitting.log("opinion", clause, {"petition": str(petition_id), "unit": str(unit), "due": due.isoformat()})
    return row


def of(meeting_id: UUID, petition_id: UUID) -> Opinion | None:
    """The opinion on one petition."""
    return db.session.scalar(select(Opinion).where(Opinion.meeting_id == meeting_id, Opinion.petition_id == petition_id))


def listing(meeting_id: UUID) -> list[Opinion]:
    """The opinions of a meeting, in the order of its agenda."""
    query = (
        select(Opinion)
        .join(
            AgendaItem,
            (AgendaItem.tenant_id == Opinion.tenant_id)
            & (AgendaItem.meeting_id == Opinion.meeting_id)
            & (AgendaItem.petition_id == Opinion.petition_id),
        )
        .where(Opinion.meeting_id == meeting_id)
    )
    return list(db.session.scalars(query.order_by(AgendaItem.position)))


def missing(sitting: Sitting) -> str:
    """The numbers of the petitions that the meeting dealt with and that have no opinion yet; empty where all have."""
    query = select(AgendaItem.petition_id).where(AgendaItem.meeting_id == sitting.row.id, AgendaItem.taken.is_(True))
    wanting = set(db.session.scalars(query)) - {row.petition_id for row in listing(sitting.row.id)}
    return "、".join(petition_of(petition_id).number for petition_id in sorted(wanting))


def _require_time(sitting: Sitting, petition_id: UUID, clause: str) -> None:
    if clock.today() < sitting.row.day:
        raise sitting.refuse(words.OPINION_EARLY, clause)
    if sitting.row.state not in {"fixed", "held"}:
        raise sitting.refuse(words.OPINION_CLOSED, clause)
    query = select(AgendaItem).where(AgendaItem.meeting_id == sitting.row.id, AgendaItem.petition_id == petition_id)
    item = db.session.scalar(query)
    if item is None or item.taken is False or item.final != "in":
        raise sitting.refuse(words.NOT_TAKEN, clause)


def _writers(sitting: Sitting) -> list[str]:
    steps = [sitting.kind.doing(does) for does in ("write_up", "review")]
    return [step.owes for step in steps if step is not None]
