"""Every promised notice is there once for everyone it is meant for, and has gone out once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from sqlalchemy import func, or_, select

from zhitongche import notices
from zhitongche.casework.tables import Petition
from zhitongche.identity import people
from zhitongche.identity.tables import Person
from zhitongche.kernel import clock
from zhitongche.notices.tables import Notice
from zhitongche.outbox.tables import Outbox
from zhitongche.persistence import db

if TYPE_CHECKING:
    from datetime import datetime

    from zhitongche.simulation.machine import Silence

_PATIENCE: Final = timedelta(minutes=30)
_NOT_PROMISED: Final = ("digest:", "code:", "alarm:", "stuck:")
"""Keys of notices that no promise of topic `notice` stands behind."""

Address = tuple[str, str]


def check(provider: Silence | None) -> list[str]:
    """What is wrong with the present tenant's promises and notices, by the people as they are now."""
    return [*_outbox(), *_addressees(), *_told_twice(), *_unsent(), *_sent_twice(provider)]


def _outbox() -> Iterator[str]:
    overdue = select(Outbox).where(Outbox.done_at.is_(None), Outbox.due_at < clock.now() - _PATIENCE).limit(20)
    for row in db.session.scalars(overdue):
        yield f"承诺“{row.topic}”未兑现，已尝试{row.tries}次：{row.last_error or '无记录'}"


def _addressees() -> Iterator[str]:
    there: dict[str, set[Address]] = defaultdict(set)
    for key, channel, recipient in db.session.execute(select(Notice.key, Notice.channel, Notice.recipient)):
        there[key].add((channel, recipient))
    directory = _Directory()
    promised = select(Outbox).where(Outbox.topic == notices.TOPIC, Outbox.done_at.is_not(None))
    for row in db.session.scalars(promised.order_by(Outbox.id)):
        told = there.pop(row.payload.get("key") or str(row.id), set())
        surely, perhaps = directory.of(row.payload, row.created_at)
        if surely - told:
            yield f"通知“{row.payload['message']}”缺少收件人：{_listed(surely - told)}"
        if told - perhaps:
            yield f"通知“{row.payload['message']}”发给了无关的人：{_listed(told - perhaps)}"
    for key in there:
        if not key.startswith(_NOT_PROMISED):
            yield f"通知“{key}”没有对应的承诺"


class _Directory:
    """Who is told when a party is told; asked once for each party and its units and enterprises."""

    def __init__(self) -> None:
        self._born = dict(db.session.execute(select(Person.id, Person.created_at)).all())
        self._known: dict[tuple[Any, ...], list[people.Recipient]] = {}
        self._named: dict[UUID, list[tuple[str, datetime]]] = defaultdict(list)
        for one in db.session.scalars(select(Petition)):
            self._named[one.id].append((one.contact_mobile, one.received_at))
            if one.joined_into:
                self._named[one.joined_into].append((one.contact_mobile, one.closed_at or one.updated_at))

    def of(self, payload: dict[str, Any], at: datetime) -> tuple[set[Address], set[Address]]:
        """The addresses that were to be told at the moment, and all that may have been."""
        found = [one for one in self._party(payload) if str(one.person_id) != payload.get("but")]
        surely = [one for one in found if one.person_id is None or self._born[one.person_id] <= at]
        named = self._named[UUID(payload["petition_id"])] if "enterprise" in _parties(payload) else []
        early = {("sms", mobile) for mobile, since in named if since <= at}
        return _addresses(surely) | early, _addresses(found) | {("sms", mobile) for mobile, _ in named}

    def _party(self, payload: dict[str, Any]) -> list[people.Recipient]:
        named = [people.Recipient.of(people.by_id(UUID(person))) for person in payload.get("people", ())]
        units, enterprises = tuple(payload.get("units", ())), tuple(payload.get("enterprises", ()))
        for party in _parties(payload):
            key = (party, units, enterprises)
            if key not in self._known:
                self._known[key] = people.of_party(party, frozenset(map(UUID, units)), frozenset(map(UUID, enterprises)))
            named += self._known[key]
        return named


def _parties(payload: dict[str, Any]) -> list[str]:
    return payload.get("parties") or [payload["party"]]


def _addresses(found: list[people.Recipient]) -> set[Address]:
    site = {("site", str(one.person_id)) for one in found if one.person_id}
    return site | {("sms", one.mobile) for one in found if one.mobile}


def _told_twice() -> Iterator[str]:
    """One journal entry gives a party one message; what a limit promises is keyed by the limit."""
    entry = Outbox.payload["seq"].astext
    cause = (Outbox.payload["petition_id"].astext, Outbox.payload["message"].astext, Outbox.payload["party"].astext, entry)
    of_notices = (Outbox.topic == notices.TOPIC,)
    twice = select(*cause, func.count()).where(*of_notices, entry.is_not(None)).group_by(*cause).having(func.count() > 1)
    for petition_id, message, party, seq, count in db.session.execute(twice.limit(20)):
        yield f"诉求{petition_id}第{seq}步对{party}的通知“{message}”被承诺了{count}次"
    unkeyed = select(Outbox.payload["message"].astext).where(*of_notices, Outbox.key.is_(None)).limit(20)
    for message in db.session.scalars(unkeyed):
        yield f"通知“{message}”的承诺没有键，可能重复"


def _unsent() -> Iterator[str]:
    waiting = Notice.state.in_(("queued", "held", "sending")) & (Notice.due_at < clock.now() - _PATIENCE)
    for row in db.session.scalars(select(Notice).where(or_(waiting, Notice.state.in_(("failed", "uncertain")))).limit(20)):
        yield f"短信“{row.message}”未发出（{row.state}）：{row.last_error or '无记录'}"


def _sent_twice(provider: Silence | None) -> Iterator[str]:
    if provider is None:
        return
    query = select(Notice.id).where(Notice.channel == "sms", Notice.state == "sent", Notice.provider == provider.name)
    for notice_id in db.session.scalars(query):
        if provider.sent[notice_id] > 1:
            yield f"短信{notice_id}发出了{provider.sent[notice_id]}次"


def _listed(addresses: set[Address]) -> str:
    return "、".join(sorted(recipient for _, recipient in addresses))
