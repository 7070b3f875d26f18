"""我的指标: a unit's figures against its limits, the period before and all units together (ST-5.3)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Blueprint, render_template, request

from zhitongche.casework.queries import running
from zhitongche.desk import guard
from zhitongche.desk.figures import drawing, opening, overview, picking, seeing, words
from zhitongche.identity import units
from zhitongche.kernel.errors import Forbidden
from zhitongche.statistics import figures
from zhitongche.tenancy import current
from zhitongche.webkit.charts import Cell

if TYPE_CHECKING:
    from uuid import UUID

    from flask.typing import ResponseReturnValue

    from zhitongche.casework.queries.running import Running
    from zhitongche.desk.figures.picking import Picked
    from zhitongche.statistics import Value

blueprint = Blueprint("own", __name__, url_prefix="/own")


@dataclass(frozen=True, slots=True)
class Limit:
    """One limit of the mechanism: how the unit kept it, how all units did, what runs now."""

    name: str
    clause: str
    span: str
    own: Cell | None
    everyone: Cell | None
    now: Running | None


@blueprint.get("")
def show() -> ResponseReturnValue:
    """My unit's page."""
    unit_id = seeing.own_unit(guard.actor())
    if unit_id is None:
        raise Forbidden
    picked = picking.read(request.args)
    over = drawing.periods(picked.period, weekly=request.args.get("by") == "week")
    page = render_template(
        "figures/own.html", picked=picked, periods=words.PERIODS, before=picking.before(picked.period), unit=units.by_id(unit_id),
        limits=_limits(unit_id, picked), lines=overview.lines(words.OF_A_UNIT, picked, unit_id), everyone=_everyone(picked),
        steps=_steps(unit_id, picked), work=drawing.trend(("handed", "finished", "on_hand"), over, unit_id),
        rates=drawing.trend(("response_rate", "on_time_rate"), over, unit_id), weekly=request.args.get("by") == "week",
    )  # fmt: skip
    return page, picked.status


def _limits(unit_id: UUID, picked: Picked) -> list[Limit]:
    """Every limit that the unit has kept, missed or owes now; what runs late first."""
    own = figures.by_key("on_time_rate", picked.period, unit=unit_id)
    everyone = figures.by_key("on_time_rate", picked.period)
    now = running.of_unit(unit_id)
    found = [_limit(code, own.get(code), everyone.get(code), now.get(code), picked, unit_id) for code in {**own, **now}]
    return sorted(found, key=lambda one: (-(one.now.late if one.now else 0), -(one.now.open if one.now else 0), one.name))


def _limit(code: str, own: Value | None, everyone: Value | None, now: Running | None, picked: Picked, unit_id: UUID) -> Limit:
    rule = current.pack().flow.clocks.get(code)
    fixed = rule.limit.default if rule else None
    return Limit(
        figures.key_name("on_time_rate", code) if rule or now is None else now.name,
        "" if rule is None or rule.is_setting else rule.clause, fixed.in_chinese() if fixed else "",
        opening.cell(own, picked.query, unit=unit_id, key=code) if own else None,
        Cell.of(everyone, note=opening.note(everyone)) if everyone else None, now,
    )  # fmt: skip


def _everyone(picked: Picked) -> dict[str, Value]:
    """All units together, from their sums; a median of all spans where sums of it make no sense."""
    of_units = figures.by_unit(words.OF_A_UNIT, picked.period)
    whole = figures.read(words.OF_A_UNIT, picked.period)
    summed = {code: drawing.total(mine[code] for mine in of_units.values()) for code in words.OF_A_UNIT}
    return {code: summed[code] or whole[code] for code in words.OF_A_UNIT}


def _steps(unit_id: UUID, picked: Picked) -> list[tuple[str, Cell, Cell, Cell | None]]:
    """Steps: name, median, within which nine of ten were done, the median of all."""
    own, most = (figures.by_key(code, picked.period, unit=unit_id) for code in ("step_median", "step_p90"))
    everyone = figures.by_key("step_median", picked.period)
    return [
        (
            figures.key_name("step_median", key), opening.cell(value, picked.query, unit=unit_id, key=key),
            Cell.of(most[key]), Cell.of(everyone[key]) if key in everyone else None,
        )
        for key, value in own.items()
    ]  # fmt: skip
