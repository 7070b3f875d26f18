"""运行总览: what is late, whose, since when; what repeats; how we are doing against the period before (ST-1.1.3, RP-2.10.d)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from flask import Blueprint, render_template, request, url_for

from zhitongche.casework.queries import late, names
from zhitongche.desk import guard
from zhitongche.desk.figures import comparing, drawing, opening, picking, repeats, seeing, words
from zhitongche.desk.shown import stage_name
from zhitongche.flow.vocabulary import PARTIES
from zhitongche.kernel import clock
from zhitongche.kernel.errors import Forbidden
from zhitongche.statistics import Period, definitions, figures
from zhitongche.webkit.charts import Cell, Column, Row, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime
    from uuid import UUID

    from flask.typing import ResponseReturnValue

    from zhitongche.desk.figures.comparing import Change
    from zhitongche.desk.figures.picking import Picked
    from zhitongche.statistics import Value

blueprint = Blueprint("overview", __name__, url_prefix="/overview")
SHOWN: Final = 10
UNITS: Final = 20
_UNIT: Final = "desk.supervision.overview.unit"
_POSTS: Final = "desk.supervision.overview.posts"


@dataclass(frozen=True, slots=True)
class Line:
    """A figure now and before, what changed, and where each opens."""

    value: Value
    before: Value
    change: Change
    made_of: str
    definition: str
    behind: str
    behind_before: str


@blueprint.get("")
def show() -> ResponseReturnValue:
    """The leader's one page; every number on it opens further."""
    actor = guard.actor()
    if not seeing.sees_all(actor):
        raise Forbidden
    picked = picking.read(request.args)
    weekly = request.args.get("by") == "week"
    of_units = figures.by_unit(("on_time_rate",), picked.period)
    page = render_template(
        "figures/overview.html", picked=picked, periods=words.PERIODS, before=picking.before(picked.period), weekly=weekly,
        late=late.longest(actor, SHOWN), holders=_holders(), groups=_groups(picked), charts=_charts(picked, of_units, weekly=weekly), repeats=repeats.largest(), repeat_links=repeats.ways(), stage_name=stage_name, parties=PARTIES,
    )  # fmt: skip
    return page, picked.status


def lines(codes: Iterable[str], picked: Picked, unit: UUID | None = None) -> list[Line]:
    """These figures over the period beside the one before; those of which there is nothing in either are left out."""
    known = definitions.current().figures
    wanted = [code for code in codes if code in known]
    now = figures.read(wanted, picked.period, unit=unit)
    then = figures.read(wanted, picking.before(picked.period), unit=unit)
    return [_line(now[code], then[code], picked, unit) for code in wanted if _any(now[code]) or _any(then[code])]


def _line(now: Value, then: Value, picked: Picked, unit: UUID | None) -> Line:
    code, query = now.figure.code, picked.query
    before = picking.span_query(picking.before(picked.period))
    return Line(
        now, then, comparing.change(now, then), opening.note(now), opening.definition_url(code, query, unit),
        opening.cell(now, query, unit=unit).url, opening.cell(then, before, unit=unit).url,
    )  # fmt: skip


def _any(value: Value) -> bool:
    return bool(value.numerator or value.denominator)


def _groups(picked: Picked) -> dict[str, list[Line]]:
    every = {line.value.figure.code: line for line in lines([code for codes in words.GROUPS.values() for code in codes], picked)}
    found = {name: [every[code] for code in codes if code in every] for name, codes in words.GROUPS.items()}
    return {name: mine for name, mine in found.items() if mine}


def _holders() -> Table:
    """Whose what is late now, and since when: the units by how much they have late, then the tenant's own posts."""
    today = Period.of(clock.today(), clock.today())
    query, codes = picking.span_query(today), ("overdue_now", "on_hand")
    of_units, whole = figures.by_unit(codes, today), figures.read(codes, today)
    held = sorted((unit for unit, mine in of_units.items() if mine["overdue_now"].numerator), key=lambda unit: -of_units[unit]["overdue_now"].numerator)
    called, since = names.of_units(held), late.since()
    rows = [
        Row(called.get(unit, "—"), [*(opening.cell(of_units[unit][code], query, unit=unit) for code in codes), _day(since.get(unit))], url_for(_UNIT, unit_id=unit))
        for unit in held
    ]
    posts = whole["overdue_now"].numerator - sum(mine["overdue_now"].numerator for mine in of_units.values())
    if posts > 0:
        rows.append(Row(words.OWN_POSTS, [Cell(str(posts), posts), Cell("—"), _day(since.get(None))], url_for(_POSTS)))
    return Table("责任单位", (Column("超期未办结", "件"), Column("在办", "件"), Column("最早逾期")), rows)


def _day(moment: datetime | None) -> Cell:
    return Cell(f"{clock.local_date(moment):%Y-%m-%d}" if moment else "—")


def _charts(picked: Picked, of_units: Mapping[UUID, Mapping[str, Value]], *, weekly: bool) -> dict[str, Table]:
    over = drawing.periods(picked.period, weekly=weekly)
    return {
        "flow": drawing.trend(("received", "finished", "on_hand"), over),
        "on_time": drawing.by_unit(("on_time_rate",), of_units, picked.query, most=UNITS),
        "refused": drawing.by_key("refused", figures.by_key("refused", picked.period), picked.query),
        "satisfaction": drawing.trend(("satisfaction_given", "satisfaction_default"), over),
    }
