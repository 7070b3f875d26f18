"""The petitions behind a figure, newest first, page by page by key: no page costs more than another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal
from uuid import UUID

from sqlalchemy import exists, select, tuple_
from sqlalchemy.orm import aliased

from zhitongche.kernel.errors import NotFound
from zhitongche.persistence import db
from zhitongche.statistics import making, summing
from zhitongche.statistics.tables import FigureEdition, FigureFact

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Select

    from zhitongche.statistics.definitions import Figure
    from zhitongche.statistics.period import Period
    from zhitongche.statistics.values import Value

Part = Literal["numerator", "denominator", "left_out"]


@dataclass(frozen=True)
class Behind:
    """A page of petitions; `total` is what the figure itself says, `next` the mark to go on from, None at the end.

    Where one petition is counted several times (each of its clocks, say) it stands once for each day, and `total` tells
    the times.
    """

    ids: list[UUID]
    total: int
    next: str | None


def behind(
    code: str, period: Period, part: Part = "numerator", *,
    unit: UUID | None = None, key: str | None = None, after: str | None = None, limit: int = 50,
) -> Behind:  # fmt: skip
    """The petitions behind a figure or behind a part of it; `after`: the mark of the page before. Raises NotFound."""
    (figure,) = summing.chosen([code])
    page = _page(figure, period, part, unit, key).limit(limit + 1)
    if after is not None:
        page = page.where(tuple_(FigureFact.day, FigureFact.petition_id) < _read(after))
    rows = db.session.execute(page).all()
    mark = _mark(rows[limit - 1].day, rows[limit - 1].petition_id) if len(rows) > limit else None
    ids = list(dict.fromkeys(row.petition_id for row in rows[:limit]))
    return Behind(ids, _total(code, period, part, unit, key), mark)


def _page(figure: Figure, period: Period, part: Part, unit: UUID | None, key: str | None) -> Select[date, UUID]:
    stock = figure.shape == "stock"
    kinds = figure.numerator if part == "numerator" else making.base(figure)
    current = select(FigureEdition.edition).where(FigureEdition.state == "current").scalar_subquery()
    wanted: list[ColumnElement[bool]] = [
        FigureFact.edition == current, FigureFact.kind.in_(kinds), FigureFact.day <= period.last,
        FigureFact.left_out == (part == "left_out"), FigureFact.n == 1,
    ]  # fmt: skip
    wanted += [FigureFact.unit_id == unit] if unit else []
    wanted += [FigureFact.key == key] if key is not None else []
    wanted += [~_gone(period.last)] if stock else [FigureFact.day >= period.first]
    # The same petition twice on a day is one line; the days of different facts are lines of their own.
    return (
        select(FigureFact.day, FigureFact.petition_id).where(*wanted).distinct()
        .order_by(FigureFact.day.desc(), FigureFact.petition_id.desc())
    )  # fmt: skip


def _gone(day: date) -> ColumnElement[bool]:
    """Whether what came with this fact had left again by the day."""
    later = aliased(FigureFact)
    return exists(
        select(later.no).where(
            later.edition == FigureFact.edition, later.petition_id == FigureFact.petition_id, later.no > FigureFact.no,
            later.kind == FigureFact.kind, later.n == -1, later.day <= day,
        )
    )  # fmt: skip


def _total(code: str, period: Period, part: Part, unit: UUID | None, key: str | None) -> int:
    value = _value(code, period, unit, key)
    if value is None:
        return 0
    return {"numerator": value.numerator, "denominator": value.denominator or 0, "left_out": value.left_out}[part]


def _value(code: str, period: Period, unit: UUID | None, key: str | None) -> Value | None:
    if key is not None:
        return summing.by_key(code, period, unit=unit).get(key)
    return summing.read([code], period, unit=unit)[code]


def _mark(day: date, petition: UUID) -> str:
    return f"{day.isoformat()}.{petition}"


def _read(mark: str) -> tuple[date, UUID]:
    day, _, petition = mark.partition(".")
    try:
        return date.fromisoformat(day), UUID(petition)
    except ValueError as faulty:
        raise NotFound from faulty
