"""One action on one petition: its form, its clause, and what happens when somebody else was first."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for

from zhitongche.casework import access
from zhitongche.casework.case import facts_now, load, pack_of
from zhitongche.casework.door import perform
from zhitongche.casework.fields import clean, fields_of
from zhitongche.casework.queries import case_page, duplicates, reported
from zhitongche.casework.queries.history import history
from zhitongche.desk import forms, guard, shown, words
from zhitongche.flow.decide import blocked, permit
from zhitongche.identity import enterprises
from zhitongche.kernel.errors import Conflict, Forbidden, Invalid, NotFound, Refused
from zhitongche.persistence import db, unit_of_work
from zhitongche.webkit.forms import apply_errors, build_form

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from zhitongche.casework.fields import Field
    from zhitongche.casework.queries.duplicates import Likeness
    from zhitongche.casework.tables import Petition
    from zhitongche.flow.definition import Action
    from zhitongche.flow.facts import Facts
    from zhitongche.tenancy.pack import Pack
    from zhitongche.webkit.forms import PackForm

blueprint = Blueprint("action", __name__)
FINAL: Final = "danger"
"""The weight of actions that are asked about once more before they are done."""
BEFORE: Final = 4
"""Latest steps laid beside the form: nobody decides on an opinion or an objection without its words before him."""


@dataclass(frozen=True)
class Desk:
    """One action laid out on the desk: the case, the fields, and the petitions that it may repeat."""

    petition: Petition
    pack: Pack
    action: Action
    fields: list[Field]
    alike: list[Likeness]

    @property
    def clause(self) -> str:
        """The clause to be shown; a tenant's own setting has none."""
        return "" if self.action.clause == "setting" else self.action.clause


@blueprint.route("/petitions/<uuid:petition_id>/do/<code>", methods=["GET", "POST"])
def show(petition_id: UUID, code: str) -> ResponseReturnValue:
    """The action's page; why it may not be done is said with its clause, what is wrong beside its field. Raises NotFound."""
    if request.method == "GET":
        with unit_of_work():
            desk = _lay_out(petition_id, code)
            try:
                facts = _require_open(desk)
            except (Refused, Forbidden) as error:
                return _page(desk, _form(desk), problem=error, over=True), _status(error)
            _log(desk, facts)
            return _page(desk, _form(desk))
    desk = _lay_out(petition_id, code)
    form = _form(desk)
    # Who filled in a page that is out of date is told who was first, before anything else is held against him.
    if form.read_version() == desk.petition.version:
        _require_open(desk)
        if not form.validate_on_submit():
            return _page(desk, form), 422
    return _submit(desk, form)


def _submit(desk: Desk, form: PackForm) -> ResponseReturnValue:
    values, petition_id = forms.sent(form), desk.petition.id
    try:
        if desk.action.weight == FINAL and "confirmed" not in request.form:
            clean(desk.fields, values)
            return _ask_again(desk, values)
        with unit_of_work():
            perform(petition_id, desk.action.code, guard.actor(), values, version=form.read_version() or 0)
    except Invalid as error:
        apply_errors(form, error)
        return _page(_lay_out(petition_id, desk.action.code), form), 422
    except (Conflict, Refused, Forbidden) as error:
        return _too_late(petition_id, desk.action, form, error)
    flash(words.DONE.format(action=desk.action.name), "success")
    return redirect(_onward(petition_id), 303)


def _lay_out(petition_id: UUID, code: str) -> Desk:
    petition, actor = load(petition_id), guard.actor()
    access.require_read(actor, petition)
    pack = pack_of(petition)
    action = pack.flow.actions.get(code)
    if action is None:
        raise NotFound
    fields = fields_of(action, pack, petition)
    alike = duplicates.of(petition, actor) if any(field.name == "into" for field in fields) else []
    return Desk(petition, pack, action, [_chosen(_ranked(field, alike)) for field in fields], alike)


