"""An official's own account: password, digest, standing in for others."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask_login import login_user  # type: ignore[import-untyped]

from zhitongche.desk import guard, words
from zhitongche.desk.forms import PasswordForm
from zhitongche.identity import accounts, people, stand_in, units
from zhitongche.identity.actors import AccountUser, actor_of
from zhitongche.kernel import clock
from zhitongche.kernel.errors import Invalid
from zhitongche.persistence import unit_of_work
from zhitongche.webkit.forms import FieldSpec, apply_errors, build_form

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue
    from werkzeug.wrappers import Response

    from zhitongche.webkit.forms import PackForm

blueprint = Blueprint("account", __name__, url_prefix="/account")


@blueprint.get("")
def show() -> str:
    """Who I am here, and for whom I stand in."""
    return _page(_stand_in_form())


@blueprint.route("/password", methods=["GET", "POST"])
def password() -> ResponseReturnValue:
    """Change the password; all other sessions end."""
    form = PasswordForm()
    if form.validate_on_submit() and form.new.data != form.again.data:
        apply_errors(form, Invalid({"again": words.NOT_THE_SAME}))
    elif form.is_submitted() and not form.errors:
        try:
            with unit_of_work():
                mine = accounts.change_password(guard.person().id, old=form.old.data or "", new=form.new.data or "", address=request.remote_addr)
        except Invalid as error:
            apply_errors(form, error)
        else:
            login_user(AccountUser(mine))
            flash(words.SESSIONS_ENDED, "success")
            return redirect(url_for("desk.inbox.show"), 303)
    first = guard.person().must_change_password
    return render_template("desk/password.html", form=form, first=first), 422 if form.errors else 200


@blueprint.post("/digest")
def digest() -> Response:
    """One SMS a day with everything that is not urgent, or each at its time."""
    with unit_of_work():
        accounts.choose_digest(guard.person().id, digest=request.form.get("digest") == "yes")
    flash(words.DIGEST_SET, "success")
    return redirect(url_for("desk.account.show"), 303)


@blueprint.post("/stand-ins")
def create() -> ResponseReturnValue:
    """Let a colleague stand in for me for a time, on the record."""
    form = _stand_in_form()
    if form.validate_on_submit():
        values, me = form.values(), guard.person()
        try:
            with unit_of_work():
                stand_in.create(
                    absent_id=me.id, stand_in_id=UUID(values["stand_in"]), since=values["since"], until=values["until"],
                    reason=values["reason"], by=actor_of(me),
                )  # fmt: skip
        except Invalid as error:
            apply_errors(form, error)
        else:
            flash(words.STAND_IN_MADE, "success")
            return redirect(url_for("desk.account.show"), 303)
    return _page(form), 422


@blueprint.post("/stand-ins/<uuid:record_id>/end")
def end(record_id: UUID) -> Response:
    """End a colleague's standing in for me before its time."""
    with unit_of_work():
        stand_in.end(record_id, by=actor_of(guard.person()))
    flash(words.STAND_IN_ENDED, "success")
    return redirect(url_for("desk.account.show"), 303)


@blueprint.post("/act-for/<uuid:absent_id>")
def act_for(absent_id: UUID) -> Response:
    """From now on act for the absent official; every step says so on the record."""
    absent = stand_in.absent_for(guard.person().id, absent_id)
    session[guard.STANDING_FOR] = str(absent_id)
    flash(words.STANDING_IN.format(name=absent.name), "success")
    return redirect(url_for("desk.inbox.show"), 303)


@blueprint.get("/act-for-myself")
def stop() -> Response:
    """Act for oneself again; a link, since it only takes a power away from who follows it."""
    session.pop(guard.STANDING_FOR, None)
    flash(words.STAND_IN_STOPPED, "success")
    return redirect(url_for("desk.inbox.show"), 303)


def _stand_in_form() -> PackForm:
    colleagues = [
        (str(person.id), f"{person.name}（{unit.short if unit else '—'}）")
        for person, unit in people.officials()
        if person.id != guard.person().id
    ]
    return build_form(
        (
            FieldSpec("stand_in", "代办人", "choice", choices=colleagues),
            FieldSpec("since", "开始时间", "datetime"),
            FieldSpec("until", "结束时间", "datetime", hint="到时自动结束，最长92天。"),
            FieldSpec("reason", "事由", "text", max_length=200, hint="例如：外出参加培训"),
        ),
        {"since": clock.now()},
    )


def _page(form: PackForm) -> str:
    me = guard.person()
    records = stand_in.listing(absent_id=me.id)
    return render_template(
        "desk/account.html", form=form, me=me, unit=units.by_id(me.unit_id) if me.unit_id else None,
        duties=stand_in.active_for(me.id), acting=session.get(guard.STANDING_FOR), now=clock.now(),
        records=[(record, people.by_id(record.stand_in_id).name) for record in records[:20]],
    )  # fmt: skip
