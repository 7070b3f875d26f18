"""A case's dossier 案卷: who opened the case and why, and the dossier as PDF and bag, made by the worker (ST-3.7, ST-5.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, send_file, url_for

from zhitongche.casework import access
from zhitongche.casework.case import facts_now, load
from zhitongche.casework.disclosures import CLAUSE
from zhitongche.casework.queries import dossier as cases
from zhitongche.casework.queries.case_page import duty
from zhitongche.desk import guard, words
from zhitongche.documents.dossier import asking, keeping
from zhitongche.kernel.errors import Invalid, NotFound
from zhitongche.persistence import unit_of_work
from zhitongche.webkit.forms import FieldSpec, apply_errors, build_form

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

blueprint = Blueprint("dossier", __name__)
WHY = FieldSpec("why", "导出用途", max_length=200, min_length=2, hint="如“归档”“上级调阅”。用途记入本件办理记录和阅卷记录，导出件带您的姓名和时间水印。")
NAMES = {"pdf": "案卷{name}.pdf", "zip": "案卷{name}.zip"}


@blueprint.route("/petitions/<uuid:petition_id>/dossier", methods=["GET", "POST"])
def show(petition_id: UUID) -> ResponseReturnValue:
    """The read log of a case, and its dossier for whoever may read the case."""
    form, actor = build_form((WHY,)), guard.actor()
    if form.validate_on_submit():
        try:
            with unit_of_work():
                asking.ask(petition_id, form.values()["why"], actor)
        except Invalid as error:
            apply_errors(form, error)
        else:
            flash(words.DOSSIER_ASKED, "success")
            return redirect(url_for("desk.dossier.show", petition_id=petition_id), 303)
    with unit_of_work():
        petition = load(petition_id)
        access.require_read(actor, petition)
        by = duty(actor, petition, facts_now(petition))
        access.opened(actor, petition, words.READ_DOSSIER.format(duty=by))
        page = render_template(
            "desk/dossier.html", petition=petition, form=form, jobs=asking.of_petition(petition_id, actor), clause=CLAUSE,
            reads=cases.reads(petition_id)[::-1] if cases.watches(actor) else None,
        )  # fmt: skip
    return page, 422 if form.errors else 200


@blueprint.get("/dossiers/<uuid:job_id>")
def progress(job_id: UUID) -> str:
    """One line of the list, asked for again and again by the page while it is under way."""
    return render_template("desk/dossier_job.html", job=asking.one(job_id, guard.actor()))


@blueprint.get("/dossiers/<uuid:job_id>/<any(pdf, zip):form>")
def download(job_id: UUID, form: keeping.Form) -> ResponseReturnValue:
    """The made file, to its asker only and only while he may read what it holds; logged each time."""
    actor = guard.actor()
    with unit_of_work():
        path = keeping.taken(job_id, form, actor)
        name = NAMES[form].format(name=_name(asking.one(job_id, actor)))
    if not path.is_file():
        raise NotFound
    return send_file(path, "application/octet-stream", as_attachment=True, download_name=name, max_age=0, etag=False)


def _name(job: asking.Job) -> str:
    return load(job.row.petition_id).number if job.row.petition_id else f"汇编{job.row.year}"
