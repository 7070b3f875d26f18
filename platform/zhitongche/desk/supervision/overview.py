"""Every unit's and district's work at a glance (ST-1.1.3), and how its people kept the limits (ST-5.3)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from uuid import UUID

from flask import Blueprint, render_template, request

from zhitongche.casework.queries import names, oversight
from zhitongche.casework.queries.oversight import UnitFigures
from zhitongche.desk.supervision import flows, sheets
from zhitongche.desk.supervision.period import Period
from zhitongche.flow.vocabulary import PARTIES
from zhitongche.identity import units
from zhitongche.tenancy.vocabulary import TERRITORIAL, UNIT_KINDS

if TYPE_CHECKING:
    from flask import Response

    from zhitongche.identity.tables import Unit

blueprint = Blueprint("overview", __name__, url_prefix="/overview")
COLUMNS: Final = (
    ("单位", 30), ("类别", 14), ("在办", 8), ("超期", 8), ("临近", 8), ("已办结", 8), ("重点督办", 10), ("按时完成的期限", 15), ("超期的期限", 12),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One unit's figures."""

    unit: Unit
    figures: UnitFigures

    @property
    def idle(self) -> bool:
        """Nothing was ever given to it in the period."""
        f = self.figures
        return not (f.open or f.finished or f.limits_met or f.limits_missed)


@blueprint.get("")
def show() -> str:
    """Districts and towns in one table, departments in another; what is late first."""
    period = Period.read(request.args)
    lines = _lines(period)
    shown = lines if request.args.get("all") else [line for line in lines if not line.idle]
    posts = [(PARTIES[owes], owes, met, missed) for owes, (met, missed) in oversight.by_post(period.since, period.until).items()]
    return render_template(
        "supervision/overview.html", period=period, filters=period.filters(), kinds=UNIT_KINDS, posts=posts,
        places=[line for line in shown if line.unit.kind in TERRITORIAL], others=[line for line in shown if line.unit.kind not in TERRITORIAL],
        hidden=len(lines) - len(shown), totals={key: sum(getattr(line.figures, key) for line in lines) for key in ("open", "late", "near", "finished", "key")},
        any_key=any(line.figures.key for line in lines), clause=flows.cited("ST-1.1.3", "RP-2.9"),
    )  # fmt: skip


@blueprint.get("/export")
def download() -> Response:
    """All units' figures as a spreadsheet; figures only, no petition's contents."""
    period = Period.read(request.args)
    rows = [_cells(line) for line in _lines(period)]
    return sheets.answer("各单位办理情况", f"收件时间{period}", COLUMNS, rows)


@blueprint.get("/units/<uuid:unit_id>")
def unit(unit_id: UUID) -> str:
    """One unit: its figures, and how each of its people kept the limits (ST-5.3)."""
    found, period = units.by_id(unit_id), Period.read(request.args)
    line = next((one for one in _lines(period) if one.unit.id == unit_id), Line(found, _none(unit_id)))
    return _people(found.name, oversight.by_person(unit_id, period.since, period.until), period, line)


@blueprint.get("/posts")
def posts() -> str:
    """The tenant's own posts: how those who screen, approve and call back kept their limits (ST-5.3)."""
    period = Period.read(request.args)
    return _people("本级受理、审批等岗位", oversight.by_person(None, period.since, period.until), period, None)


def _people(title: str, figures: list[oversight.PersonFigures], period: Period, line: Line | None) -> str:
    named = names.of_people([one.person_id for one in figures])
    rows = sorted(((named.get(one.person_id, "—"), one) for one in figures), key=lambda row: (-row[1].late, row[0]))
    return render_template(
        "supervision/unit.html", title=title, rows=rows, period=period, filters=period.filters(), line=line, kinds=UNIT_KINDS,
        clause=flows.cited("ST-5.3", "RP-2.9"),
    )


def _lines(period: Period) -> list[Line]:
    figures = {one.unit_id: one for one in oversight.by_unit(period.since, period.until)}
    # A unit that is gone still answers for what it had.
    listed = [unit for unit in units.listing(with_inactive=True) if unit.id in figures or (unit.active and "handler" in unit.roles)]
    lines = [Line(unit, figures.get(unit.id, _none(unit.id))) for unit in listed]
    return sorted(lines, key=lambda line: (-line.figures.late, -line.figures.open, line.unit.position))


def _none(unit_id: UUID) -> UnitFigures:
    return UnitFigures(unit_id, 0, 0, 0, 0, 0, 0, 0)


def _cells(line: Line) -> list[object]:
    f = line.figures
    return [line.unit.name, UNIT_KINDS.get(line.unit.kind, ""), f.open, f.late, f.near, f.finished, f.key, f.limits_met, f.limits_missed]
