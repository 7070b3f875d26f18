"""A tenant without a portal of its own: its host name shows the desk, and leads everyone else to the portal that hosts it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import current_app, redirect, request

from zhitongche.kernel.errors import Forbidden
from zhitongche.portal import words
from zhitongche.tenancy import current

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from zhitongche.kernel.settings import Settings

_KEPT: Final = frozenset({"portal.rules.show"})
"""Pages that the host has under the same address, with the same clauses."""


def send_on() -> ResponseReturnValue | None:
    """Before every page of the portal: to the host's, where there is one; nothing can be handed in here. Raises Forbidden."""
    if current.pack().hosted_by is None or request.endpoint == "portal.static":
        return None
    if request.method not in {"GET", "HEAD"}:
        raise Forbidden(words.HOSTED.format(portal=_host_name()))
    return to_host()


def to_host() -> ResponseReturnValue:
    """To the host's portal; to the desk where another deployment serves it and its address is not known here."""
    host = current.registry().get(current.pack().hosted_by or "")
    if host is None:
        return redirect("/desk/")
    settings: Settings = current_app.config["SETTINGS"]
    return redirect(settings.portal(host.hosts[0]) + (request.path if request.endpoint in _KEPT else "/"))


def _host_name() -> str:
    host = current.registry().get(current.pack().hosted_by or "")
    return host.portal_name if host else words.PORTAL_ABOVE
