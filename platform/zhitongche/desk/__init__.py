"""The officials' desk 工作台: what an official owes, every case with everything on it, and each step of casework."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhitongche.desk import (
    account,
    action,
    admin,
    case_page,
    disclosures,
    dossier,
    figures,
    files,
    guard,
    inbox,
    intake,
    meetings,
    navigation,
    notices,
    operator,
    own_unit,
    papers,
    rectifying,
    register,
    reports,
    sign_in,
    supervision,
    volumes,
)
from zhitongche.desk.guard import actor, guarded
from zhitongche.desk.navigation import first, nav, visitor

if TYPE_CHECKING:
    from flask import Flask

__all__ = ["actor", "first", "guarded", "init_app", "nav", "visitor"]

PAGES = (inbox, register, case_page, dossier, papers, action, files, intake, disclosures, meetings, notices, account, own_unit, rectifying, supervision, figures, reports, volumes, admin, operator)
"""Behind the guard; each has one `blueprint`."""


def init_app(app: Flask) -> None:
    """Serve the desk below /desk; everything but the sign-in page asks who is there."""
    desk = guard.guarded()
    for page in PAGES:
        desk.register_blueprint(page.blueprint)
    navigation.GROUPS[:] = (meetings.group, supervision.group, figures.group, rectifying.group, own_unit.group, admin.group, operator.group)
    app.register_blueprint(sign_in.blueprint)
    app.register_blueprint(meetings.open_door)
    app.register_blueprint(desk)
    navigation.init_app(app)
