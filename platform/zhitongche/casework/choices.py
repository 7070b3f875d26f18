"""What can be chosen in a field, and what is suggested."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from zhitongche.casework import words
from zhitongche.casework.tables import Attachment, Milestone, Objection, Petition, Plan, Report
from zhitongche.flow.vocabulary import HOW, RESOLUTIONS, SATISFACTION, VERDICTS
from zhitongche.identity import units
from zhitongche.kernel import clock
from zhitongche.persistence import db

if TYPE_CHECKING:
    from uuid import UUID

    from zhitongche.tenancy.pack import Pack

Choices = tuple[tuple[str, str], ...]

FIXED: dict[str, Choices] = {
    "how": tuple(HOW.items()),
    "satisfaction": tuple(SATISFACTION.items()),
    "resolution": tuple(RESOLUTIONS.items()),
}
FROM_PACK = {
    "category": "categories",
    "matter": "matters",
    "accept_ground": "grounds_accept",
    "refusal_ground": "grounds_refuse",
}
VERDICTS_OF: dict[str, dict[str, str]] = {
    "settle": {"agree": "采纳", "disagree": "不采纳"},
    "verify": {"agree": "属实", "disagree": "不属实"},
}
"""Where “agree” would leave open with what."""
CONTACT = "contact"
"""Asked for like a document, and none: no digest is ever this."""
UNIT_NEEDS = frozenset({"lead", "co", "proposed", "should_be"})


def verdicts(verb: str) -> dict[str, str]:
    """What the two decisions of an action are called, by code."""
    return VERDICTS_OF.get(verb, VERDICTS)


class Options:
    """The choices of one action's fields; what several fields share is read once."""

    def __init__(self, pack: Pack, petition: Petition | None, verb: str = "") -> None:
        self._pack, self._petition, self._verb = pack, petition, verb

    @cached_property
    def _units(self) -> Choices:
        return tuple((str(ident), name) for ident, name in units.named("handler"))

    def of(self, need: str) -> Choices:
        """(value, label) pairs; empty where the field is not a choice."""
        if need in FIXED:
            return FIXED[need]
        if need == "verdict":
            return tuple(verdicts(self._verb).items())
        if need in UNIT_NEEDS:
            return self._units
        if need in FROM_PACK:
            return tuple((one.code, one.name) for one in getattr(self._pack, FROM_PACK[need]).values())
        if self._petition is not None and need == "into":
            return tuple((str(p.id), f"{p.number} {p.title}") for p in open_of_enterprise(self._petition))
        if self._petition is not None and need == "milestone":
            return tuple((str(m.id), f"{m.text}（{m.due_on:%Y-%m-%d}）") for m in open_milestones(self._petition.id))
        if self._petition is not None and need == "document":
            return obtainable(self._petition)
        return ()


def suggestion(need: str, pack: Pack, petition: Petition | None) -> Any:
    """A first value that saves typing; None where there is nothing sensible."""
    if need == "happened":
        return clock.local(clock.now()).strftime("%Y-%m-%dT%H:%M")
    if petition is None:
        return None
    if need in {"category", "matter"}:
        return getattr(petition, need)
    if need == "reply":
        return petition.answer
    if need in {"lead", "proposed"}:
        return _likely_unit(pack, petition)
    return None


def open_of_enterprise(petition: Petition) -> list[Petition]:
    """The enterprise's other open petitions, the newest first (ST-2.c)."""
    query = select(Petition).where(
        Petition.enterprise_id == petition.enterprise_id,
        Petition.outcome.is_(None),
        Petition.id != petition.id,
    )
    return list(db.session.scalars(query.order_by(Petition.id.desc()).limit(50)))


def open_milestones(petition_id: UUID) -> list[Milestone]:
    """Milestones still to be done of the accepted plan, in order."""
    query = (
        select(Milestone)
        .join(Plan, (Plan.tenant_id == Milestone.tenant_id) & (Plan.id == Milestone.plan_id))
        .where(Milestone.petition_id == petition_id, Plan.state == "accepted", Milestone.done_at.is_(None))
    )
    return list(db.session.scalars(query.order_by(Milestone.position)))


def obtainable(petition: Petition) -> Choices:
    """What the level below told of and has not handed over: documents by digest, and the contact in full."""
    row = db.session.scalar(select(Report).where(Report.petition_id == petition.id))
    here = set(db.session.scalars(select(Attachment.sha256).where(Attachment.petition_id == petition.id)))
    told = [one for one in row.documents if one["digest"] not in here] if row else []
    contact = () if petition.contact_mobile else ((CONTACT, words.CONTACT),)
    return (*((one["digest"], one["name"]) for one in told), *contact)


def _likely_unit(pack: Pack, petition: Petition) -> str | None:
    objection = db.session.scalar(
        select(Objection).where(Objection.petition_id == petition.id, Objection.verdict.is_(None)).limit(1)
    )
    if objection is not None:
        return str(objection.should_be)
    known = petition.lead_unit_id or petition.proposed_unit_id
    if known is not None:
        return str(known)
    matter = pack.matters.get(petition.matter)
    return str(units.by_code(matter.usual).id) if matter and matter.usual else None
