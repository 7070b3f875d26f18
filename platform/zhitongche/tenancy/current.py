"""The tenant of this request: the host name decides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, cast

from flask import abort, current_app, g, request

from zhitongche.persistence import current_tenant, tenant_scope
from zhitongche.tenancy import words

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

    from zhitongche.tenancy.pack import Pack
    from zhitongche.tenancy.packs import Registry

EXTENSION = "zhitongche_packs"
ANY_HOST = frozenset({"health.healthz", "webkit.static", "webkit.brand_css", "webkit.brand_svg"})
"""Endpoints that answer under any name: a load balancer asks by address, a 404 page wants its looks."""
_View = TypeVar("_View", bound="Callable[..., Any]")


def init_app(app: Flask, registry: Registry) -> None:
    """Enter the host's tenant before each request, leave it after; an unknown host is nobody's."""
    app.extensions[EXTENSION] = registry
    app.before_request(_enter)
    app.teardown_request(_leave)


def any_host(view: _View) -> _View:
    """Mark a view that answers under any name and finds its tenant by itself: machines that know us by one address."""
    view.any_host = True  # type: ignore[attr-defined]
    return view


def registry() -> Registry:
    """All packs of this installation."""
    return cast("Registry", current_app.extensions[EXTENSION])


def pack() -> Pack:
    """The pack in force of the tenant in scope."""
    return registry()[current_tenant()]


def _enter() -> None:
    found = registry().by_host(request.host)
    if found is None:
        if request.endpoint in ANY_HOST or getattr(current_app.view_functions.get(request.endpoint or ""), "any_host", False):
            return
        abort(404, words.NOT_SERVED)
    scope = tenant_scope(found.code)
    scope.__enter__()
    g.tenant_scope = scope


def _leave(_error: BaseException | None) -> None:
    scope = g.pop("tenant_scope", None)
    if scope is not None:
        scope.__exit__(None, None, None)
