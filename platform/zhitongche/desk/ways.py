"""One way in the rail."""

from __future__ import annotations

from flask import request

from zhitongche.webkit.layout import NavItem, address


def way(label: str, endpoint: str, icon: str, count: int | None = None, *, urgent: bool = False) -> NavItem:
    """A link to a page group's first page; active on all pages of the group."""
    here = (request.endpoint or "").rpartition(".")[0] == endpoint.rpartition(".")[0]
    return NavItem(label, address(endpoint), icon, count, active=here, urgent=urgent)