def _require_open(desk: Desk) -> Facts:
    """The facts by which this step is open; raises Forbidden or Refused, with the clause, where it is not this actor's now."""
    flow, facts, actor = desk.pack.flow, facts_now(desk.petition), guard.actor()
    permit(flow, facts, desk.action.code, actor)
    for refused, reason in blocked(flow, facts, actor):
        if refused.code == desk.action.code:
            raise Refused(reason, desk.action.clause)
    return facts


def _ranked(field: Field, alike: list[Likeness]) -> Field:
    """The choice of what to join into, the most alike first and suggested."""
    if field.name != "into" or not alike:
        return field
    offered = tuple((str(one.petition_id), f"{one.number} {one.title}（相似{one.similarity:.0%}）") for one in alike)
    return replace(field, choices=offered, value=offered[0][0])


def _chosen(field: Field) -> Field:
    """The document to be asked for, as the link here has chosen it."""
    asked = request.args.get("document")
    return replace(field, value=asked) if field.name == "document" and asked in dict(field.choices) else field


def _form(desk: Desk) -> PackForm:
    return build_form(forms.specs(desk.fields), forms.suggested(desk.fields), version=desk.petition.version)


def _page(desk: Desk, form: PackForm, *, problem: Any = None, over: bool = False) -> str:
    enterprise = enterprises.by_id(desk.petition.enterprise_id)
    return render_template(
        "desk/action.html", desk=desk, form=form, petition=desk.petition, action=desk.action, problem=problem, over=over,
        stage=shown.stage_name(desk.petition.pack_version, desk.petition.stage), alike=_compared(desk.alike), stage_name=shown.stage_name,
        back=url_for("desk.case_page.show", petition_id=desk.petition.id), enterprise=enterprise,
        report=reported.of(desk.petition), going_up=shown.going_up(desk.pack, desk.action.verb), before=history(desk.petition, desk.pack, enterprise.name).steps[:BEFORE],
    )  # fmt: skip


def _compared(alike: list[Likeness]) -> list[Likeness]:
    """Whose texts are laid beside this one's: every likely one, and always the most alike."""
    return [one for place, one in enumerate(alike[:3]) if one.likely or place == 0]


def _ask_again(desk: Desk, values: dict[str, Any]) -> str:
    labelled = {field.label: dict(field.choices).get(str(values[field.name]), values[field.name]) for field in desk.fields if values[field.name]}
    return render_template(
        "pages/confirm.html", around="desk/page.html", title=desk.action.name,
        question=f"确定对这件诉求“{desk.action.name}”吗？",
        facts=[("编号", desk.petition.number), ("标题", desk.petition.title), *labelled.items()],
        consequence="作出后立即通知企业，不能撤回。", action_url=request.path, cancel_url=request.path,
        confirm_label=f"确定{desk.action.name}", danger=True, clause=desk.clause,
        sent={name: text for name, text in request.form.items() if name not in {"csrf_token", "confirmed"}},
    )  # fmt: skip


def _too_late(petition_id: UUID, action: Action, form: PackForm, error: Conflict | Refused | Forbidden) -> ResponseReturnValue:
    """Somebody was first, or the rules forbid it now: told so, with all that was typed still in the form."""
    db.session.expire_all()
    desk, over = _lay_out(petition_id, action.code), False
    try:
        _require_open(desk)
    except (Refused, Forbidden):
        # The step is no longer open: what was typed stays readable, the button goes.
        over = True
    if "version" in form:
        form["version"].data = desk.petition.version
    return _page(desk, form, problem=error, over=over), _status(error)


def _status(error: Conflict | Refused | Forbidden) -> int:
    return 403 if isinstance(error, Forbidden) else 409


def _log(desk: Desk, facts: Facts) -> None:
    actor = guard.actor()
    duty = case_page.duty(actor, desk.petition, facts)
    access.opened(actor, desk.petition, words.READ_ACTION.format(action=desk.action.name, duty=duty))


def _onward(petition_id: UUID) -> str:
    """Back to the case, or to the inbox where the action has ended one's duty in it."""
    readable = access.may_read(guard.actor(), load(petition_id))
    return url_for("desk.case_page.show", petition_id=petition_id) if readable else url_for("desk.inbox.show")
