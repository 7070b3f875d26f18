"""Who is at the portal: everything asks for sign-in unless a page says that it is public."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from flask import current_app, g, redirect, request, session, url_for
from flask_login import current_user, login_user  # type: ignore[import-untyped]

from zhitongche.casework.queries import mine
from zhitongche.identity import actors, enterprises, people
from zhitongche.identity.actors import AccountUser
from zhitongche.kernel.errors import Forbidden, NotFound

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from flask.typing import ResponseReturnValue

    from zhitongche.flow.facts import Actor
    from zhitongche.identity.tables import Enterprise, Person

View = TypeVar("View", bound="Callable[..., object]")
PUBLIC: Final[set[str]] = set()
CHOSEN: Final = "enterprise_id"


class NoEnterprise(Forbidden):
    """The person is signed in, but acts for no enterprise (any more)."""


def public(view: View) -> View:
    """Let anyone see this page."""
    PUBLIC.add(f"{view.__module__}.{view.__name__}")
    return view


def is_public() -> bool:
    """Whether the page asked for is anyone's."""
    view = current_app.view_functions.get(request.endpoint or "")
    return request.endpoint == "portal.static" or f"{view.__module__}.{getattr(view, '__name__', '')}" in PUBLIC


def person() -> Person | None:
    """The enterprise's person who is signed in; an official is a stranger here."""
    account = current_user.person if current_user.is_authenticated else None
    return account if account is not None and account.kind == "enterprise" else None


def signed_in() -> Person:
    """The person, on pages that ask for sign-in."""
    found = person()
    if found is None:
        raise Forbidden
    return found


def enterprise() -> Enterprise | None:
    """The enterprise that the person now acts for: the one chosen, or else the first joined."""
    joined, chosen = _joined(), session.get(CHOSEN)
    return next((one for one in joined if str(one.id) == chosen), joined[0] if joined else None)


def _joined() -> list[Enterprise]:
    if "portal_joined" not in g:
        found = person()
        g.portal_joined = enterprises.of_person(found.id) if found else []
    joined: list[Enterprise] = g.portal_joined
    return joined


def actor() -> Actor:
    """Who acts; raises NoEnterprise for a person whom no enterprise lets act."""
    acted_for = enterprise()
    if acted_for is None:
        raise NoEnterprise
    return actors.actor_of(signed_in(), enterprise_id=acted_for.id, joined=_joined())


def actor_for(petition_id: UUID) -> Actor:
    """Who acts on this petition: a link in a message leads there whichever of the person's enterprises is chosen."""
    joined = [one.id for one in _joined()]
    if not joined:
        raise NoEnterprise
    owner = mine.enterprise_of(petition_id, joined)
    if owner is None:
        raise NotFound
    session[CHOSEN] = str(owner)
    return actors.actor_of(signed_in(), enterprise_id=owner, joined=_joined())


def enter(person_id: UUID) -> None:
    """Begin a session of this person; nothing of an earlier one is taken along."""
    session.clear()
    # Flask-WTF remembers the token that it has just thrown away with the session.
    for made_for_the_old in ("csrf_token", "portal_joined"):
        g.pop(made_for_the_old, None)
    login_user(AccountUser(people.by_id(person_id)))


def to_account(_error: NoEnterprise) -> ResponseReturnValue:
    """Somebody without an enterprise is told so where it can be mended."""
    return redirect(url_for("portal.account.show"))


def as_enterprise(enterprise_id: UUID) -> Actor:
    """Who acts for this enterprise of the person's; raises Forbidden where it is none of them (any more)."""
    found = actors.actor_of(signed_in(), enterprise_id=enterprise_id)
    session[CHOSEN] = str(enterprise_id)
    return found
