"""Signing in and out, and a forgotten password."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask_login import logout_user  # type: ignore[import-untyped]

from zhitongche.identity import accounts
from zhitongche.identity import sign_in as identity_sign_in
from zhitongche.kernel.errors import Invalid
from zhitongche.persistence import unit_of_work
from zhitongche.portal import again, codes, guards, sign_in_form, words
from zhitongche.portal.again import submitted
from zhitongche.portal.guards import public
from zhitongche.portal.sign_in_form import CODE, MOBILE, Carried
from zhitongche.portal.specs import secret
from zhitongche.webkit.forms import FieldSpec, apply_errors, build_form

if TYPE_CHECKING:
    from uuid import UUID

    from flask.typing import ResponseReturnValue

    from zhitongche.webkit.forms import PackForm

blueprint = Blueprint("door", __name__)
NEW: Final = FieldSpec("password", "新密码", max_length=128, hint=words.STRENGTH, autocomplete="new-password")


@blueprint.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    """By mobile and password, or by SMS code; afterwards to where the visitor wanted to go."""
    carried = Carried(again.own_path(request.values.get("next")), request.form.get("kept", ""))
    if request.method == "GET" and guards.person() is not None:
        return redirect(carried.target)
    form = sign_in_form.build()
    if codes.asked():
        return sign_in_form.page(form, carried, sent=codes.send(form, "sign_in"))
    if submitted(form) and (person := _welcome(form)):
        guards.enter(person)
        return _onward(carried)
    return sign_in_form.page(form, carried)


@blueprint.post("/sign-in/other-way")
@public
def other_way() -> ResponseReturnValue:
    """The same page by the other way in; the mobile and what was carried stay."""
    carried = Carried(again.own_path(request.form.get("next")), request.form.get("kept", ""))
    return sign_in_form.page(sign_in_form.build(), carried)


@blueprint.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """End the session on this device."""
    logout_user()
    session.clear()
    flash(words.SIGNED_OUT, "success")
    return redirect(url_for("portal.home.show"))


@blueprint.route("/forgot", methods=["GET", "POST"])
@public
def forgot() -> ResponseReturnValue:
    """A new password for whoever holds the mobile."""
    form = secret(build_form((MOBILE, CODE, NEW)), "password")
    sent = codes.send(form, "reset") if codes.asked() else ""
    if not codes.asked() and submitted(form) and _reset(form):
        flash(words.RESET_DONE, "success")
        return redirect(url_for("portal.door.sign_in"))
    return render_template("portal/forgot.html", form=form, sent=sent)


def _welcome(form: PackForm) -> UUID | None:
    values = form.values()
    try:
        with unit_of_work():
            return identity_sign_in.enterprise(
                values["mobile"], password=values.get("password"), code=values.get("code"), address=request.remote_addr
            ).id
    except Invalid as invalid:
        apply_errors(form, invalid)
        return None


def _reset(form: PackForm) -> bool:
    values = form.values()
    try:
        with unit_of_work():
            accounts.reset_by_code(
                values["mobile"], values["code"], values["password"], address=request.remote_addr
            )
    except Invalid as invalid:
        apply_errors(form, Invalid({"password" if k == "new" else k: text for k, text in invalid.errors.items()}))
        return False
    return True


def _onward(carried: Carried) -> ResponseReturnValue:
    fields = again.unpacked(carried.kept)
    return again.resume_page(carried.target, fields) if fields else redirect(carried.target)
