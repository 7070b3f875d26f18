"""The units' replies: the lead unit's, and each co-organizer's own part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from zhitongche.casework.tables import CoPart
from zhitongche.casework.verbs.record import keep_files
from zhitongche.persistence import db

if TYPE_CHECKING:
    from zhitongche.casework.case import Case


def reply(case: Case) -> None:
    """The lead unit's answer; where the flow lets it go straight to the enterprise, it is the answer (ST-3.3.b)."""
    petition = case.petition
    petition.answer = case.form["reply"]
    petition.resolution = case.form["resolution"]
    petition.answered_at = case.now
    keep_files(case)


def reply_part(case: Case) -> None:
    """One co-organizer's own part."""
    part = db.session.scalars(
        select(CoPart).where(CoPart.petition_id == case.petition.id, CoPart.unit_id == case.actor.unit_id)
    ).one()
    part.reply, part.replied_at = case.form["reply"], case.now
    keep_files(case)
