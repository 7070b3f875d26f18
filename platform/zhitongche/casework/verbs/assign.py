"""Name the units that handle: propose, assign, fix with an opinion, hand out by opinion."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from zhitongche.casework import clocks, words
from zhitongche.casework.tables import CoPart
from zhitongche.casework.verbs.record import keep_record
from zhitongche.kernel.errors import Invalid
from zhitongche.persistence import db

if TYPE_CHECKING:
    from uuid import UUID

    from zhitongche.casework.case import Case


def propose(case: Case) -> None:
    """Accept on a ground and ask a unit whether it takes the petition (ST-2.a, ST-3.2.a)."""
    _sort(case)
    case.petition.proposed_unit_id = case.form["proposed"]
    if case.form.get("opinion"):
        keep_record(case, "opinion", case.form["opinion"])


def assign(case: Case) -> None:
    """Accept and name lead unit and co-organizers at once (RP-2.3.a)."""
    _sort(case)
    name_units(case, case.form["lead"], case.form.get("co") or [])
    if case.form.get("opinion"):
        keep_record(case, "opinion", case.form["opinion"])


def fix(case: Case) -> None:
    """Fix lead unit and co-organizers with the transfer opinion; a leader may have to approve (ST-3.2.b)."""
    name_units(case, case.form["lead"], case.form.get("co") or [])
    case.petition.transfer_opinion = case.form["opinion"]
    case.petition.leader_needed = bool(case.form.get("leader_needed"))


def hand_out(case: Case) -> None:
    """Hand the leader's opinion to the unit, with its limit (RP-2.8.a, RP-2.9)."""
    petition = case.petition
    lead, co = case.form.get("lead") or petition.lead_unit_id, case.form.get("co") or _co_units(case)
    if lead and (lead, set(co)) != (petition.lead_unit_id, set(_co_units(case))):
        name_units(case, lead, [unit for unit in co if unit != lead])
    petition.opinion_due = case.form["due"]
    handed(case)
    keep_record(case, "opinion", case.form["opinion"])


def name_units(case: Case, lead: UUID, co: list[UUID]) -> None:
    """Set the lead unit and the co-organizers; parts already replied stay as they are."""
    if lead in co:
        raise Invalid({"co": words.SAME_UNIT})
    petition = case.petition
    petition.lead_unit_id = lead
    gone = delete(CoPart).where(CoPart.petition_id == petition.id, CoPart.replied_at.is_(None), CoPart.unit_id.not_in(co))
    db.session.execute(gone)
    known = set(_co_units(case))
    db.session.add_all(CoPart(petition_id=petition.id, unit_id=unit) for unit in co if unit not in known)
    clocks.hand_over(case.running, lead)
    handed(case)


def handed(case: Case) -> None:
    """The lead unit has it from now on and owes the enterprise a first contact."""
    case.petition.handed_at = case.now
    case.petition.contacted = False


def _co_units(case: Case) -> list[UUID]:
    return list(db.session.scalars(select(CoPart.unit_id).where(CoPart.petition_id == case.petition.id)))


def _sort(case: Case) -> None:
    case.petition.accept_ground = case.form["accept_ground"]
    case.petition.category = case.form.get("category") or case.petition.category
    case.petition.matter = case.form.get("matter") or case.petition.matter
