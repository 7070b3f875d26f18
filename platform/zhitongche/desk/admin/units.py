"""Units and their contacts (单位与联系人): who is told when a petition is handed over (RP-2.3.n, ST-1.2, ST-1.3)."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING
from uuid import UUID

from flask import Blueprint, render_template, request

from zhitongche.desk import guard
from zhitongche.desk.admin import words
from zhitongche.desk.admin.acting import done, over_to
from zhitongche.identity import units
from zhitongche.tenancy.vocabulary import LEVELS, UNIT_KINDS
from zhitongche.webkit.forms import FieldSpec, build_form

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from zhitongche.identity.tables import Unit
    from zhitongche.webkit.forms import PackForm

blueprint = Blueprint("units", __name__, url_prefix="/units")


@blueprint.get("")
def show() -> str:
    """All units with their contacts; those not confirmed for long stand out."""
    stale = {unit.id for unit in units.stale_contacts()}
    wanted = {name: request.args.get(name, "")[:40] for name in ("q", "kind", "state")}
    rows = [unit for unit in units.listing() if _fits(unit, wanted, stale)]
    kinds = {unit.kind for unit in units.listing()}
    filters = [
        SimpleNamespace(name="kind", label="类别", value=wanted["kind"], choices=[(k, n) for k, n in UNIT_KINDS.items() if k in kinds]),
        SimpleNamespace(name="state", label="联系人", value=wanted["state"], choices=tuple(words.UNIT_STATES.items())),
    ]
    return render_template("admin/units.html", rows=rows, stale=stale, kinds=UNIT_KINDS, filters=filters, q=wanted["q"])


@blueprint.route("/<uuid:unit_id>", methods=["GET", "POST"])
def edit(unit_id: UUID) -> ResponseReturnValue:
    """Register or confirm a unit's contact."""
    unit = units.by_id(unit_id)
    form = contact_form(unit)
    if form.validate_on_submit() and done(form, lambda: confirm(unit_id, form)):
        return over_to("desk.admin.units.show", words.CONTACT_SAVED.format(unit=units.by_id(unit_id).name))
    page = render_template("admin/unit.html", form=form, unit=units.by_id(unit_id), kinds=UNIT_KINDS, levels=LEVELS, own=False)
    return page, 422 if form.errors else 200


def contact_form(unit: Unit) -> PackForm:
    """The contact as it stands, to be changed or confirmed."""
    return build_form((
        FieldSpec("contact_name", "联系人姓名", max_length=40, autocomplete="off"),
        FieldSpec("contact_mobile", "联系人手机", "mobile", hint="每件交办的诉求都会向此号码发送短信"),
        FieldSpec("contact_phone", "办公电话", required=False, max_length=30, autocomplete="off"),
    ), {"contact_name": unit.contact_name, "contact_mobile": unit.contact_mobile, "contact_phone": unit.contact_phone})  # fmt: skip


def confirm(unit_id: UUID, form: PackForm) -> Unit:
    """Keep what was filled in. Raises Invalid, Forbidden."""
    values = form.values()
    return units.confirm_contact(
        unit_id, name=values["contact_name"], mobile=values["contact_mobile"], phone=values["contact_phone"] or "", by=guard.actor()
    )


def _fits(unit: Unit, wanted: dict[str, str], stale: set[UUID]) -> bool:
    return (
        (not wanted["q"] or any(wanted["q"] in text for text in (unit.name, unit.short, unit.contact_name or "")))
        and (not wanted["kind"] or unit.kind == wanted["kind"])
        and (not wanted["state"] or (unit.id in stale) == (wanted["state"] == "stale"))
    )
