"""Nothing is given up silently: what is a day late is told to a person, and the work stays."""

from datetime import timedelta

from sqlalchemy import select, update

from zhitongche.kernel import clock
from zhitongche.outbox.promising import promise
from zhitongche.outbox.tables import Outbox
from zhitongche.persistence import db

TOPIC = "outbox.stuck"
PATIENCE = timedelta(hours=24)


def raise_alarms() -> int:
    """Promise one `outbox.stuck` message (payload `id`, `topic`, `tries`) per promise a day late; how many."""
    now = clock.now()
    late = (Outbox.done_at.is_(None), Outbox.alarmed_at.is_(None), Outbox.promised_for <= now - PATIENCE)
    rows = db.session.execute(
        select(Outbox.id, Outbox.topic, Outbox.tries)
        # An alarm that itself cannot be delivered must not breed alarms.
        .where(*late, Outbox.topic != TOPIC)
        .with_for_update(skip_locked=True)
    ).all()
    for row in rows:
        promise(TOPIC, {"id": str(row.id), "topic": row.topic, "tries": row.tries}, key=f"stuck:{row.id}")
    marked = update(Outbox).where(Outbox.id.in_([row.id for row in rows])).values(alarmed_at=now)
    db.session.execute(marked.execution_options(synchronize_session=False))
    return len(rows)
