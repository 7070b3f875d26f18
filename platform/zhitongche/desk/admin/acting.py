"""How the administrator's forms are carried out."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from flask import flash, make_response, redirect, url_for

from zhitongche.kernel.errors import Invalid
from zhitongche.persistence import unit_of_work
from zhitongche.webkit.forms import apply_errors

if TYPE_CHECKING:
    from flask import Response
    from werkzeug.wrappers import Response as AnyResponse

    from zhitongche.webkit.forms import PackForm

Made = TypeVar("Made")


def attempt(form: PackForm, act: Callable[[], Made]) -> Made | None:
    """Do it in a unit of work; None where something is wrong, which then stands beside its field."""
    try:
        with unit_of_work():
            return act()
    except Invalid as error:
        apply_errors(form, error)
        return None


def done(form: PackForm, act: Callable[[], object]) -> bool:
    """Whether it could be done; what is wrong otherwise stands beside its field."""
    attempt(form, act)
    return not form.errors


def over_to(endpoint: str, message: str, tone: str = "success", **values: object) -> AnyResponse:
    """On to a page, which says what was done."""
    flash(message, tone)
    return redirect(url_for(endpoint, **values), 303)  # type: ignore[arg-type]


def shown_once(page: str) -> Response:
    """A page with passwords: no copy of it may stay in the browser."""
    response = make_response(page)
    response.headers["Cache-Control"] = "no-store"
    return response
