"""The units of the tenant: taken over from the pack, kept correct by themselves."""

import re
from datetime import timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import bindparam, or_, select

from zhitongche.flow.facts import Actor
from zhitongche.identity import fields, words
from zhitongche.identity.permissions import require
from zhitongche.identity.tables import Unit
from zhitongche.kernel import clock, identifiers
from zhitongche.kernel.errors import Invalid, NotFound
from zhitongche.persistence import current_tenant, db
from zhitongche.tenancy.pack import Pack
from zhitongche.tenancy.parts import Unit as UnitOfPack

_PHONE = re.compile(r"[0-9 ()+-]{3,30}")
# Kept, since nearly every page asks.
_ALL: Final = select(Unit).order_by(Unit.position, Unit.code)
_ACTIVE: Final = _ALL.where(Unit.active)
_OF_ROLE: Final = select(Unit).where(Unit.active, Unit.roles.contains(bindparam("role"))).order_by(Unit.position)
_NAMED: Final = _OF_ROLE.with_only_columns(Unit.id, Unit.name)
_KINDS: Final = select(Unit.id, Unit.kind).where(Unit.id.in_(bindparam("ids", expanding=True)))


def sync(pack: Pack) -> None:
    """Take over the pack's units; those it no longer names become inactive. A confirmed contact stays."""
    known = {unit.code: unit for unit in db.session.scalars(select(Unit))}
    for position, told in enumerate(pack.units):
        unit = known.pop(told.code, None)
        if unit is None:
            unit = Unit(code=told.code)
            db.session.add(unit)
        _take_over(unit, told, position)
    for gone in known.values():
        gone.active = False
    db.session.flush()


def listing(*, with_inactive: bool = False) -> list[Unit]:
    """The units in the pack's order."""
    return list(db.session.scalars(_ALL if with_inactive else _ACTIVE))


def by_code(code: str) -> Unit:
    """The unit; raises NotFound."""
    return _found(db.session.scalar(select(Unit).where(Unit.code == code)))


def by_id(unit_id: UUID) -> Unit:
    """The unit; raises NotFound."""
    # Whoever holds the row already is not made to ask again.
    return _found(db.session.get(Unit, (current_tenant(), unit_id)))


def of_role(role: str) -> list[Unit]:
    """The active units whose people may hold the role."""
    return list(db.session.scalars(_OF_ROLE, {"role": [role]}))


def named(role: str) -> list[tuple[UUID, str]]:
    """Ids and names of the active units whose people may hold the role, for a list to choose from."""
    return [(ident, name) for ident, name in db.session.execute(_NAMED, {"role": [role]})]


def kinds(unit_ids: frozenset[UUID]) -> dict[UUID, str]:
    """The kind of each unit."""
    return dict(db.session.execute(_KINDS, {"ids": list(unit_ids)}).all()) if unit_ids else {}


def confirm_contact(unit_id: UUID, *, name: str, mobile: str, phone: str = "", by: Actor) -> Unit:
    """The unit registers its contact or confirms it as correct; raises Invalid, Forbidden, NotFound.

    By the unit's own handlers or an administrator. RP-2.3.n, ST-1.2, ST-1.3.
    """
    unit = by_id(unit_id)
    own = "handler" in by.roles and by.unit_id == unit.id
    require(own or "admin" in by.roles or by.kind == "system")
    with fields.collecting() as form:
        name = form.take("contact_name", lambda: fields.text(name, "contact_name", words.CONTACT_EMPTY, 40))
        mobile = form.take("contact_mobile", lambda: identifiers.mobile(mobile, "contact_mobile"))
        phone = form.take("contact_phone", lambda: _phone(phone))
    unit.contact_name, unit.contact_mobile, unit.contact_phone = name, mobile, phone or None
    unit.contact_confirmed_at = clock.now()
    db.session.flush()
    return unit


def stale_contacts(older_than_days: int = 90) -> list[Unit]:
    """Active units whose contact is missing or was not confirmed for so long. RP-2.3.n."""
    limit = clock.now() - timedelta(days=older_than_days)
    stale = or_(Unit.contact_confirmed_at.is_(None), Unit.contact_confirmed_at < limit)
    return list(db.session.scalars(select(Unit).where(Unit.active, stale).order_by(Unit.position)))


def _take_over(unit: Unit, told: UnitOfPack, position: int) -> None:
    unit.name, unit.short, unit.kind = told.name, told.short, told.kind
    unit.level, unit.area, unit.roles = told.level, told.area, sorted(told.roles)
    unit.position, unit.active = position, True
    if unit.contact_confirmed_at is None and told.contact:
        unit.contact_name, unit.contact_mobile = told.contact.name, told.contact.mobile
        unit.contact_phone = told.contact.phone or None


def _phone(text: str) -> str:
    text = text.strip()
    if text and not _PHONE.fullmatch(text):
        raise Invalid({"contact_phone": words.PHONE_FORM})
    return text


def _found(unit: Unit | None) -> Unit:
    if unit is None:
        raise NotFound
    return unit
