"""Fetching what the level below has offered: outside of any transaction, checked against what was asked for and told."""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from escalation.carriage import ways
from escalation.carriage.desk_of import desk_of, send
from escalation.cases import reading, words
from escalation.cases.doing import FETCH
from escalation.cases.handing import Declined
from escalation.protocol import quarantine
from escalation.wire import kinds
from escalation.wire.reasons import Rejected
from zhitongche import outbox
from zhitongche.casework import escalations
from zhitongche.kernel import clock
from zhitongche.kernel.errors import NotFound, ZhitongcheError
from zhitongche.persistence import current_tenant, unit_of_work

if TYPE_CHECKING:
    from collections.abc import Mapping

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Offer:
    """What was offered, and the request of ours that it answers (None where we asked for no such thing)."""

    peer: str
    subject: UUID
    told: Mapping[str, Any]
    request: Mapping[str, Any] | None


@outbox.slow
def fetch(message: outbox.Message) -> None:
    """Fetch one offer and keep it; idempotent. What is refused is told to a person, what is unreachable tried again."""
    with unit_of_work():
        offer = _offer(message.payload["peer"], UUID(message.payload["offer"]))
    if offer.request is None or not _answers(offer.request, offer.told):
        return _refuse(offer, words.NOT_ASKED)
    try:
        content = ways.fetch(offer.peer, current_tenant(), "documents", token=offer.told["token"])
    except Declined as error:
        return _declined(offer, error.reason, is_again=message.tries > 1)
    if hashlib.sha256(content).hexdigest() != offer.told["digest"]:
        return _refuse(offer, words.NOT_THE_SAME)
    try:
        with unit_of_work():
            _keep(offer, content)
    except Rejected:
        _refuse(offer, words.NOT_READABLE)
    except ZhitongcheError as error:
        _refuse(offer, error.message or words.NOT_ASKED)


HANDLERS: Final[dict[str, outbox.Handler]] = {FETCH: fetch}
"""Topic → handler, for the relay."""


def _offer(peer: str, offer_id: UUID) -> Offer:
    desk = desk_of(current_tenant())
    row = desk.books.incoming(peer, offer_id)
    if row is None:
        raise NotFound
    told = desk.gate.open(row.envelope).data
    asked = desk.books.outgoing(UUID(told["request"])) if "request" in told else None
    ours = asked is not None and (asked.peer, asked.subject, asked.type) == (peer, row.subject, kinds.REQUEST)
    return Offer(peer, row.subject, told, desk.gate.open(asked.envelope).data if asked and ours else None)


def _answers(request: Mapping[str, Any], told: Mapping[str, Any]) -> bool:
    return "digest" not in request or request["digest"] == told["digest"]


def _keep(offer: Offer, content: bytes) -> None:
    petition, request = escalations.petition_by_bridge(offer.subject), offer.request
    if petition is None or request is None:
        raise NotFound
    if "digest" in request:
        escalations.received(petition, request["digest"], content, request["purpose"])
    else:
        escalations.contacted(petition, *reading.contact(content), request["purpose"])


def _declined(offer: Offer, reason: str, *, is_again: bool) -> None:
    # A link that ended before its answer was here: what was asked for is asked for again.
    if reason == "expired" or (reason == "used" and is_again):
        with unit_of_work():
            send(offer.peer, offer.subject, kinds.REQUEST, dict(offer.request or {}))
        return
    _refuse(offer, words.DECLINED[reason])


def _refuse(offer: Offer, why: str) -> None:
    log.warning("bridge: what %s offered for %s was not taken", offer.peer, offer.subject)
    with unit_of_work():
        quarantine.put(desk_of(current_tenant()).books, offer.peer, why, offer.subject.bytes, clock.now(), str(offer.subject))
