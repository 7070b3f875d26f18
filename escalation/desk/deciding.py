"""How a decision is carried out: with a reason, in one unit of work; what cannot be done is said."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from flask import flash, redirect, url_for

from escalation.desk import words
from zhitongche.kernel.errors import Conflict
from zhitongche.persistence import unit_of_work
from zhitongche.webkit.forms import FieldSpec, build_form

if TYPE_CHECKING:
    from collections.abc import Callable

    from werkzeug.wrappers import Response

    from zhitongche.webkit.forms import PackForm

Done = TypeVar("Done")


def reason_form() -> PackForm:
    """The one field that every decision has."""
    label, hint = words.REASON
    return build_form((FieldSpec("reason", label, "text", hint=hint, min_length=2, max_length=200),))


def decided(form: PackForm, act: Callable[[str], Done], say: Callable[[Done], str], endpoint: str, **values: object) -> Response | None:
    """Do it and go on to the page; None where the form must be shown again."""
    if not form.validate_on_submit():
        return None
    try:
        with unit_of_work():
            done = act(form.values()["reason"])
    except Conflict as error:
        flash(error.message, "warning")
    else:
        flash(say(done), "success" if done is not False else "warning")
    return redirect(url_for(endpoint, **values), 303)  # type: ignore[arg-type]
