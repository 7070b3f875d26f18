"""The tenant of this request: the host name decides."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from flask import abort, current_app, g, request

from zhitongche.persistence import current_tenant, tenant_scope
from zhitongche.tenancy import words

if TYPE_CHECKING:
    from flask import Flask

    from zhitongche.tenancy.pack import Pack
    from zhitongche.tenancy.packs import Registry

EXTENSION = "zhitongche_packs"
ANY_HOST = frozenset({"health.healthz", "webkit.static", "webkit.brand_css", "webkit.brand_svg"})
"""Endpoints that answer under any name: a load balancer asks by address, a 404 page wants its looks."""


def init_app(app: Flask, registry: Registry) -> None:
    """Enter the host's tenant before each request, leave it after; an unknown host is nobody's."""
    app.extensions[EXTENSION] = registry
    app.before_request(_enter)
    app.teardown_request(_leave)


def registry() -> Registry:
    """All packs of this installation."""
    return cast("Registry", current_app.extensions[EXTENSION])


def pack() -> Pack:
    """The pack in force of the tenant in scope."""
    return registry()[current_tenant()]


def _enter() -> None:
    found = registry().by_host(request.host)
    if found is None:
        if request.endpoint in ANY_HOST:
            return
        abort(404, words.NOT_SERVED)
    scope = tenant_scope(found.code)
    scope.__enter__()
    g.tenant_scope = scope


def _leave(_error: BaseException | None) -> None:
    scope = g.pop("tenant_scope", None)
    if scope is not None:
        scope.__exit__(None, None, None)
