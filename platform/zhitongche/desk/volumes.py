"""Dossiers bound into volumes 案卷汇编: a year's closed petitions of a unit, or of all (ST-3.7)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for

from zhitongche.casework.queries import dossier as cases
from zhitongche.desk import guard, words
from zhitongche.desk.dossier import WHY
from zhitongche.documents.dossier import asking
from zhitongche.documents.dossier import words as dossier_words
from zhitongche.identity import units
from zhitongche.kernel.errors import Invalid
from zhitongche.persistence import unit_of_work
from zhitongche.webkit.forms import FieldSpec, PackForm, apply_errors, build_form

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from zhitongche.flow.facts import Actor

blueprint = Blueprint("volumes", __name__, url_prefix="/volumes")


@blueprint.before_request
def _require() -> None:
    asking.require_binder(guard.actor())


@blueprint.route("", methods=["GET", "POST"])
def show() -> ResponseReturnValue:
    """The form for a volume, and the volumes that I asked for."""
    actor = guard.actor()
    form = _form(actor)
    if form.validate_on_submit():
        values = form.values()
        try:
            with unit_of_work():
                asking.ask_volume(int(values["year"]), UUID(values["unit"]) if values["unit"] else None, values["why"], actor)
        except Invalid as error:
            apply_errors(form, error)
        else:
            flash(words.DOSSIER_ASKED, "success")
            return redirect(url_for("desk.volumes.show"), 303)
    names = {unit.id: unit.name for unit in units.listing(with_inactive=True)}
    page = render_template("desk/volumes.html", form=form, jobs=asking.volumes(actor), unit_names=names, any_year=bool(cases.years(actor)))
    return page, 422 if form.errors else 200


def _form(actor: Actor) -> PackForm:
    years = [(str(year), f"{year} 年") for year in cases.years(actor)]
    of = [(str(unit.id), unit.name) for unit in units.listing(with_inactive=True)]
    return build_form((
        FieldSpec("year", "办结年度", "choice", choices=years),
        FieldSpec("unit", "主办单位", "choice", required=False, choices=of, hint=f"不选则为{dossier_words.ALL_UNITS}；每卷最多 {cases.LARGEST} 件。"),
        WHY,
    ))  # fmt: skip
