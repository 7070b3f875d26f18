"""An objection to an assignment, and what the bureau decides (RP-2.3.c)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from zhitongche.casework import words
from zhitongche.casework.tables import CoPart, Objection
from zhitongche.casework.verbs.assign import name_units
from zhitongche.kernel.errors import Invalid
from zhitongche.persistence import db

if TYPE_CHECKING:
    from zhitongche.casework.case import Case


def object_(case: Case) -> None:
    """The unit says why not it, and who instead; once per unit and petition."""
    petition = case.petition
    if case.form["should_be"] == petition.lead_unit_id or petition.lead_unit_id is None:
        raise Invalid({"should_be": words.NOT_OWN})
    db.session.add(
        Objection(
            petition_id=petition.id, unit_id=petition.lead_unit_id, should_be=case.form["should_be"],
            reason=case.form["reason"], raised_at=case.now,
        )
    )  # fmt: skip


def settle(case: Case) -> None:
    """Assign to another unit, or uphold; the case's own clock runs on under whoever owes it."""
    petition = case.petition
    objection = db.session.scalars(
        select(Objection).where(Objection.petition_id == petition.id, Objection.verdict.is_(None))
    ).one()
    objection.verdict, objection.decided_at = case.form["verdict"], case.now
    objection.decision_reason = case.form.get("reason")
    if objection.verdict == "agree":
        lead = case.form.get("lead")
        if lead is None:
            raise Invalid({"lead": words.LEAD_NEEDED})
        if lead == petition.lead_unit_id:
            raise Invalid({"lead": words.OTHER_LEAD})
        co = db.session.scalars(select(CoPart.unit_id).where(CoPart.petition_id == petition.id, CoPart.unit_id != lead))
        name_units(case, lead, list(co))
    else:
        # The form suggests whom the objection names; an assignment that stands names nobody anew.
        case.form = {name: value for name, value in case.form.items() if name != "lead"}
