"""Asking to read a dossier without a duty in it, and deciding on such requests (ST-5.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for

from zhitongche.casework import disclosures
from zhitongche.desk import guard, words
from zhitongche.kernel import clock
from zhitongche.kernel.errors import Invalid
from zhitongche.persistence import unit_of_work
from zhitongche.webkit.forms import FieldSpec, apply_errors, build_form

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue
    from werkzeug.wrappers import Response

    from zhitongche.webkit.forms import PackForm

blueprint = Blueprint("disclosures", __name__, url_prefix="/disclosures")


@blueprint.route("", methods=["GET", "POST"])
def show() -> ResponseReturnValue:
    """What I may read by approval, what I have to decide, and the form to ask."""
    form = _form()
    if form.validate_on_submit():
        values = form.values()
        try:
            with unit_of_work():
                disclosures.ask(values["number"], values["purpose"], values["until"], guard.actor())
        except Invalid as error:
            apply_errors(form, error)
        else:
            flash(words.ASKED, "success")
            return redirect(url_for("desk.disclosures.show"), 303)
    actor = guard.actor()
    page = render_template(
        "desk/disclosures.html", form=form, granted=disclosures.granted(actor), waiting=disclosures.waiting(actor),
        decides=bool(actor.roles & disclosures.DECIDERS), now=clock.now(), clause=disclosures.CLAUSE,
    )  # fmt: skip
    return page, 422 if form.errors else 200


@blueprint.post("/<uuid:disclosure_id>/decide")
def decide(disclosure_id: UUID) -> Response:
    """Approve or decline one request."""
    agreed = request.form.get("agreed") == "yes"
    with unit_of_work():
        disclosures.decide(disclosure_id, agreed=agreed, actor=guard.actor())
    flash(words.DECIDED[agreed], "success")
    return redirect(url_for("desk.disclosures.show"), 303)


def _form() -> PackForm:
    return build_form((
        FieldSpec("number", "诉求编号", max_length=40, hint="请填写完整编号。为保密，提交后不会告知该编号是否存在。"),
        FieldSpec("purpose", "查阅用途", "longtext", max_length=500, min_length=4),
        FieldSpec("until", "查阅截止日期", "date", hint=f"最长{disclosures.LONGEST.days}天，到期自动失效。"),
    ))  # fmt: skip
