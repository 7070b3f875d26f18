"""The figures pages of a province or city over all below it (/desk/regions): sums of tenants, never of whom they tell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import request

from zhitongche.kernel.errors import Forbidden
from zhitongche.province import places, words
from zhitongche.province.pages import definition, flows, league, map, place, sheet, trend
from zhitongche.webkit.layout import NavGroup, NavItem, address

if TYPE_CHECKING:
    from flask import Blueprint

    from zhitongche.flow.facts import Actor
    from zhitongche.province.lent import Desk

NAME: Final = "regions"
READERS: Final = frozenset({"province", "leader", "supervision"})
"""Whose roles see the figures of all below: a province's, and a city's or county's leaders and supervisors."""


def made(desk: Desk) -> Blueprint:
    """The pages, behind the desk's guard and for the readers only."""
    regions = desk.guarded(NAME, __name__, "/desk/regions")
    for page in (league, map, trend, flows, definition, place, sheet):
        regions.register_blueprint(page.blueprint)

    @regions.before_request
    def _require() -> None:
        if not may(desk.actor()):
            raise Forbidden

    return regions


def may(actor: Actor) -> bool:
    """Whether this official sees the figures of those below; nobody does where nobody is below."""
    return bool(actor.roles & READERS) and places.has_any()


def group(actor: Actor) -> NavGroup | None:
    """The way in."""
    if not may(actor):
        return None
    here = (request.blueprint or "").startswith(NAME)
    return NavGroup("", (NavItem(words.NAV, address(f"{NAME}.league.show"), "grid-3x3-gap", active=here),))
