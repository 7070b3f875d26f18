"""Handing in a petition (RP-2.2.a, ST-3.1.1): three steps over a draft that is kept at each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from uuid import UUID

from flask import Blueprint, abort, flash, make_response, redirect, render_template, request, url_for

from zhitongche.casework import drafts
from zhitongche.casework.intake import clean_intake, intake_fields
from zhitongche.casework.queries import mine
from zhitongche.kernel import clock
from zhitongche.kernel.errors import Invalid
from zhitongche.kernel.ids import new_id
from zhitongche.persistence import unit_of_work
from zhitongche.portal import again, guards, words
from zhitongche.portal.specs import specs_of, uploads
from zhitongche.tenancy import current
from zhitongche.webkit.forms import FieldSpec, PackForm, apply_errors, build_form

if TYPE_CHECKING:
    from flask import Response
    from flask.typing import ResponseReturnValue

    from zhitongche.casework.tables import Draft
    from zhitongche.flow.facts import Actor

blueprint = Blueprint("drafting", __name__, url_prefix="/petitions/new")
STEPS: Final = ("诉求内容", "联系方式与附件", "确认提交")
FIRST: Final = ("title", "category", "matter", "content", "wish")
SECOND: Final = ("contact_name", "contact_mobile", "files")


@blueprint.get("")
def begin() -> str:
    """A new petition, or one of the drafts."""
    _require_open()
    actor = guards.actor()
    return render_template(
        "portal/step_content.html", form=_form(FIRST, {}), draft_id=new_id(), steps=STEPS, drafts=drafts.listing(actor)
    )


@blueprint.route("/<uuid:draft_id>/content", methods=["GET", "POST"])
def content(draft_id: UUID) -> ResponseReturnValue:
    """Step one: what it is about. Whatever was typed is kept, right or wrong."""
    _require_open()
    return _step(draft_id, FIRST, "portal/step_content.html", "portal.drafting.contact")


@blueprint.route("/<uuid:draft_id>/contact", methods=["GET", "POST"])
def contact(draft_id: UUID) -> ResponseReturnValue:
    """Step two: whom to call back, and the papers."""
    return _step(draft_id, SECOND, "portal/step_contact.html", "portal.drafting.confirm")


@blueprint.post("/<uuid:draft_id>/keep")
def keep(draft_id: UUID) -> Response:
    """What has been typed so far, sent by the page itself every few seconds."""
    try:
        with unit_of_work():
            drafts.save(draft_id, _actor(draft_id), request.form.to_dict())
    except Invalid:
        return make_response(words.TOO_MUCH)
    return make_response(words.KEPT.format(time=f"{clock.local(clock.now()):%H:%M:%S}"))


@blueprint.route("/<uuid:draft_id>/confirm", methods=["GET", "POST"])
def confirm(draft_id: UUID) -> ResponseReturnValue:
    """Step three: look it over and send; sent twice, it is one petition."""
    actor = _actor(draft_id)
    if request.method == "POST" and again.RESUME not in request.form:
        return _send(draft_id, actor)
    draft = drafts.find(draft_id, actor)
    return _review(draft, actor) if draft else _sent_before(draft_id, actor)


@blueprint.post("/<uuid:draft_id>/files/<uuid:file_id>/remove")
def remove_file(draft_id: UUID, file_id: UUID) -> ResponseReturnValue:
    """Take one file off."""
    actor = _actor(draft_id)
    with unit_of_work():
        drafts.save(draft_id, actor, request.form.to_dict())
        name = drafts.file(draft_id, file_id, actor).name
        gone = drafts.detach(draft_id, file_id, actor)
    drafts.forget(gone)
    flash(words.FILE_REMOVED.format(name=name), "success")
    return redirect(url_for("portal.drafting.contact", draft_id=draft_id))


@blueprint.post("/<uuid:draft_id>/discard")
def discard(draft_id: UUID) -> ResponseReturnValue:
    """Throw the draft away."""
    actor = _actor(draft_id)
    with unit_of_work():
        gone = drafts.discard(draft_id, actor)
    drafts.forget(gone)
    flash(words.DISCARDED, "success")
    return redirect(url_for("portal.drafting.begin"))


def _step(draft_id: UUID, names: tuple[str, ...], template: str, onward: str) -> ResponseReturnValue:
    actor = _actor(draft_id)
    draft = drafts.find(draft_id, actor)
    if draft is None and (request.method == "GET" or names is SECOND):
        return _sent_before(draft_id, actor)
    form = _form(names, _known(draft))
    if request.method == "POST" and again.RESUME not in request.form:
        fits = form.validate()
        if _keep(draft_id, actor, form) and fits:
            there = request.endpoint if "stay" in request.form else onward
            return redirect(url_for(there or onward, draft_id=draft_id))
        draft = drafts.find(draft_id, actor)
    return render_template(template, form=form, draft_id=draft_id, steps=STEPS, files=_files(draft))


def _keep(draft_id: UUID, actor: Actor, form: PackForm) -> bool:
    try:
        with unit_of_work():
            drafts.save(draft_id, actor, _typed(form))
        with unit_of_work():
            return _keep_files(draft_id, actor)
    except Invalid as invalid:
        apply_errors(form, invalid)
        return False


def _keep_files(draft_id: UUID, actor: Actor) -> bool:
    sent = uploads(request.files.getlist("files"))
    if sent:
        drafts.attach(draft_id, actor, sent)
        flash(words.FILES_ADDED.format(count=len(sent)), "success")
    return True


def _send(draft_id: UUID, actor: Actor) -> ResponseReturnValue:
    before = drafts.find(draft_id, actor) is None
    try:
        with unit_of_work():
            petition = drafts.send(draft_id, actor)
            number = petition.number
    except Invalid:
        flash(words.NOT_COMPLETE, "warning")
        return redirect(url_for("portal.drafting.content", draft_id=draft_id))
    flash((words.SENT_ALREADY if before else words.SENT).format(number=number), "success")
    return redirect(url_for("portal.petitions.show", petition_id=draft_id))


def _review(draft: Draft, actor: Actor) -> ResponseReturnValue:
    pack, errors = current.pack(), {}
    try:
        clean_intake(pack, draft.body, enterprise_id=draft.enterprise_id or draft.id, source="web")
    except Invalid as invalid:
        errors = invalid.errors
    likely = mine.alike(actor, draft.body.get("title", ""), draft.body.get("content", ""))
    shown = {field.name: _shown(field.choices, draft.body.get(field.name, "")) for field in intake_fields(pack)}
    return render_template(
        "portal/step_confirm.html", draft_id=draft.id, steps=STEPS, shown=shown, errors=errors, first=FIRST,
        files=_files(draft), likely=likely, enterprise=guards.enterprise(), pack=pack, form=build_form(()),
    )  # fmt: skip


def _sent_before(draft_id: UUID, actor: Actor) -> ResponseReturnValue:
    petition = drafts.sent(draft_id, actor)
    flash(words.SENT_ALREADY.format(number=petition.number), "info")
    return redirect(url_for("portal.petitions.show", petition_id=draft_id))


def _actor(draft_id: UUID) -> Actor:
    """The draft's own enterprise acts, whichever is chosen now."""
    actor = guards.actor()
    draft = drafts.find(draft_id, actor)
    if draft is not None and draft.enterprise_id not in (None, actor.enterprise_id):
        return guards.as_enterprise(draft.enterprise_id)
    return actor


