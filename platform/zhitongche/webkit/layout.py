"""What the layouts show around a page, told by the rooms above through one object, the Frame."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlencode
from uuid import UUID

from flask import Blueprint, Flask, Response, current_app, request, url_for
from markupsafe import Markup

from zhitongche.kernel.working_days import Calendar
from zhitongche.webkit.colours import palette

Area = Literal["portal", "desk"]
_STATIC = Path(__file__).parent / "static"
_DAY = 86_400
_ANY = UUID(int=0)
_ADDRESSES = "webkit_addresses"
blueprint = Blueprint(
    "webkit", __name__, static_folder="static", static_url_path="/assets", template_folder="templates"
)


@dataclass(frozen=True, slots=True)
class Brand:
    """The face of a portal. `department` is the 主办单位; colours are #rrggbb; filing lines are shown when given."""

    portal_name: str
    department: str
    primary: str = "#0b4ea2"
    accent: str = "#e0a526"
    hotline: str = "12345"
    icp: str = ""
    motto: str = ""
    police: str = ""


@dataclass(frozen=True, slots=True)
class NavItem:
    """One way in. `icon` is a Bootstrap Icons name, `count` what waits there, `urgent` whether any of it is late."""

    label: str
    url: str
    icon: str = "dot"
    count: int | None = None
    active: bool = False
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class NavGroup:
    """Ways in under one heading of the desk's rail; `label` may be empty."""

    label: str
    items: Sequence[NavItem]


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who is signed in; `standing_in_for` names the absent person (and unit) where this one stands in (代办)."""

    name: str
    unit: str = ""
    standing_in_for: str = ""
    account_url: str = ""
    sign_out_url: str = "/sign-out"
    end_stand_in_url: str = ""


NEUTRAL = Brand(portal_name="企业诉求直通车", department="")


@dataclass(frozen=True, slots=True)
class Frame:
    """The questions that a layout asks while it is drawn; each is asked only by the layouts that need it."""

    brand: Callable[[], Brand] = lambda: NEUTRAL
    visitor: Callable[[], Visitor | None] = lambda: None
    portal_nav: Callable[[], Sequence[NavItem]] = tuple
    desk_nav: Callable[[], Sequence[NavGroup]] = tuple
    calendar: Callable[[], Calendar] = Calendar
    rule_url: Callable[[str], str] = "/rules#{}".format
    area: Callable[[], Area] = lambda: "portal"
    search_url: Callable[[], str] = lambda: "/desk/search"
    sign_in_url: Callable[[], str] = lambda: "/sign-in"


def init_app(app: Flask, frame: Frame) -> None:
    """Serve the shared assets and let every template ask the frame."""
    app.extensions["webkit_frame"] = frame
    app.extensions[_ADDRESSES] = {}
    app.register_blueprint(blueprint)
    app.jinja_env.globals |= {"asset": asset, "with_query": with_query, "icon_of": icon_of, "options": options, "address": address}
    app.context_processor(_surroundings)


def frame() -> Frame:
    """The frame of the running application."""
    given: Frame = current_app.extensions["webkit_frame"]
    return given


def _surroundings() -> dict[str, Any]:
    # The functions are handed over uncalled: a portal page must not pay for the desk's counts.
    return {"frame": frame(), "brand": frame().brand()}


@blueprint.get("/brand.css")
def brand_css() -> Response:
    """The tenant's colours as custom properties; a route, because the content security policy forbids inline style."""
    brand = frame().brand()
    lines = "".join(f"  {name}: {value};\n" for name, value in palette(brand.primary, brand.accent).items())
    return _cached(Response(f":root {{\n{lines}}}\n", mimetype="text/css"))


@blueprint.get("/brand.svg")
def brand_svg() -> Response:
    """The portal's mark in the tenant's colours, as the icon of the browser's tab."""
    brand = frame().brand()
    colours = palette(brand.primary, brand.accent)
    mark = (_STATIC / "img" / "mark.svg").read_text("utf-8")
    mark = mark.replace("#0b4ea2", colours["--zt-primary"]).replace("#e0a526", colours["--zt-accent-bright"])
    return _cached(Response(mark, mimetype="image/svg+xml"))


def _cached(response: Response) -> Response:
    response.cache_control.public = True
    response.cache_control.max_age = _DAY
    response.headers["Vary"] = "Host"
    return response


def asset(name: str) -> str:
    """The address of a static file, with its version, so that it can be kept for long and still changes at once."""
    return f"{address('webkit.static', 'filename')}{name}?v={_version(name, _changed(name))}"


def address(endpoint: str, last: str = "") -> str:
    """The address of an endpoint, or what stands in it before the value `last` with which it ends; made once and kept."""
    kept: dict[tuple[str, str, str], str] = current_app.extensions[_ADDRESSES]
    key = (request.root_path, endpoint, last)
    if key not in kept:
        values: dict[str, Any] = {last: _ANY} if last else {}
        kept[key] = url_for(endpoint, **values).removesuffix(str(_ANY))
    return kept[key]


@lru_cache(maxsize=256)
def icon_of(name: str, label: str = "") -> Markup:
    """A Bootstrap icon; without a label it is hidden from screen readers."""
    told = Markup('role="img" aria-label="{}"').format(label) if label else Markup('aria-hidden="true"')
    return Markup('<i class="bi bi-{}" {}></i>').format(name, told)


def options(choices: Sequence[tuple[str, str]], chosen: str | None) -> Markup:
    """The options of a select; the same few lists are shown on every page."""
    return _options(tuple(choices), chosen if any(chosen == value for value, _ in choices) else None)


@lru_cache(maxsize=512)
def _options(choices: tuple[tuple[str, str], ...], chosen: str | None) -> Markup:
    mark = {chosen: Markup(" selected")}
    one = Markup('<option value="{}"{}>{}</option>').format
    return Markup().join(one(value, mark.get(value, ""), label) for value, label in choices)


def with_query(**changes: object) -> str:
    """The address of this page with some of its query changed (None takes one away), so that filters survive."""
    kept = [(name, value) for name, value in request.args.items(multi=True) if name not in changes]
    new = [(name, str(value)) for name, value in changes.items() if value is not None]
    return f"{request.path}?{urlencode(kept + new)}" if kept or new else request.path


def _changed(name: str) -> int:
    try:
        return (_STATIC / name).stat().st_mtime_ns
    except FileNotFoundError:
        return 0


@lru_cache(maxsize=256)
def _version(name: str, changed: int) -> str:
    return hashlib.sha256((_STATIC / name).read_bytes()).hexdigest()[:10] if changed else "0"
