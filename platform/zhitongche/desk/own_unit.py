"""A handler keeps the contact of the own unit correct (RP-2.3.n, ST-1.2, ST-1.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, render_template

from zhitongche.desk import guard
from zhitongche.desk.admin import words
from zhitongche.desk.admin.acting import done, over_to
from zhitongche.desk.admin.units import confirm, contact_form
from zhitongche.desk.ways import way
from zhitongche.identity import people, units
from zhitongche.kernel.errors import Forbidden
from zhitongche.tenancy.vocabulary import LEVELS, UNIT_KINDS
from zhitongche.webkit.layout import NavGroup

if TYPE_CHECKING:
    from uuid import UUID

    from flask.typing import ResponseReturnValue

    from zhitongche.flow.facts import Actor

blueprint = Blueprint("own_unit", __name__, url_prefix="/unit")


@blueprint.route("", methods=["GET", "POST"])
def show() -> ResponseReturnValue:
    """My unit: its people, and its contact to be changed or confirmed."""
    unit_id = _mine(guard.actor())
    form = contact_form(units.by_id(unit_id))
    if form.validate_on_submit() and done(form, lambda: confirm(unit_id, form)):
        return over_to("desk.own_unit.show", words.CONTACT_SAVED.format(unit=units.by_id(unit_id).name))
    page = render_template(
        "admin/unit.html", form=form, unit=units.by_id(unit_id), kinds=UNIT_KINDS, levels=LEVELS, own=True,
        colleagues=[person for person, _ in people.officials(unit_id=unit_id)],
    )  # fmt: skip
    return page, 422 if form.errors else 200


def group(actor: Actor) -> NavGroup | None:
    """The way to one's own unit; urgent where its contact was not confirmed for long."""
    if "handler" not in actor.roles or actor.unit_id is None:
        return None
    stale = actor.unit_id in {unit.id for unit in units.stale_contacts()}
    return NavGroup("本单位", (way("单位联系人", "desk.own_unit.show", "telephone", 1 if stale else None, urgent=stale),))


def _mine(actor: Actor) -> UUID:
    if "handler" not in actor.roles or actor.unit_id is None:
        raise Forbidden
    return actor.unit_id
