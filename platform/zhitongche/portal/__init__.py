"""The enterprise's portal: register, hand in, follow like a parcel, rate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint
from flask_wtf.csrf import CSRFError

from zhitongche.portal import (
    account,
    acting,
    again,
    door,
    drafting,
    enrolment,
    figures,
    files,
    guards,
    home,
    hosted,
    inbox,
    meetings,
    papers,
    petitions,
    rules,
)
from zhitongche.portal.navigation import nav, visitor

if TYPE_CHECKING:
    from flask import Flask

__all__ = ["init_app", "nav", "visitor"]

PAGES = (home, meetings, rules, figures, door, enrolment, account, drafting, petitions, papers, acting, files, inbox)


def init_app(app: Flask) -> None:
    """Serve the portal's pages; all but the public ones ask for sign-in; a hosted tenant has none of them."""
    site = Blueprint("portal", __name__, template_folder="templates", static_folder="static", static_url_path="/portal-assets")
    for page in PAGES:
        site.register_blueprint(page.blueprint)
    site.before_request(hosted.send_on)
    site.before_request(again.require_sign_in)
    site.register_error_handler(CSRFError, again.lost_token)
    site.register_error_handler(guards.NoEnterprise, guards.to_account)
    app.register_blueprint(site)
