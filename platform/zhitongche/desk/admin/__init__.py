"""The administrator's pages (系统管理): accounts, units, calendar, texts, register, pack; no petition's contents (ST-5.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint

from zhitongche.desk import guard
from zhitongche.desk.admin import days, entities, pack, people, sheet, stand_ins, texts, units
from zhitongche.desk.ways import way
from zhitongche.identity import units as all_units
from zhitongche.identity.permissions import require_admin
from zhitongche.webkit.layout import NavGroup

if TYPE_CHECKING:
    from zhitongche.flow.facts import Actor

__all__ = ["blueprint", "group"]

blueprint = Blueprint("admin", __name__, url_prefix="/admin")
for page in (people, sheet, units, days, texts, stand_ins, entities, pack):
    blueprint.register_blueprint(page.blueprint)


@blueprint.before_request
def _require() -> None:
    """Nobody but the administrator, and not by standing in for him."""
    require_admin(guard.actor())


def group(actor: Actor) -> NavGroup | None:
    """The administrator's ways in."""
    if "admin" not in actor.roles:
        return None
    stale = len(all_units.stale_contacts())
    return NavGroup("系统管理", (
        way("人员账号", "desk.admin.people.show", "people"),
        way("单位与联系人", "desk.admin.units.show", "building", stale or None, urgent=stale > 0),
        way("工作日历", "desk.admin.days.show", "calendar3"),
        way("短信文案", "desk.admin.texts.show", "chat-left-text"),
        way("代办登记", "desk.admin.stand_ins.show", "person-lines-fill"),
        way("法人库", "desk.admin.entities.show", "card-checklist"),
        way("机制与版本", "desk.admin.pack.show", "diagram-3"),
    ))  # fmt: skip
