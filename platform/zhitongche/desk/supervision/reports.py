"""Weekly reports of progress: owed now, and missed (ST-3.4.b)."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Final

from flask import Blueprint, render_template, request

from zhitongche.casework.queries import oversight, supervised
from zhitongche.desk import guard
from zhitongche.desk.shown import stage_name
from zhitongche.desk.supervision import flows
from zhitongche.identity import units
from zhitongche.kernel import clock
from zhitongche.tenancy import current

blueprint = Blueprint("reports", __name__, url_prefix="/reports")
SPANS: Final = {"30": "近30天", "90": "近90天", "365": "近一年"}


@blueprint.get("")
def show() -> str:
    """What was not reported in time, by unit and item, and what is owed next."""
    span = request.args.get("span", "")
    span = span if span in SPANS else "30"
    days = int(span)
    codes = flows.weekly()
    missing = oversight.reports_missing(codes, clock.now() - timedelta(days=days))
    owed = oversight.reports_owed(codes)
    now = supervised.by_ids(guard.actor(), {petition for petition, _, _ in (*missing, *owed)})
    named = {unit.id: unit.short for unit in units.listing(with_inactive=True)}
    rules = _rules(codes)
    return render_template(
        "supervision/reports.html", days=days, units=named, stage_name=stage_name, rules=rules,
        missing=[(now[p], unit, due) for p, unit, due in missing if p in now], owed=[(now[p], unit, due) for p, unit, due in owed if p in now],
        filters=[SimpleNamespace(name="span", label="时间", value=span, choices=tuple(SPANS.items()))],
        steps={row.id: flows.step(row, "urge") for row in now.values()},
    )  # fmt: skip


def _rules(codes: list[str]) -> list[tuple[str, str]]:

    clocks = current.pack().flow.clocks
    return [(clocks[code].name, clocks[code].clause) for code in codes]