def _form(names: tuple[str, ...], known: dict[str, str]) -> PackForm:
    fields = {field.name: field for field in intake_fields(current.pack())}
    specs = [_with_hints(spec) for spec in specs_of(fields[name] for name in names)]
    return build_form(specs, known)


def _with_hints(spec: FieldSpec) -> FieldSpec:
    if spec.name != "category":
        return spec
    hints = {category.code: category.hint for category in current.pack().categories.values()}
    choices = tuple((code, f"{name}：{hints[code]}" if hints.get(code) else name) for code, name in spec.choices)
    return FieldSpec(spec.name, spec.label, "radio", choices=choices)


def _known(draft: Draft | None) -> dict[str, str]:
    person = guards.signed_in()
    usual = {"contact_name": person.name, "contact_mobile": person.mobile or ""}
    return usual | (draft.body if draft else {})


def _typed(form: PackForm) -> dict[str, str]:
    # The raw words, not the cleaned ones: what does not do is kept too, to be mended.
    return {spec.name: request.form.get(spec.name, "") for spec in form.specs}


def _shown(choices: tuple[tuple[str, str], ...], value: str) -> str:
    return dict(choices).get(value, value)


def _files(draft: Draft | None) -> list[object]:
    return list(drafts.files(draft.id)) if draft else []


def _require_open() -> None:
    if not current.pack().takes_petitions:
        abort(404)
