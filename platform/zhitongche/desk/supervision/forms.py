"""One form on a page of its own: what it is about, what went wrong, and the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template

from zhitongche.desk import guard
from zhitongche.kernel.errors import Conflict, Forbidden, Invalid, Refused
from zhitongche.persistence import db, unit_of_work
from zhitongche.webkit.forms import apply_errors, build_form

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any

    from flask.typing import ResponseReturnValue

    from zhitongche.webkit.forms import FieldSpec


def require(role: str) -> None:
    """Raise Forbidden for whoever does not hold the role, before anything is shown."""
    if role not in guard.actor().roles:
        raise Forbidden


def page(
    title: str, specs: Sequence[FieldSpec], act: Callable[[Mapping[str, Any]], object], *, back: str, done: str, button: str, clause: str = "",
    lead: str = "", told: Sequence[tuple[str, str]] = (), given: Mapping[str, Any] | None = None, then: Callable[[Any], str] | None = None,
) -> ResponseReturnValue:  # fmt: skip
    """Show the form; sent, do it in a unit of work. What is wrong stands beside its field, and nothing typed is lost."""
    form, problem = build_form(specs, given), ""
    if form.validate_on_submit():
        try:
            with unit_of_work():
                made = act(form.values())
                where = then(made) if then else back
        except Invalid as error:
            apply_errors(form, error)
        except (Conflict, Refused) as error:
            db.session.expire_all()
            problem = error.message
        else:
            flash(done, "success")
            return redirect(where, 303)
    shown = render_template(
        "supervision/form.html", form=form, title=title, lead=lead, told=told, back=back, button_text=button, clause=clause, problem=problem
    )
    return shown, 409 if problem else 422 if form.errors else 200
