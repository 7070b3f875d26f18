"""Where one can go from every page of the portal, and who is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request

from zhitongche.casework.queries import mine
from zhitongche.meetings.queries import public as meetings
from zhitongche.notices import inbox
from zhitongche.persistence import tenant_or_none
from zhitongche.portal import guards
from zhitongche.tenancy import current
from zhitongche.webkit.layout import NavItem, Visitor, address

if TYPE_CHECKING:
    from collections.abc import Sequence


def visitor() -> Visitor | None:
    """Who is signed in at the portal, for the head of the page."""
    person = guards.person() if tenant_or_none() else None
    if person is None:
        return None
    enterprise = guards.enterprise()
    return Visitor(
        person.name,
        enterprise.name if enterprise else "",
        account_url=address("portal.account.show"),
        sign_out_url=address("portal.door.sign_out"),
    )


def nav() -> Sequence[NavItem]:
    """The ways of the portal, with what waits behind each."""
    if tenant_or_none() is None or current.pack().hosted_by is not None:
        return ()
    person = guards.person()
    items = [_item("首页", "portal.home.show", "house-door"), *(_petitions() if current.pack().takes_petitions else ())]
    if person is not None:
        items.append(_item("消息", "portal.inbox.listing", "bell", inbox.unread_count(person.id) or None))
    items.append(_item("办理规则", "portal.rules.show", "journal-text"))
    days = (_item(kind.name, "portal.meetings.show", "calendar-event") for kind in meetings.kinds()[:1])
    return (*items, *days, _item("运行公开", "portal.figures.show", "bar-chart"))


def _petitions() -> tuple[NavItem, NavItem]:
    enterprise = guards.enterprise()
    waiting = mine.waiting_count(guards.actor()) if enterprise else 0
    return (
        _item("提交诉求", "portal.drafting.begin", "pencil-square"),
        _item("我的诉求", "portal.petitions.listing", "list-check", waiting or None),
    )


def _item(label: str, endpoint: str, icon: str, count: int | None = None) -> NavItem:
    here = (request.endpoint or "").rpartition(".")[0] == endpoint.rpartition(".")[0]
    return NavItem(label, address(endpoint), icon, count, active=here)
