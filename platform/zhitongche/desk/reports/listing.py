"""All reports, and the form by which one asks for another, of any period."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for

from zhitongche.desk import guard
from zhitongche.desk.reports import words
from zhitongche.kernel import clock
from zhitongche.kernel.errors import Invalid
from zhitongche.persistence import unit_of_work
from zhitongche.statistics import Period
from zhitongche.statistics.reports import asking
from zhitongche.statistics.reports import words as report_words
from zhitongche.tenancy import current
from zhitongche.webkit.forms import FieldSpec, PackForm, apply_errors, build_form

if TYPE_CHECKING:
    from datetime import date

    from flask.typing import ResponseReturnValue

blueprint = Blueprint("listing", __name__)


@blueprint.route("", methods=["GET", "POST"])
def show() -> ResponseReturnValue:
    """What there is, what is in the making, and the form."""
    actor, form = guard.actor(), _form()
    if form.validate_on_submit():
        told = form.values()
        try:
            with unit_of_work():
                asking.ask(told["first"], told["last"], told["parts"], told["formats"], actor)
        except Invalid as error:
            apply_errors(form, error)
        else:
            flash(words.ASKED, "success")
            return redirect(url_for("desk.reports.listing.show"), 303)
    routines = [one for one in current.pack().routines if one.kind == "report"]
    page = render_template(
        "reports/listing.html", form=form, regular=asking.regular(actor), mine=asking.mine(actor), presets=_presets(), routines=routines,
        kinds=report_words.KINDS,
    )  # fmt: skip
    return page, 422 if form.errors else 200


@blueprint.get("/<uuid:report_id>/progress")
def progress(report_id: UUID) -> str:
    """One line of the list, asked for again and again by the page while it is under way."""
    return render_template("reports/job.html", job=asking.one(report_id, guard.actor()))


def _form() -> PackForm:
    parts = tuple(report_words.PARTS.items())
    formats = tuple(report_words.FORMATS.items())
    specs = (
        FieldSpec("first", "起始日", "date"),
        FieldSpec("last", "截止日", "date", hint=words.TODAY_TOO),
        FieldSpec("parts", "包含内容", "multi", choices=parts, hint=words.EVERYTHING),
        FieldSpec("formats", "文件格式", "multi", choices=formats),
    )
    month = Period.month(clock.today())
    usual = {"first": _day("first", month.first), "last": _day("last", clock.today()), "parts": [*report_words.PARTS], "formats": [*report_words.FORMATS]}
    return build_form(specs, usual)


def _day(name: str, usual: date) -> date:
    try:
        return clock.day_of(request.args.get(name, ""))
    except ValueError:
        return usual


def _presets() -> list[tuple[str, str]]:
    """Usual periods, up to today, as (name, address)."""
    today = clock.today()
    month, quarter = Period.month(today), Period.quarter(today)
    periods = (month, month.previous(), quarter, quarter.previous(), Period.year(today))
    return [
        (name, url_for("desk.reports.listing.show", first=one.first, last=min(one.last, today), _anchor="new"))
        for name, one in zip(words.PRESETS, periods, strict=True)
    ]
