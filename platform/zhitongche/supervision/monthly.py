"""The list of all unfinished items, on its day of each month (ST-3.5)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from zhitongche.casework.queries import oversight
from zhitongche.kernel import clock
from zhitongche.kernel.ids import new_id
from zhitongche.persistence import current_tenant, db
from zhitongche.supervision import seriousness
from zhitongche.supervision.tables import MonthlyItem, MonthlyList

if TYPE_CHECKING:
    from uuid import UUID

    from zhitongche.kernel.limits import Limit


def make(month: date, clause: str, late_by: Limit | None = None) -> bool:
    """Make the month's list from what is unfinished now; False where it was made before, by whichever process.

    What is late by `late_by` (working days) or more is seriously delayed: the machine proposes it, with the ground in words.
    """
    row = insert(MonthlyList).values(
        tenant_id=current_tenant(), id=new_id(), month=month, made_at=clock.now(), clause=clause
    )
    made = db.session.scalar(row.on_conflict_do_nothing(index_elements=["tenant_id", "month"]).returning(MonthlyList.id))
    if made is None:
        return False
    unfinished = oversight.unfinished()
    grounds = seriousness.of([one for one in unfinished if one.key_state is None], late_by) if late_by else {}
    now = clock.now()
    for item in unfinished:
        late = (now - item.due_at).days if item.due_at and item.due_at < now else 0
        db.session.add(
            MonthlyItem(list_id=made, petition_id=item.petition_id, stage=item.stage, unit_id=item.unit_id,
                        due_at=item.due_at, days_late=late, ground=grounds.get(item.petition_id, ""))
        )  # fmt: skip
    db.session.flush()
    return True


def lists() -> list[MonthlyList]:
    """All lists, the newest first."""
    return list(db.session.scalars(select(MonthlyList).order_by(MonthlyList.month.desc())))


def items_of(list_id: UUID) -> list[MonthlyItem]:
    """The items of a list, the most delayed first."""
    query = select(MonthlyItem).where(MonthlyItem.list_id == list_id)
    return list(db.session.scalars(query.order_by(MonthlyItem.days_late.desc(), MonthlyItem.petition_id)))
