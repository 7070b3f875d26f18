"""Commitments 承诺: who answers, until when, by which measures; for everyone to see, and their fulfilment too (RP-3.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import select

from zhitongche.kernel.errors import Forbidden, NotFound
from zhitongche.meetings import opinions, promises, publicity, words
from zhitongche.meetings.forms import reading
from zhitongche.meetings.sitting import Sitting, in_hand
from zhitongche.meetings.tables import Commitment, Opinion
from zhitongche.persistence import db

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zhitongche.flow.facts import Actor


def publish(sitting: Sitting, petition_id: UUID, unit_id: UUID) -> Commitment:
    """Publish (or mend before it is due) a unit's commitment. Form: `subject`, `leader`, `person`, `due`, `measures`.

    `subject` is what everyone may read of the matter: the unit words it, the enterprise's own words stay with the case.
    """
    clause = sitting.clause_of("commit")
    opinion = opinions.of(sitting.row.id, petition_id)
    if opinion is None or unit_id not in units_of(opinion):
        raise sitting.refuse(words.NO_OPINION_FOR_UNIT, clause)
    with reading(sitting.form) as fields:
        subject = fields.text("subject", "公开事项名称", longest=60)
        leader = fields.text("leader", "责任领导", longest=40)
        person = fields.text("person", "具体责任人", longest=40)
        due = fields.day("due", "完成时限")
        measures = fields.text("measures", "工作措施", longest=1000)
    told = {"subject": subject, "leader": leader, "person": person, "measures": measures}
    publicity.require_discreet(petition_id, told, officials=("leader", "person"))
    row = _of(sitting.row.id, petition_id, unit_id) or Commitment(
        meeting_id=sitting.row.id, petition_id=petition_id, unit_id=unit_id, published_at=sitting.now,
        published_by=sitting.actor.person_id,
    )  # fmt: skip
    row.subject, row.leader, row.person, row.due_on, row.measures = subject, leader, person, due, measures
    db.session.add(row)
    sitting.log("commitment", clause, {"petition": str(petition_id), "unit": str(unit_id), "due": due.isoformat()})
    return row


def fulfil(commitment_id: UUID, actor: Actor, form: Mapping[str, Any]) -> Commitment:
    """The unit says that it has done what it published. Form: `result`. Raises NotFound, Forbidden, Refused, Invalid."""
    row = db.session.scalar(select(Commitment).where(Commitment.id == commitment_id).with_for_update())
    if row is None:
        raise NotFound
    sitting = in_hand(row.meeting_id, actor, form)
    clause = sitting.clause_of("commit")
    if "handler" not in actor.roles or actor.unit_id != row.unit_id:
        raise Forbidden(words.NOT_YOUR_PART.format(who="承诺单位"), clause)
    if row.fulfilled_at is not None:
        raise sitting.refuse(words.DONE_BEFORE, clause)
    with reading(form) as fields:
        result = fields.text("result", "落实情况", longest=500)
    publicity.require_discreet(row.petition_id, {"result": result})
    row.result, row.fulfilled_at = result, sitting.now
    promises.fulfilled(row, actor, clause)
    sitting.log("fulfilled", clause, {"commitment": str(row.id)})
    return row


def follow_opinions(sitting: Sitting) -> None:
    """What a unit published that the opinion no longer names is void; a unit that was given another case has to publish again."""
    for row in listing(sitting.row.id):
        opinion = opinions.of(sitting.row.id, row.petition_id)
        if opinion is None or row.unit_id not in units_of(opinion):
            sitting.log("voided", sitting.clause_of("commit"), {"petition": str(row.petition_id), "unit": str(row.unit_id)})
            db.session.delete(row)
    db.session.flush()
    for step in sitting.steps:
        if step.does == "commit" and step.met_at and step.unit_id and owing(sitting.row.id, step.unit_id):
            step.met_at, step.met_by, step.met_by_name = None, None, ""
    db.session.flush()


def owing(meeting_id: UUID, unit_id: UUID) -> list[Opinion]:
    """The opinions of a meeting for which the unit has yet to publish its commitment."""
    published = {row.petition_id for row in listing(meeting_id) if row.unit_id == unit_id}
    return [one for one in opinions.listing(meeting_id) if one.unit_id == unit_id and one.petition_id not in published]


def units_of(opinion: Opinion) -> set[UUID]:
    """Who may commit itself on an opinion: the unit that it names, and those beside it."""
    return {opinion.unit_id, *(UUID(one) for one in opinion.co_units)}


def listing(meeting_id: UUID) -> list[Commitment]:
    """All commitments that a meeting led to."""
    query = select(Commitment).where(Commitment.meeting_id == meeting_id)
    return list(db.session.scalars(query.order_by(Commitment.due_on, Commitment.id)))


def _of(meeting_id: UUID, petition_id: UUID, unit_id: UUID) -> Commitment | None:
    return db.session.scalar(
        select(Commitment).where(
            Commitment.meeting_id == meeting_id, Commitment.petition_id == petition_id, Commitment.unit_id == unit_id
        )
    )
