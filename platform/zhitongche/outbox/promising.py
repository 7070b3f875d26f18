"""Promising 承诺: what must happen after the commit is written down within it."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy.dialects.postgresql import insert

from zhitongche.kernel import clock, ids
from zhitongche.outbox import waking
from zhitongche.outbox.tables import Outbox
from zhitongche.persistence import current_tenant, db

_LONGEST = 200


def promise(
    topic: str, payload: dict[str, Any], *, due_at: datetime | None = None, key: str | None = None
) -> None:
    """Promise, in the caller's transaction, that the topic's handler will run; at `due_at` or at once.

    With `key` it is promised once per tenant, however often it is asked for.
    `payload` is JSON of ids and codes; raises ValueError where it carries a text.
    """
    if any(len(text) > _LONGEST for text in _texts(payload)):
        raise ValueError(f"承诺“{topic}”的内容只能是编号和代码,不能带正文。")
    now = clock.now()
    row = insert(Outbox).values(
        tenant_id=current_tenant(),
        id=ids.new_id(),
        topic=topic,
        key=key,
        payload=payload,
        created_at=now,
        promised_for=due_at or now,
        due_at=due_at or now,
        tries=0,
    )
    db.session.execute(row.on_conflict_do_nothing(index_elements=["tenant_id", "key"]))
    if due_at is None or due_at <= now:
        waking.after_commit(db.session())


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _texts(part)
