"""Values of figures of the tenant in scope: over a period, by unit, by key, in time. One statement over sums each."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from zhitongche.identity.tables import Unit
from zhitongche.kernel.errors import NotFound
from zhitongche.persistence import current_tenant, db
from zhitongche.statistics import definitions, making, reading, spans
from zhitongche.statistics.tables import FigureEdition

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from uuid import UUID

    from zhitongche.statistics.definitions import Definitions, Figure
    from zhitongche.statistics.period import Period
    from zhitongche.statistics.reading import Counts
    from zhitongche.statistics.values import Value


def read(codes: Iterable[str], period: Period, *, unit: UUID | None = None, edition: int | None = None) -> dict[str, Value]:
    """The figures over a period, of the whole tenant or of one unit, by the definitions of now or of a former edition."""
    figures = chosen(codes, edition)
    counts = _counted(figures, spans.pieces(period.first, period.last), _whole, unit=unit, edition=edition)
    return making.values(figures, counts.get(True))


def by_unit(codes: Iterable[str], period: Period) -> dict[UUID, dict[str, Value]]:
    """The figures of each unit for which anything was counted at all."""
    figures = chosen(codes)
    units = list(db.session.scalars(select(Unit.id)))
    counts = _counted(figures, spans.pieces(period.first, period.last), lambda row: row.unit_id, units=units, by=("unit_id",))
    return {unit: making.values(figures, mine) for unit, mine in counts.items()}


def by_key(code: str, period: Period, *, unit: UUID | None = None) -> dict[str, Value]:
    """The figure by what it is divided by: ground, clock, step …; what has no key stands under the empty text."""
    (figure,) = chosen([code])
    pieces = spans.pieces(period.first, period.last)
    counts = _counted([figure], pieces, lambda row: row.key, unit=unit, by=("key",))
    return {key: making.value(figure, mine) for key, mine in sorted(counts.items())}


def trend(codes: Iterable[str], periods: Sequence[Period], *, unit: UUID | None = None) -> list[dict[str, Value]]:
    """The figures of each of the periods, in their order; stocks as they stood at each one's end."""
    figures = chosen(codes)
    counts = _counted(figures, spans.before_and_within(periods), lambda row: row.start, unit=unit, by=("start",))
    _, stocks = making.kinds_of(figures)
    return [making.values(figures, mine) for mine in reading.slots(counts, periods, stocks)]


def chosen(codes: Iterable[str], edition: int | None = None) -> list[Figure]:
    """The figures by their codes, as now or formerly defined; raises NotFound."""
    known = (definitions.current() if edition is None else _former(edition)).figures
    found = [known.get(code) for code in codes]
    if None in found:
        raise NotFound
    return [figure for figure in found if figure is not None]


def _former(edition: int) -> Definitions:
    text = db.session.scalar(select(FigureEdition.definitions).where(FigureEdition.edition == edition))
    if text is None:
        raise NotFound
    return definitions.of(text)


def _whole(_row: object) -> bool:
    return True


def _counted(
    figures: Sequence[Figure], pieces: Sequence[spans.Piece], scope: Callable[[Any], Any], *,
    unit: UUID | None = None, units: Sequence[UUID] | None = None, by: tuple[str, ...] = (), edition: int | None = None,
) -> dict[Any, Counts]:  # fmt: skip
    if not pieces or not figures:
        return defaultdict(dict)
    ask = making.asked([current_tenant()], figures, pieces, by, units=[unit] if unit else units, edition=edition)
    return reading.gathered(db.session.execute(*reading.statement(ask)), scope)
