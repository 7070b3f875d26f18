"""What the layouts ask for: the tenant's face, who visits, where one can go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import g, request

from zhitongche import desk, portal
from zhitongche.persistence import tenant_or_none
from zhitongche.tenancy import calendar, current
from zhitongche.webkit.layout import NEUTRAL, Brand, Frame, Visitor

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhitongche.kernel.working_days import Calendar
    from zhitongche.webkit.layout import Area, NavGroup, NavItem


def frame() -> Frame:
    """The frame of every page, told by the tenant's pack and the rooms of screens."""
    return Frame(
        brand=_brand,
        visitor=_visitor,
        portal_nav=_portal_nav,
        desk_nav=_desk_nav,
        calendar=_calendar,
        rule_url=lambda clause: f"/rules#{clause}",
        area=_area,
        search_url=lambda: "/desk/petitions" if current.pack().takes_petitions else "",
        sign_in_url=lambda: "/desk/sign-in" if _area() == "desk" else "/sign-in",
    )


def _brand() -> Brand:
    if tenant_or_none() is None:
        return NEUTRAL
    pack = current.pack()
    return Brand(
        portal_name=pack.portal_name,
        department=pack.department,
        primary=pack.brand.primary,
        accent=pack.brand.accent,
        hotline=pack.footer.hotline,
        icp=pack.footer.icp,
    )


def _area() -> Area:
    return "desk" if request.path.startswith("/desk") else "portal"


def _visitor() -> Visitor | None:
    return desk.visitor() if _area() == "desk" else portal.visitor()


def _portal_nav() -> Sequence[NavItem]:
    return portal.nav()


def _desk_nav() -> Sequence[NavGroup]:
    return desk.nav()


def _calendar() -> Calendar:
    # A page shows many limits and has one calendar.
    if "calendar" not in g:
        g.calendar = calendar.calendar_of(current.pack())
    found: Calendar = g.calendar
    return found
