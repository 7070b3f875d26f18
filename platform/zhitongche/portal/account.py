"""The account (账号): password, enterprises acted for, colleagues."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, session, url_for

from zhitongche.identity import accounts, enterprises, members
from zhitongche.kernel.errors import Invalid, NotFound
from zhitongche.persistence import unit_of_work
from zhitongche.portal import codes, guards, words
from zhitongche.portal.again import submitted
from zhitongche.portal.sign_in_form import CODE
from zhitongche.portal.specs import secret
from zhitongche.webkit.forms import FieldSpec, apply_errors, build_form

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.typing import ResponseReturnValue

    from zhitongche.flow.facts import Actor

blueprint = Blueprint("account", __name__, url_prefix="/account")
INVITE: Final = (
    FieldSpec("name", "同事姓名", max_length=40),
    FieldSpec("mobile", "同事手机", "mobile", hint="对方用这个号码登录后即可代表本企业办理。", autocomplete="off"),
)
NUMBER: Final = FieldSpec("mobile", "新手机号码", "mobile", hint="验证码会发到这个号码；以后用它登录和接收短信。")
OLD: Final = FieldSpec("old_password", "原密码", max_length=128, autocomplete="current-password")
NEW: Final = FieldSpec("new_password", "新密码", max_length=128, hint=words.STRENGTH, autocomplete="new-password")


@blueprint.get("/")
def show() -> str:
    """Who I am, for whom I act, who else does."""
    person, enterprise = guards.signed_in(), guards.enterprise()
    colleagues = members.listing(enterprise.id) if enterprise else []
    mine = next((row for one, row in colleagues if one.id == person.id), None)
    return render_template(
        "portal/account.html",
        person=person,
        enterprise=enterprise,
        enterprises=enterprises.of_person(person.id),
        colleagues=colleagues,
        is_owner=mine is not None and mine.role == "owner",
    )


@blueprint.post("/switch/<uuid:enterprise_id>")
def switch(enterprise_id: UUID) -> ResponseReturnValue:
    """Act for another enterprise of mine from now on."""
    chosen = next((one for one in enterprises.of_person(guards.signed_in().id) if one.id == enterprise_id), None)
    if chosen is None:
        raise NotFound
    session[guards.CHOSEN] = str(chosen.id)
    flash(words.SWITCHED.format(name=chosen.name), "success")
    return redirect(url_for("portal.petitions.listing"))


@blueprint.route("/password", methods=["GET", "POST"])
def password() -> ResponseReturnValue:
    """Change the password; every other session ends."""
    person = guards.signed_in()
    specs = (OLD, NEW) if person.password_hash else (NEW,)
    form = secret(build_form(specs), *(spec.name for spec in specs))
    if submitted(form):
        values = form.values()
        try:
            with unit_of_work():
                accounts.change_password(
                    person.id, old=values.get("old_password") or "", new=values["new_password"], address=request.remote_addr
                )
        except Invalid as invalid:
            apply_errors(form, Invalid({f"{name}_password": text for name, text in invalid.errors.items()}))
        else:
            guards.enter(person.id)
            flash(words.CHANGED, "success")
            return redirect(url_for("portal.account.show"))
    return render_template("portal/simple_form.html", form=form, title="修改密码" if person.password_hash else "设置密码", label="保存")


@blueprint.route("/mobile", methods=["GET", "POST"])
def mobile() -> ResponseReturnValue:
    """Another mobile, confirmed by a code sent to it; every other session ends."""
    form = build_form((NUMBER, CODE))
    sent = codes.send(form, "change") if codes.asked() else ""
    if not codes.asked() and submitted(form):
        person, values = guards.signed_in(), form.values()
        try:
            with unit_of_work():
                accounts.change_mobile(person.id, values["mobile"], values["code"])
        except Invalid as invalid:
            apply_errors(form, invalid)
        else:
            guards.enter(person.id)
            flash(words.MOBILE_CHANGED, "success")
            return redirect(url_for("portal.account.show"))
    return render_template("portal/mobile.html", form=form, sent=sent)


@blueprint.route("/invite", methods=["GET", "POST"])
def invite() -> ResponseReturnValue:
    """Let a colleague act for the enterprise too."""
    form = build_form(INVITE)
    if submitted(form):
        actor, values = guards.actor(), form.values()
        try:
            with unit_of_work():
                members.invite(_enterprise_of(actor), name=values["name"], mobile=values["mobile"], by=actor)
        except Invalid as invalid:
            apply_errors(form, invalid)
        else:
            flash(words.INVITED.format(name=values["name"]), "success")
            return redirect(url_for("portal.account.show"))
    return render_template("portal/simple_form.html", form=form, title="邀请同事", label="邀请")


@blueprint.post("/colleagues/<uuid:person_id>/remove")
def remove(person_id: UUID) -> ResponseReturnValue:
    """Take a colleague off the list."""
    return _with_colleague(person_id, members.remove, words.REMOVED)


@blueprint.post("/colleagues/<uuid:person_id>/owner")
def make_owner(person_id: UUID) -> ResponseReturnValue:
    """Let a colleague invite and remove people too."""
    return _with_colleague(person_id, members.make_owner, words.OWNER_MADE)


def _with_colleague(person_id: UUID, act: Callable[..., None], done: str) -> ResponseReturnValue:
    actor = guards.actor()
    try:
        with unit_of_work():
            act(_enterprise_of(actor), person_id, by=actor)
    except Invalid as invalid:
        flash(next(iter(invalid.errors.values())), "warning")
    else:
        flash(done, "success")
    return redirect(url_for("portal.account.show"))


def _enterprise_of(actor: Actor) -> UUID:
    if actor.enterprise_id is None:
        raise guards.NoEnterprise
    return actor.enterprise_id
