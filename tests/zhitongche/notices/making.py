"""Promises and notices, made for tests."""

from typing import Any
from uuid import UUID

from zhitongche.identity import units
from zhitongche.kernel import clock
from zhitongche.kernel.ids import new_id
from zhitongche.notices import fan_out
from zhitongche.notices.tables import Notice
from zhitongche.outbox import Message
from zhitongche.persistence import db, unit_of_work


def told(message: str, party: str, **payload: Any) -> Message:
    """Relay one promise, as the worker does."""
    payload = {"message": message, "party": party, "fields": {"number": "N1"}, **payload}
    promised = Message(new_id(), "notice", None, payload, clock.now(), 1)
    relayed(promised)
    return promised


def relayed(promised: Message) -> None:
    with unit_of_work():
        fan_out(promised)


def unit(code: str) -> str:
    return str(units.by_code(code).id)


def sms(mobile: str = "13900000001", **values: Any) -> UUID:
    """One message that is due now, committed."""
    now = clock.now()
    given = {
        "id": new_id(), "key": str(new_id()), "recipient": mobile, "channel": "sms", "name": "某", "mobile": mobile,
        "message": "assigned", "text": "内容", "state": "queued", "promised_for": now, "due_at": now, **values,
    }  # fmt: skip
    db.session.add(Notice(**given))
    db.session.commit()
    return given["id"]
