"""Who is at the desk, and for whom: nobody gets past without being an official of this tenant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast
from uuid import UUID

from flask import Blueprint, flash, g, redirect, request, session, url_for
from flask_login import current_user  # type: ignore[import-untyped]

from zhitongche.desk import words
from zhitongche.identity import actors, units
from zhitongche.kernel.errors import Forbidden
from zhitongche.webkit import errors

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from zhitongche.flow.facts import Actor
    from zhitongche.identity.tables import Person

STANDING_FOR: Final = "standing_in_for"
"""Session key: the id of the absent official for whom the signed-in one acts."""
WITH_FIRST_PASSWORD: Final = frozenset({"desk.account.password"})
"""What may be done before a first password is replaced."""


def guarded(name: str = "desk", import_name: str = __name__, url_prefix: str = "/desk") -> Blueprint:
    """The blueprint below which every page of the desk hangs, so that none can forget the guard; a room above has its own."""
    blueprint = Blueprint(name, import_name, url_prefix=url_prefix, template_folder="templates")
    blueprint.before_request(_require_official)
    return blueprint


def person() -> Person:
    """The official who is signed in."""
    return cast("Person", current_user.person)


def person_or_none() -> Person | None:
    """The official who is signed in, None for a stranger or an enterprise's person."""
    here = current_user.is_authenticated and current_user.person.kind == "official"
    return person() if here else None


def actor() -> Actor:
    """Who acts: the official, or the official standing in for an absent one. Raises Forbidden."""
    if "desk_actor" not in g:
        # Held for the request: whoever needs the unit by its id then finds it here.
        g.desk_unit = units.by_id(unit_id) if (unit_id := person().unit_id) else None
        g.desk_actor = _actor()
    return cast("Actor", g.desk_actor)


def _actor() -> Actor:
    absent = session.get(STANDING_FOR)
    if absent is None:
        return actors.actor_of(person())
    try:
        return actors.actor_of(person(), UUID(absent))
    except (Forbidden, ValueError):
        # The time of standing in is over: from now on for oneself, and told so.
        session.pop(STANDING_FOR, None)
        flash(words.STAND_IN_OVER, "warning")
        return actors.actor_of(person())


def _require_official() -> ResponseReturnValue | None:
    here = person_or_none()
    if here is None:
        return _to_sign_in()
    if here.must_change_password and request.endpoint not in WITH_FIRST_PASSWORD:
        return redirect(url_for("desk.account.password"))
    return None


def _to_sign_in() -> ResponseReturnValue:
    if request.method in {"GET", "HEAD"}:
        return redirect(url_for("sign_in.show", next=request.full_path.rstrip("?")))
    # What was typed is shown again on the error page, so that it is not lost with the session.
    return errors.answer(errors.Problem(401, *words.SIGNED_OUT))
