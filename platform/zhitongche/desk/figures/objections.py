"""不应计入: a unit's handler objects to a petition being counted against the unit; it is decided with a reason, and listed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for

from zhitongche.casework.queries import listing, names
from zhitongche.desk import guard
from zhitongche.desk.admin.acting import done
from zhitongche.desk.figures import definition, opening, picking, seeing, words
from zhitongche.kernel.errors import Forbidden, NotFound
from zhitongche.statistics import definitions, objections
from zhitongche.webkit.forms import FieldSpec, build_form

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flask.typing import ResponseReturnValue

    from zhitongche.casework.queries.listing import Item
    from zhitongche.flow.facts import Actor
    from zhitongche.statistics.definitions import Figure
    from zhitongche.statistics.tables import FigureObjection

blueprint = Blueprint("objections", __name__)
PAGE: Final = 20
_REASON: Final = FieldSpec("reason", "理由", "longtext", max_length=500, min_length=4, hint="写明为什么这件不应计入，例如“停电致平台无法登录，附停电公告文号”。")
_DECISION: Final = (
    FieldSpec("verdict", "裁定", "radio", choices=tuple(objections.VERDICTS.items())),
    FieldSpec("reason", "裁定理由", "longtext", max_length=500, min_length=4),
)


@dataclass(frozen=True, slots=True)
class Line:
    """An objection with what it is about; `petition` None where the reader may not read it."""

    row: FigureObjection
    figure: Figure | None
    petition: Item | None
    unit: str
    raised_by: str
    decided_by: str


@blueprint.get("/objections")
def show() -> str:
    """What waits for a decision, then what was decided, the latest first."""
    actor = guard.actor()
    seeing.require_any(actor)
    rows = objections.listing(actor, after=_mark(request.args.get("after")), limit=PAGE + 1)
    following = rows[PAGE - 1].id if len(rows) > PAGE else None
    return render_template(
        "figures/objections.html", lines=_lines(actor, rows[:PAGE]), following=following, verdicts=words.VERDICTS,
        decides=bool(actor.roles & objections.DECIDERS),
    )  # fmt: skip


@blueprint.route("/<figure>/petitions/<uuid:petition_id>/objection", methods=["GET", "POST"])
def raising(figure: str, petition_id: UUID) -> ResponseReturnValue:
    """The form in which a handler says why a petition should not count against the unit."""
    actor, told = guard.actor(), definition.by_code(figure)
    if seeing.own_unit(actor) is None:
        raise Forbidden
    petition = listing.by_ids(actor, [petition_id]).get(petition_id)
    if petition is None:
        raise NotFound
    form = build_form((_REASON,))
    if form.validate_on_submit() and done(form, lambda: objections.raise_objection(petition_id, figure, form.values()["reason"], actor)):
        flash(words.OBJECTED, "success")
        return redirect(url_for("desk.figures.objections.show"), 303)
    page = render_template(
        "figures/raising.html", form=form, figure=told, petition=petition,
        back=opening.behind_url(told, picking.read(request.args).query, unit=actor.unit_id),
    )  # fmt: skip
    return page, 422 if form.errors else 200


@blueprint.route("/objections/<uuid:objection_id>", methods=["GET", "POST"])
def one(objection_id: UUID) -> ResponseReturnValue:
    """One objection, with the form of whoever decides."""
    actor = guard.actor()
    seeing.require_any(actor)
    row = objections.by_id(objection_id, actor)
    decides = row.verdict is None and bool(actor.roles & objections.DECIDERS)
    if request.method == "POST" and not actor.roles & objections.DECIDERS:
        raise Forbidden
    form = build_form(_DECISION)
    if form.validate_on_submit() and done(form, lambda: objections.decide(objection_id, **form.values(), actor=actor)):
        flash(words.DECIDED[form.values()["verdict"]], "success")
        return redirect(url_for("desk.figures.objections.show"), 303)
    (line,) = _lines(actor, [row])
    page = render_template("figures/objection.html", line=line, form=form if decides else None, verdicts=words.VERDICTS)
    return page, 422 if form.errors else 200


def _lines(actor: Actor, rows: list[FigureObjection]) -> list[Line]:
    known = definitions.current().figures
    petitions = listing.by_ids(actor, {row.petition_id for row in rows})
    units = names.of_units(row.unit_id for row in rows)
    people = names.of_people(_people(rows))
    return [
        Line(
            row, known.get(row.figure), petitions.get(row.petition_id), units.get(row.unit_id, "—"), people.get(row.raised_by, "—"),
            people.get(row.decided_by, "—") if row.decided_by else "",
        )
        for row in rows
    ]  # fmt: skip


def _people(rows: Iterable[FigureObjection]) -> list[UUID | None]:
    return [person for row in rows for person in (row.raised_by, row.decided_by)]


def _mark(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        raise NotFound from None
