"""An enterprise registers (RP-2.2.a, RP-2.2.b)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import Blueprint, flash, redirect, render_template, url_for

from zhitongche.identity import enterprises, units
from zhitongche.identity.enterprises import EnterpriseForm
from zhitongche.kernel.errors import Conflict, Invalid
from zhitongche.persistence import unit_of_work
from zhitongche.portal import codes, guards, words
from zhitongche.portal.again import submitted
from zhitongche.portal.guards import public
from zhitongche.portal.specs import secret
from zhitongche.tenancy import current
from zhitongche.webkit.forms import FieldSpec, apply_errors, build_form

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from zhitongche.identity.enterprises import Registered
    from zhitongche.webkit.forms import PackForm

blueprint = Blueprint("enrolment", __name__)
PLACES: Final = frozenset({"town", "district", "zone"})


@blueprint.route("/register", methods=["GET", "POST"])
@public
def register() -> ResponseReturnValue:
    """Credit code, name, person, mobile confirmed by an SMS code; signed in at once."""
    form = secret(build_form(_specs()), "password")
    sent = codes.send(form, "register") if codes.asked() else ""
    if not codes.asked() and submitted(form) and (made := _register(form)):
        guards.enter(made.person.id)
        flash(words.WELCOME, "success")
        if made.enterprise.match == "mismatched":
            flash(words.MISMATCH.format(verified=_verified()), "warning")
        return redirect(url_for("portal.drafting.begin"))
    return render_template("portal/register.html", form=form, sent=sent, verified=_verified())


def _verified() -> str:
    return words.VERIFIED["verify" in current.pack().flow.verbs]


def _specs() -> tuple[FieldSpec, ...]:
    places = tuple((unit.name, unit.name) for unit in units.listing() if unit.kind in PLACES)
    area = (FieldSpec("area", "所在镇街、区县", "choice", required=False, choices=places),) if places else ()
    return (
        FieldSpec("credit_code", "统一社会信用代码", "credit_code", hint="18位，见营业执照。"),
        FieldSpec("name", "企业名称", max_length=100, hint="与营业执照一致。", autocomplete="organization"),
        *area,
        FieldSpec("person_name", "您的姓名", max_length=40, autocomplete="name"),
        FieldSpec("mobile", "手机号码", "mobile", hint="用于登录和接收办理进展短信。"),
        FieldSpec("code", "短信验证码", max_length=12, autocomplete="one-time-code"),
        FieldSpec(
            "password", "登录密码", required=False, max_length=128, autocomplete="new-password",
            hint=words.STRENGTH + "不设也可以，以后用短信验证码登录。",
        ),
    )  # fmt: skip


def _register(form: PackForm) -> Registered | None:
    values = {name: value or "" for name, value in form.values().items()}
    code = values.pop("code")
    try:
        with unit_of_work():
            return enterprises.register(EnterpriseForm(**values), code)
    except Invalid as invalid:
        apply_errors(form, invalid)
    except Conflict as conflict:
        flash(conflict.message, "warning")
    return None
