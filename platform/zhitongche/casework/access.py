"""Who may read a petition (ST-5.1): those with a duty in it, and those with an approved request."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import and_, exists, false, or_, select, true

from zhitongche.casework.tables import CoPart, Disclosure, Petition, ReadLog
from zhitongche.casework.tables.petition import BRIDGE
from zhitongche.kernel import clock
from zhitongche.kernel.errors import NotFound
from zhitongche.persistence import db

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

    from zhitongche.flow.facts import Actor

EVERY_CASE: Final = frozenset({"triage", "leader", "office", "supervision"})
"""Roles whose duty is every case of their tenant; an administrator's duty is none."""

ENTRY_SOURCES: Final = {"window": "window", "hotline": "hotline"}


def readable(actor: Actor) -> ColumnElement[bool]:
    """The condition on petitions that this actor may read, for every list and every load."""
    if actor.kind == "system":
        return true()
    if actor.kind == "enterprise":
        # What came from below is its sender's to read there, not here.
        return and_(Petition.enterprise_id == actor.enterprise_id, Petition.source != BRIDGE) if actor.enterprise_id else false()
    if reads_all(actor):
        return true()
    return or_(false(), *_duties(actor), _disclosed(actor))


def reads_all(actor: Actor) -> bool:
    """Whether every case of the tenant is this official's duty."""
    return actor.kind == "official" and bool(actor.roles & EVERY_CASE)


def _duties(actor: Actor) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if "handler" in actor.roles and actor.unit_id is not None:
        in_part = exists().where(
            CoPart.tenant_id == Petition.tenant_id, CoPart.petition_id == Petition.id, CoPart.unit_id == actor.unit_id
        )
        found += [Petition.lead_unit_id == actor.unit_id, Petition.proposed_unit_id == actor.unit_id, in_part]
    if "reviewer" in actor.roles:
        found.append(Petition.registration != "matched")
    found += [and_(Petition.source == s, Petition.entered_by == actor.person_id) for r, s in ENTRY_SOURCES.items() if r in actor.roles]
    return found


def _disclosed(actor: Actor) -> ColumnElement[bool]:
    return exists().where(
        Disclosure.tenant_id == Petition.tenant_id,
        Disclosure.petition_id == Petition.id,
        Disclosure.person_id == actor.person_id,
        Disclosure.state == "approved",
        Disclosure.until > clock.now(),
    )


def may_read(actor: Actor, petition: Petition) -> bool:
    """Whether the actor may read this petition now; the common cases need no question to the database."""
    if reads_all(actor):
        return True
    if actor.kind == "enterprise":
        return actor.enterprise_id is not None and actor.enterprise_id == petition.enterprise_id and petition.source != BRIDGE
    if "handler" in actor.roles and actor.unit_id in {petition.lead_unit_id, petition.proposed_unit_id} - {None}:
        return True
    query = select(Petition.id).where(Petition.id == petition.id, readable(actor))
    return db.session.scalar(query) is not None


def require_read(actor: Actor, petition: Petition) -> None:
    """Raise NotFound, the same as for a petition that does not exist, where the actor may not read it."""
    if not may_read(actor, petition):
        raise NotFound


def opened(actor: Actor, petition: Petition, why: str) -> None:
    """Log that an official opened the dossier; an enterprise reading its own leaves no row."""
    if actor.kind != "official" or actor.person_id is None:
        return
    db.session.add(
        ReadLog(petition_id=petition.id, person_id=actor.person_id, person_name=actor.name, unit_id=actor.unit_id, at=clock.now(), why=why)
    )
