"""What the units have reported of their unfinished items (ST-3.4.b)."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from zhitongche.casework.tables import Record
from zhitongche.kernel import clock
from zhitongche.persistence import db

if TYPE_CHECKING:
    from uuid import UUID


def of_week(day: date) -> dict[UUID, str]:
    """The last report of each petition in the week (Monday to Sunday, China) of this day."""
    monday = clock.on(day - timedelta(days=day.weekday()), time())
    query = select(Record.petition_id, Record.text).where(Record.kind == "progress", Record.at >= monday, Record.at < monday + timedelta(days=7))
    return dict(db.session.execute(query.order_by(Record.at)).all())
