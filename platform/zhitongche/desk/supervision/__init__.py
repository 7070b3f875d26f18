"""The supervisors' pages (督办): every unit's work, what was handed out, what is late, what was made of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import Blueprint

from zhitongche.casework.queries import supervised
from zhitongche.desk import guard
from zhitongche.desk.supervision import key, monthly, overview, quality, register, repeated, reports, urging
from zhitongche.desk.supervision.flows import has_monthly_list, verbs, weekly
from zhitongche.desk.ways import way
from zhitongche.documents.dossier.asking import BINDERS
from zhitongche.kernel.errors import Forbidden
from zhitongche.supervision import problems, rounds
from zhitongche.tenancy import current
from zhitongche.webkit.layout import NavGroup

if TYPE_CHECKING:
    from zhitongche.flow.facts import Actor

__all__ = ["blueprint", "group"]

ROLES: Final = frozenset({"triage", "supervision", "leader", "office"})
blueprint = Blueprint("supervision", __name__, url_prefix="/supervision")
for page in (overview, register, urging, monthly, key, reports, repeated, quality):
    blueprint.register_blueprint(page.blueprint)


@blueprint.before_request
def _require() -> None:
    if not guard.actor().roles & ROLES:
        raise Forbidden


def group(actor: Actor) -> NavGroup | None:
    """The supervisors' ways in; what the tenant's mechanism does not know is not offered."""
    if not actor.roles & ROLES:
        return None
    late = supervised.late_count(actor)
    items = [
        way("总体情况", "desk.supervision.overview.show", "bar-chart"),
        way("督办台账", "desk.supervision.register.show", "eye", late or None, urgent=late > 0),
    ]
    if rounds.routine() is not None:
        waits = rounds.may(actor) and rounds.waits()
        items.append(way("定期催办", "desk.supervision.urging.show", "bell", 1 if waits else None, urgent=waits))
    if has_monthly_list():
        items.append(way("未办结清单", "desk.supervision.monthly.show", "list-check"))
    if "propose_key" in verbs():
        items.append(way("重点督办", "desk.supervision.key.show", "flag"))
    if weekly():
        items.append(way("进展报送", "desk.supervision.reports.show", "calendar-week"))
    if current.pack().repeated is not None:
        items.append(way("共性问题", "desk.supervision.repeated.show", "diagram-3", problems.waiting_count() or None))
    items.append(way("回访与质量" if "call_back" in verbs() else "重复诉求", "desk.supervision.quality.show", "patch-check"))
    if actor.roles & BINDERS:
        items.append(way("案卷汇编", "desk.volumes.show", "journals"))
    return NavGroup("督办", items)
