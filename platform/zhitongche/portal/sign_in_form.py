"""The sign-in page: by password or by SMS code, with what a form of an ended session held."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from flask import make_response, render_template, request

from zhitongche.portal.specs import secret
from zhitongche.webkit.forms import FieldSpec, PackForm, build_form

if TYPE_CHECKING:
    from flask import Response

MOBILE: Final = FieldSpec("mobile", "手机号码", "mobile", autocomplete="username")
PASSWORD: Final = FieldSpec("password", "密码", max_length=128, autocomplete="current-password")
CODE: Final = FieldSpec("code", "短信验证码", max_length=12, autocomplete="one-time-code")


@dataclass(frozen=True, slots=True)
class Carried:
    """Where to go after signing in, and the fields of a form (JSON) to bring back there."""

    target: str = "/"
    kept: str = ""


def by_code() -> bool:
    """Whether this page asks for an SMS code instead of the password."""
    return request.values.get("by") == "code"


def build() -> PackForm:
    """The form, filled from the request where it was sent."""
    return build_form((MOBILE, CODE)) if by_code() else secret(build_form((MOBILE, PASSWORD)), "password")


def empty() -> PackForm:
    """A form that takes nothing from the request, which was another form's."""
    form = secret(build_form((MOBILE, PASSWORD)), "password")
    form.process(formdata=None)
    return form


def page(form: PackForm, carried: Carried, *, ended: str = "", sent: str = "") -> Response:
    """The page; never kept by the browser, since it may carry what was typed."""
    response = make_response(
        render_template("portal/sign_in.html", form=form, carried=carried, by_code=by_code(), ended=ended, sent=sent)
    )
    response.headers["Cache-Control"] = "no-store"
    return response
