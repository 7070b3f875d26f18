"""Is anybody at work? Each part of the machinery leaves a row when it has been here (心跳)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from zhitongche.kernel import clock
from zhitongche.persistence import current_tenant, db
from zhitongche.supervision.tables import Heartbeat

PARTS: Final[dict[str, timedelta]] = {
    "relay": timedelta(minutes=2),
    "sweep": timedelta(minutes=2),
    "nightly": timedelta(hours=3),
}
"""Parts of the machinery and how long each may stay away before somebody should look."""


def beat(part: str) -> None:
    """The part has done its turn for the present tenant; the caller commits. Raises KeyError for an unknown part."""
    PARTS[part]
    row = insert(Heartbeat).values(tenant_id=current_tenant(), part=part, beat_at=clock.now())
    db.session.execute(row.on_conflict_do_update(index_elements=["tenant_id", "part"], set_={"beat_at": row.excluded.beat_at}))


def last() -> dict[str, datetime | None]:
    """When each part was last here; None where it never was. UTC."""
    found = dict(db.session.execute(select(Heartbeat.part, Heartbeat.beat_at)).all())
    return {part: found.get(part) for part in PARTS}


def silent() -> list[str]:
    """The parts that stayed away for too long."""
    now = clock.now()
    return [part for part, at in last().items() if at is None or now - at > PARTS[part]]
