"""The limits that a unit owes now, by what they are (ST-5.3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from sqlalchemy import bindparam, func, select

from zhitongche.casework.tables import Clock
from zhitongche.kernel import clock
from zhitongche.persistence import db

if TYPE_CHECKING:
    from uuid import UUID


@dataclass(frozen=True, slots=True)
class Running:
    """Open limits of one kind: how many, how many of them passed, when the next is due (UTC; None where all have passed)."""

    code: str
    name: str
    open: int
    late: int
    next_due: datetime | None


_PASSED: Final = Clock.due_at < bindparam("now")
_QUERY: Final = (
    select(
        Clock.code, func.max(Clock.name), func.count(), func.count().filter(_PASSED), func.min(Clock.due_at).filter(~_PASSED),
    )
    .where(Clock.unit_id == bindparam("unit"), Clock.met_at.is_(None), Clock.lapsed_at.is_(None))
    .group_by(Clock.code)
)  # fmt: skip


def of_unit(unit_id: UUID) -> dict[str, Running]:
    """The unit's open limits by their codes."""
    rows = db.session.execute(_QUERY, {"unit": unit_id, "now": clock.now()})
    return {row[0]: Running(*row) for row in rows}
