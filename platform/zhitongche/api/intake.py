"""An order of the hotline becomes a petition, once (RP-2.2.a, ST-3.1.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from zhitongche.api import words
from zhitongche.api.tables import ApiOrder
from zhitongche.casework import access
from zhitongche.casework.case import load
from zhitongche.casework.intake import accepted_sources, clean_intake
from zhitongche.casework.register import register
from zhitongche.identity import enterprises, keyed
from zhitongche.identity.enterprises import EnterpriseForm
from zhitongche.identity.register import compared
from zhitongche.kernel import identifiers
from zhitongche.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from zhitongche.kernel.ids import new_id
from zhitongche.persistence import db, unit_of_work
from zhitongche.tenancy import current

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from zhitongche.api.keys import Holder
    from zhitongche.identity.tables import Enterprise

SOURCE = "hotline"


def take(order: str, sent: Mapping[str, Any], holder: Holder) -> tuple[UUID, bool]:
    """The order's petition, and whether it was made now; sent again it is found again.

    Raises Forbidden, Invalid by field, Conflict.
    """
    _require_hotline(holder)
    typed = {**sent, "order_number": order}
    try:
        with unit_of_work():
            return _found(order, typed, holder) or (_made(order, typed, holder), True)
    except (IntegrityError, Conflict):
        # The same order came twice at the same moment; the other one may have been first.
        with unit_of_work():
            found = _found(order, typed, holder)
        if found is None:
            raise
        return found


def _require_hotline(holder: Holder) -> None:
    if not current.pack().takes_petitions:
        raise NotFound(words.TAKES_NONE)
    if holder.kind != SOURCE or SOURCE not in dict(accepted_sources(current.pack(), holder.actor.roles)):
        raise Forbidden(words.READ_ONLY)


def _found(order: str, typed: Mapping[str, Any], holder: Holder) -> tuple[UUID, bool] | None:
    known = db.session.scalar(select(ApiOrder).where(ApiOrder.number == order))
    if known is None:
        return None
    petition = load(known.petition_id)
    if not access.may_read(holder.actor, petition):
        raise Invalid({"header:Idempotency-Key": words.ORDER_FOREIGN})
    if known.digest != _digest(typed):
        raise Invalid({"header:Idempotency-Key": words.ORDER_CHANGED.format(number=petition.number)})
    return petition.id, False


def _made(order: str, typed: Mapping[str, Any], holder: Holder) -> UUID:
    enterprise = _enterprise(typed)
    intake = clean_intake(current.pack(), typed, enterprise_id=enterprise.id, source=SOURCE)
    petition = register(intake, holder.actor)
    db.session.add(ApiOrder(number=order, petition_id=petition.id, key_id=holder.key_id, digest=_digest(typed)))
    db.session.flush()
    return petition.id


def _enterprise(typed: Mapping[str, Any]) -> Enterprise:
    """The enterprise found by its code, or noted down; every fault of the order is told at once. Raises Invalid."""
    errors: dict[str, str] = {}
    try:
        code = identifiers.credit_code(typed["credit_code"])
    except Invalid as error:
        errors |= error.errors
    known = None if errors else enterprises.by_code(code)
    name = typed["enterprise_name"].strip()
    if not errors and known is None and not name:
        errors["enterprise_name"] = words.NO_NAME
    if known is not None and name and compared(name) != compared(known.name):
        errors["enterprise_name"] = words.OTHER_NAME.format(name=known.name)
    try:
        clean_intake(current.pack(), typed, enterprise_id=known.id if known else new_id(), source=SOURCE)
    except Invalid as error:
        errors |= error.errors
    if errors:
        raise Invalid(errors)
    return known or _noted(EnterpriseForm(code, name, "", "", "", typed["area"], typed["address"]))


def _noted(form: EnterpriseForm) -> Enterprise:
    try:
        return enterprises.record(form)
    except Invalid as error:
        raise Invalid({"enterprise_name" if field == "name" else field: said for field, said in error.errors.items()}) from error


def _digest(typed: Mapping[str, Any]) -> str:
    return keyed.digest("api_order", *(f"{name}={typed[name]}" for name in sorted(typed)))
