"""Whatever the flow lets the enterprise do (评价、补充材料、撤回): one page for every action."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import Blueprint, flash, redirect, render_template, url_for

from zhitongche.casework import door
from zhitongche.casework.case import pack_of
from zhitongche.casework.fields import fields_of
from zhitongche.casework.queries import tracking
from zhitongche.kernel.errors import Conflict, Invalid, NotFound, Refused
from zhitongche.persistence import unit_of_work
from zhitongche.portal import guards, words
from zhitongche.portal.again import submitted
from zhitongche.portal.specs import specs_of, values_of
from zhitongche.webkit.forms import FieldSpec, PackForm, apply_errors, build_form

if TYPE_CHECKING:
    from uuid import UUID

    from flask.typing import ResponseReturnValue

    from zhitongche.casework.queries.tracking_view import Tracking
    from zhitongche.flow.definition import Action
    from zhitongche.flow.facts import Actor

blueprint = Blueprint("acting", __name__, url_prefix="/petitions")
ADDS_ONLY: Final = frozenset({"supplement"})
"""What is merely added stays true whatever happened meanwhile; the rest is answered to what the page showed."""


@blueprint.route("/<uuid:petition_id>/do/<code>", methods=["GET", "POST"])
def act(petition_id: UUID, code: str) -> ResponseReturnValue:
    """The form of an action, made from what the flow says it needs; Refused with its clause where it is not open."""
    actor = guards.actor_for(petition_id)
    tracked = tracking.track(petition_id, actor)
    action = _open_action(tracked, code)
    fields = fields_of(action, pack_of(tracked.petition), tracked.petition)
    form = build_form([*specs_of(fields), *_sure(action)], version=tracked.petition.version)
    if submitted(form) and _done(petition_id, action, actor, form):
        flash(words.DONE.format(action=action.name), "success")
        return redirect(url_for("portal.petitions.show", petition_id=petition_id))
    return render_template("portal/act.html", form=form, action=action, it=tracked, note=words.ACTION_NOTES.get(action.verb, ""))


def _sure(action: Action) -> list[FieldSpec]:
    label = words.SURE.get(action.verb)
    return [FieldSpec("sure", label, "checkbox")] if label else []


def _open_action(tracked: Tracking, code: str) -> Action:
    found = next((one for one in tracked.actions if one.code == code), None)
    if found is not None:
        return found
    for action, why in tracked.forbidden:
        if action.code == code:
            raise Refused(why, action.clause)
    known = pack_of(tracked.petition).flow.actions.get(code)
    if known is None or "enterprise" not in known.who:
        raise NotFound
    raise Refused(words.NOT_NOW.format(action=known.name, stage=tracked.stage), known.clause)


def _done(petition_id: UUID, action: Action, actor: Actor, form: PackForm) -> bool:
    version = None if action.verb in ADDS_ONLY else form.read_version()
    try:
        with unit_of_work():
            door.perform(petition_id, action.code, actor, values_of(form), version=version)
    except Invalid as invalid:
        apply_errors(form, invalid)
    except Conflict:
        # Not the door's own words: they name the official who was first.
        flash(words.CHANGED_MEANWHILE, "warning")
        form["version"].data = str(tracking.track(petition_id, actor).petition.version)
    else:
        return True
    return False
