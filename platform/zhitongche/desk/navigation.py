"""The ways around the desk, with what waits behind each."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from flask import g, request, url_for

from zhitongche.casework import disclosures
from zhitongche.casework.intake import accepted_sources
from zhitongche.casework.queries import inbox
from zhitongche.desk import guard, words
from zhitongche.flow.vocabulary import ROLES
from zhitongche.identity import units
from zhitongche.notices import inbox as notices
from zhitongche.tenancy import current
from zhitongche.webkit.layout import NavGroup, NavItem, Visitor, address

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from flask import Flask

    from zhitongche.casework.queries.inbox import Tally
    from zhitongche.flow.facts import Actor

GROUPS: list[Callable[[Actor], NavGroup | None]] = []
"""Further groups, added by the parts of the desk that have pages of their own."""


def init_app(app: Flask) -> None:
    """Words that the desk's templates look up."""
    app.jinja_env.globals |= {"desk_words": words}


def first(group: Callable[[Actor], NavGroup | None]) -> None:
    """Put a group of another room right after the cases."""
    GROUPS.insert(0, group)


def tally() -> Tally:
    """What the official owes, counted once a request."""
    if "desk_tally" not in g:
        g.desk_tally = inbox.tally(guard.actor())
    return cast("Tally", g.desk_tally)


def nav() -> Sequence[NavGroup]:
    """The rail of the signed-in official; empty for a stranger."""
    if guard.person_or_none() is None:
        return ()
    actor = guard.actor()
    further = [group for group in (make(actor) for make in GROUPS) if group is not None]
    # A tenant that takes no petitions has no cases to show the way to.
    cases = (NavGroup("", _cases(actor)),) if current.pack().takes_petitions else ()
    return (*cases, *further, NavGroup("我", _own()))


def home() -> str:
    """The first page that the rail leads to: where one begins at a tenant without an inbox."""
    return nav()[0].items[0].url


def visitor() -> Visitor | None:
    """Who is signed in at the desk, and for whom."""
    person = guard.person_or_none()
    if person is None:
        return None
    actor = guard.actor()
    unit = units.by_id(actor.unit_id).name if actor.unit_id else ""
    absent = actor.name.removeprefix(person.name).strip("（）").removeprefix("代") if actor.on_behalf_of else ""
    return Visitor(
        name=person.name,
        unit=unit or "、".join(ROLES[role] for role in sorted(actor.roles)),
        standing_in_for=absent,
        account_url=address("desk.account.show"),
        sign_out_url=address("sign_in.out"),
        end_stand_in_url=url_for("desk.account.stop") if absent else "",
    )


def _cases(actor: Actor) -> list[NavItem]:
    counts = tally()
    items = [
        _item("待办", "desk.inbox.show", "inbox", counts.total, urgent=counts.late > 0),
        _item("诉求台账", "desk.register.show", "journal-text"),
        _item("公文", "desk.papers.listing.show", "file-earmark-text"),
    ]
    if accepted_sources(current.pack(), actor.roles):
        items.append(_item("登记诉求", "desk.intake.show", "plus-square"))
    waiting = disclosures.waiting_count(actor)
    return [*items, _item("查阅申请", "desk.disclosures.show", "file-earmark-lock", waiting or None)]


def _own() -> list[NavItem]:
    unread = notices.unread_count(guard.person().id)
    return [_item("消息", "desk.notices.show", "bell", unread or None), _item("个人设置与代办", "desk.account.show", "person-gear")]


def _item(label: str, endpoint: str, icon: str, count: int | None = None, *, urgent: bool = False) -> NavItem:
    # A case page belongs to the register, an account's sub-page to the account.
    here = (request.endpoint or "").rpartition(".")[0] == endpoint.rpartition(".")[0]
    return NavItem(label, address(endpoint), icon, count, active=here, urgent=urgent)
