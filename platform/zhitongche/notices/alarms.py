"""Nothing is given up silently: people are told of what is stuck."""

from datetime import timedelta

from sqlalchemy import ColumnElement, select, update

from zhitongche.identity import people
from zhitongche.identity.people import Recipient
from zhitongche.kernel import clock
from zhitongche.notices import words
from zhitongche.notices.fanning_out import rows_for, store
from zhitongche.notices.tables import Notice
from zhitongche.outbox import Message
from zhitongche.persistence import db

PATIENCE = timedelta(hours=24)
_KEEPERS = ("operator", "admin")


def raise_alarms() -> int:
    """Tell operator and administrator of messages a day late, and of uncertain ones; tells how many are new.

    The caller commits. Each message is told of once and stays to be sent.
    """
    new = Notice.alarmed_at.is_(None)
    late = Notice.state.in_(("queued", "held", "sending")) & (Notice.promised_for <= clock.now() - PATIENCE)
    doubtful = Notice.state.in_(("uncertain", "failed"))
    return _alarm(new & late, words.STUCK_SMS) + _alarm(new & doubtful, words.UNCERTAIN_SMS)


def tell_stuck(promised: Message) -> None:
    """Handler of topic `outbox.stuck`: tell operator and administrator of a promise a day late."""
    topic, tries = promised.payload["topic"], promised.payload["tries"]
    tell_keepers(f"stuck:{promised.id}", words.STUCK_OUTBOX.format(topic=topic, tries=tries))


def _alarm(which: ColumnElement[bool], text: str) -> int:
    ids = list(db.session.scalars(select(Notice.id).where(which).with_for_update(skip_locked=True)))
    if ids:
        db.session.execute(update(Notice).where(Notice.id.in_(ids)).values(alarmed_at=clock.now()))
        tell_keepers(f"alarm:{ids[0]}", text.format(count=len(ids)))
    return len(ids)


def tell_keepers(key: str, text: str) -> None:
    """Tell operator and administrator of the present tenant, once per key; the caller commits."""
    # On the site only: the SMS channel is what may be broken.
    keepers = {person.id: Recipient.of(person) for role in _KEEPERS for person in people.of_role(role)}
    rows = rows_for(keepers.values(), lambda _: text, key=key, message="alarm")
    store([row for row in rows if row["channel"] == "site"])
