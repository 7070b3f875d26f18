"""Officials sign in and out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask_login import login_user, logout_user  # type: ignore[import-untyped]

from zhitongche.desk import guard
from zhitongche.desk.forms import SignInForm
from zhitongche.identity import sign_in
from zhitongche.identity.actors import AccountUser
from zhitongche.kernel.errors import Invalid
from zhitongche.persistence import unit_of_work
from zhitongche.webkit.forms import apply_errors

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

blueprint = Blueprint("sign_in", __name__, url_prefix="/desk", template_folder="templates", static_folder="static", static_url_path="/parts")
"""Before the guard; serves the desk's own stylesheet too, which tells nobody anything."""


@blueprint.route("/sign-in", methods=["GET", "POST"])
def show() -> ResponseReturnValue:
    """The sign-in page; wrong, unknown and closed accounts are answered alike (identity.sign_in)."""
    if request.method == "GET" and guard.person_or_none() is not None:
        return redirect(_onward())
    form = SignInForm()
    if form.validate_on_submit():
        try:
            with unit_of_work():
                person = sign_in.official(form.login.data or "", form.password.data or "", address=request.remote_addr)
        except Invalid as error:
            apply_errors(form, error)
        else:
            # Nothing of a session before carries over: neither a planted one nor another's standing in.
            session.clear()
            login_user(AccountUser(person))
            return redirect(_onward(), 303)
    return render_template("desk/sign_in.html", form=form), 422 if form.errors else 200


@blueprint.post("/sign-out")
def out() -> ResponseReturnValue:
    """End the session."""
    logout_user()
    session.clear()
    return redirect(url_for("sign_in.show"), 303)


def _onward() -> str:
    """Where the official was going, if that is a page of the desk; never another site."""
    wanted = request.args.get("next", "")
    inside = wanted.startswith("/desk/") and not wanted.startswith("/desk/sign-") and "\\" not in wanted
    return wanted if inside else url_for("desk.inbox.show")
