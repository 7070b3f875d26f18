"""Standing in (代办), as the administrator registers and ends it for others."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from flask import Blueprint, render_template

from zhitongche.desk import guard
from zhitongche.desk.admin import words
from zhitongche.desk.admin.acting import done, over_to
from zhitongche.identity import people, stand_in
from zhitongche.kernel import clock
from zhitongche.persistence import unit_of_work
from zhitongche.webkit.forms import FieldSpec, build_form

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from zhitongche.webkit.forms import PackForm

blueprint = Blueprint("stand_ins", __name__, url_prefix="/stand-ins")
SHOWN = 100


@blueprint.route("", methods=["GET", "POST"])
def show() -> ResponseReturnValue:
    """All records, the newest first, and the form for a new one."""
    form = _form()
    if form.validate_on_submit() and done(form, lambda: _create(form)):
        return over_to("desk.admin.stand_ins.show", words.STAND_IN_MADE)
    names = {person.id: f"{person.name}（{unit.short if unit else '—'}）" for person, unit in people.officials(with_inactive=True)}
    page = render_template("admin/stand_ins.html", form=form, rows=stand_in.listing()[:SHOWN], names=names, now=clock.now())
    return page, 422 if form.errors else 200


@blueprint.post("/<uuid:record_id>/end")
def end(record_id: UUID) -> ResponseReturnValue:
    """End one before its time."""
    with unit_of_work():
        stand_in.end(record_id, by=guard.actor())
    return over_to("desk.admin.stand_ins.show", words.STAND_IN_ENDED)


def _create(form: PackForm) -> object:
    values = form.values()
    return stand_in.create(
        absent_id=UUID(values["absent"]), stand_in_id=UUID(values["stand_in"]), since=values["since"], until=values["until"],
        reason=values["reason"], by=guard.actor(),
    )  # fmt: skip


def _form() -> PackForm:
    everybody = [(str(person.id), f"{person.name}（{unit.short if unit else '—'}）") for person, unit in people.officials()]
    return build_form((
        FieldSpec("absent", "被代办人", "choice", choices=everybody),
        FieldSpec("stand_in", "代办人", "choice", choices=everybody),
        FieldSpec("since", "开始时间", "datetime"),
        FieldSpec("until", "结束时间", "datetime", hint=f"到时自动结束，最长{stand_in.LONGEST.days}天"),
        FieldSpec("reason", "事由", max_length=200, hint="例如：外出参加培训"),
    ), {"since": clock.now()})  # fmt: skip
