"""Figures on the desk 统计: the unit's page, the leader's page, every figure's definition and the petitions behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint

from zhitongche.desk import reports
from zhitongche.desk.figures import behind, catalogue, definition, objections, overview, own, seeing
from zhitongche.desk.ways import way
from zhitongche.statistics import objections as raised
from zhitongche.webkit.layout import NavGroup

if TYPE_CHECKING:
    from zhitongche.flow.facts import Actor

__all__ = ["blueprint", "group"]

blueprint = Blueprint("figures", __name__, url_prefix="/figures")
for page in (overview, own, catalogue, objections, definition, behind):
    blueprint.register_blueprint(page.blueprint)


def group(actor: Actor) -> NavGroup | None:
    """The ways to the figures of those whom they concern."""
    items = []
    if seeing.sees_all(actor):
        items.append(way("运行总览", "desk.figures.overview.show", "speedometer2"))
    if seeing.own_unit(actor):
        items.append(way("我的指标", "desk.figures.own.show", "graph-up"))
    if items:
        waiting = raised.waiting_count(actor)
        items.append(way("指标一览", "desk.figures.catalogue.show", "list-columns"))
        items.append(way("不计入申请", "desk.figures.objections.show", "dash-circle", waiting or None))
    items += reports.items(actor)
    return NavGroup("统计", items) if items else None
