"""The written plan 一企一策 with its milestones (ST-3.3.c)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from zhitongche.casework import words
from zhitongche.casework.tables import Milestone, Plan
from zhitongche.casework.verbs.record import keep_files, keep_record
from zhitongche.kernel.errors import Invalid
from zhitongche.kernel.ids import new_id
from zhitongche.persistence import db

if TYPE_CHECKING:
    from zhitongche.casework.case import Case


def plan(case: Case) -> None:
    """The unit proposes steps with dates, none later than the date agreed with the enterprise."""
    due, steps = case.form["due"], case.form["milestones"]
    if any(day > due for _, day in steps):
        raise Invalid({"milestones": words.MILESTONE_LATE})
    row = Plan(id=new_id(), petition_id=case.petition.id, text=case.form["text"], due_on=due, proposed_at=case.now)
    db.session.add(row)
    db.session.flush()
    db.session.add_all(
        Milestone(plan_id=row.id, petition_id=case.petition.id, position=i, text=text, due_on=day)
        for i, (text, day) in enumerate(steps, 1)
    )
    keep_files(case)


def settle_plan(case: Case) -> None:
    """The task force accepts the plan, whose dates then bind, or returns it."""
    row = db.session.scalars(select(Plan).where(Plan.petition_id == case.petition.id, Plan.state == "proposed")).one()
    row.state = "accepted" if case.form["verdict"] == "agree" else "returned"
    row.settled_at = case.now
    if case.form.get("opinion"):
        keep_record(case, "opinion", case.form["opinion"])


def milestone(case: Case) -> None:
    """A step of the plan is done."""
    step = db.session.scalars(select(Milestone).where(Milestone.id == case.form["milestone"])).one()
    step.done_at = case.now
    keep_record(case, "milestone", f"{step.text}：{case.form['text']}")
