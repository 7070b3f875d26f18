"""The button “获取验证码”: works as a second button of its form, and without leaving the page where scripts run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request

from zhitongche.kernel.errors import Invalid
from zhitongche.notices import request_code
from zhitongche.persistence import unit_of_work
from zhitongche.portal import words
from zhitongche.webkit.filters import mask_mobile
from zhitongche.webkit.forms import apply_errors

if TYPE_CHECKING:
    from zhitongche.webkit.forms import PackForm

BUTTON = "send_code"


def asked() -> bool:
    """Whether this request came from the button."""
    return BUTTON in request.form


def send(form: PackForm, purpose: str) -> str:
    """Ask for a code and tell so; empty where it could not be, with the message beside the mobile."""
    mobile = str(form["mobile"].data or "")
    try:
        with unit_of_work():
            request_code(mobile, purpose, address=request.remote_addr)
    except Invalid as invalid:
        apply_errors(form, Invalid({"mobile": next(iter(invalid.errors.values()), invalid.message)}))
        return ""
    return words.CODE_SENT.format(mobile=mask_mobile(mobile))
