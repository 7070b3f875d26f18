"""Weekly reports of progress: owed now, and missed (ST-3.4.b)."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING, Final

from flask import Blueprint, render_template, request

from zhitongche.casework.queries import oversight, supervised, weekly
from zhitongche.desk import guard
from zhitongche.desk.shown import stage_name
from zhitongche.desk.supervision import flows
from zhitongche.identity import units
from zhitongche.kernel import clock
from zhitongche.tenancy import current
from zhitongche.tenancy.vocabulary import UNIT_KINDS

if TYPE_CHECKING:
    from uuid import UUID

    from zhitongche.casework.queries.weekly import Missing

blueprint = Blueprint("reports", __name__, url_prefix="/reports")
SPANS: Final = {"30": "近30天", "90": "近90天", "365": "近一年"}


@blueprint.get("")
def show() -> str:
    """What was not reported in time, by unit and item, and what is owed next."""
    span = request.args.get("span", "")
    span = span if span in SPANS else "30"
    days = int(span)
    codes = flows.weekly()
    missing = weekly.missing(codes, clock.now() - timedelta(days=days))
    owed = oversight.reports_owed(codes)
    now = supervised.by_ids(guard.actor(), {one.petition_id for one in missing} | {petition for petition, _, _ in owed})
    named = {unit.id: unit for unit in units.listing(with_inactive=True)}
    rules = _rules(codes)
    return render_template(
        "supervision/reports.html", days=days, units=named, stage_name=stage_name, rules=rules,
        missing=[(now[one.petition_id], one) for one in missing if one.petition_id in now], by_unit=_by_unit(missing), owed=[(now[p], unit, due) for p, unit, due in owed if p in now],
        filters=[SimpleNamespace(name="span", label="时间", value=span, choices=tuple(SPANS.items()))],
        urgeable={row.id for row in now.values() if flows.step(row, "urge")}, kinds=UNIT_KINDS,
        clause=next((step.clause for row in now.values() if (step := flows.step(row, "urge"))), ""),
    )  # fmt: skip


def _by_unit(missing: list[Missing]) -> list[tuple[UUID | None, int, int]]:
    """Which unit or district owes how many reports, and how often in a row at most; those that have reported since are left out."""
    found: dict[UUID | None, list[int]] = {}
    for one in missing:
        if not one.reported_since:
            found.setdefault(one.unit_id, []).append(one.times)
    return sorted(((unit, len(times), max(times)) for unit, times in found.items()), key=lambda row: (-row[1], -row[2]))


def _rules(codes: list[str]) -> list[tuple[str, str]]:
    clocks = current.pack().flow.clocks
    return [(clocks[code].name, clocks[code].clause) for code in codes]
