"""What a message does: each type calls the use case that it stands for, in the receiver's transaction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from escalation.cases import handing, reading, words
from escalation.ledger import erasing
from escalation.ledger.books import SqlBooks
from escalation.ledger.links import Asked
from escalation.protocol.books import Hold
from escalation.wire import kinds
from zhitongche import outbox
from zhitongche.casework import escalations
from zhitongche.casework.escalations import Report
from zhitongche.kernel import clock
from zhitongche.kernel.errors import Invalid, ZhitongcheError
from zhitongche.notices import alarms

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from uuid import UUID

    from escalation.cases.telling import Send
    from escalation.wire.event import Event
    from zhitongche.casework.escalations import Rise

FETCH: Final = "bridge.fetch"
"""The promise to fetch what was offered; `carriage` keeps it."""


@dataclass(frozen=True, slots=True)
class Cases:
    """The application of one tenant, as the protocol sees it; `name_of` a tenant is the trust list's."""

    name_of: Callable[[str], str]
    send: Send
    """Answers a message, in its transaction."""

    def apply(self, peer: str, event: Event) -> None:
        """Do what the message says; raises Hold with the reason (Chinese) where the case does not allow it."""
        try:
            DEEDS[event.type](_Message(self, peer, event))
        except ZhitongcheError as error:
            told = "；".join(error.errors.values()) if isinstance(error, Invalid) else error.message
            raise Hold(told or words.NOT_APPLICABLE) from error

    def control(self, peer: str, event: Event, envelope: bytes) -> bytes:
        """Cases know of none; what is kept of a neighbour's seals is `carriage`'s."""
        raise NotImplementedError(f"{peer} {event.type}")

    def recovered(self, peer: str, event: Event) -> None:
        """Tell the keepers, once for each case and restoration; acts are people's, and done over again they get the same bridge id."""
        number = escalations.numbers_by_bridge([event.subject]).get(event.subject, words.NO_NUMBER)
        text = words.RECOVERED.format(number=number, peer=self.name_of(peer), bridge=event.subject)
        # A restored database takes a new epoch before it takes anything back.
        alarms.tell_keepers(f"bridge:recovered:{event.subject}:{SqlBooks().epoch()}", text)


@dataclass(frozen=True, slots=True)
class _Message:
    cases: Cases
    peer: str
    event: Event

    @property
    def data(self) -> Mapping[str, Any]:
        return self.event.data

    @property
    def due(self) -> datetime | None:
        return reading.moment(self.data.get("due"))

    def petition(self) -> UUID:
        """The case that came from below; Hold where there is none by this id."""
        found = escalations.petition_by_bridge(self.event.subject)
        if found is None or escalations.standing(found).from_tenant != self.peer:
            raise Hold(words.UNKNOWN_REPORT)
        return found

    def rise(self) -> Rise:
        """Our case that went up; Hold where there is none by this id: our database may be older than the message."""
        found = escalations.by_bridge(self.event.subject)
        if found is None or found.to_tenant != self.peer:
            raise Hold(words.UNKNOWN_RISE)
        return found


def _escalate(message: _Message) -> None:
    name = message.cases.name_of(message.peer)
    escalations.report(Report(message.event.subject, message.peer, name, reading.notice(message.data)))


def _details(message: _Message) -> None:
    escalations.reveal(message.petition(), reading.details(message.data))


def _supplement(message: _Message) -> None:
    escalations.supplemented(message.petition(), message.data["text"])


def _withdraw(message: _Message) -> None:
    petition = message.petition()
    escalations.withdrawn(petition, message.data["reason"])
    escalations.erase(petition)
    erasing.erase(message.peer, message.event.subject)


def _request(message: _Message) -> None:
    rise, data = message.rise(), message.data
    # What crosses the end of the case on its way is not answered any more.
    if rise.open:
        asked = Asked(message.peer, message.event.subject, message.event.id, data.get("digest"), data["purpose"])
        message.cases.send(message.peer, message.event.subject, *handing.answer(rise.id, asked, clock.now()))


def _offer(message: _Message) -> None:
    message.petition()
    # Fetched outside of this transaction: it is not for a message to wait for the network.
    offer = {"peer": message.peer, "offer": str(message.event.id)}
    outbox.promise(FETCH, offer, key=f"{FETCH}:{message.event.id}")


def _return(message: _Message) -> None:
    escalations.returned(message.rise().id, message.data["reason"], message.data.get("by", ""))


def _status(message: _Message) -> None:
    STATES[message.data["state"]](message)


def _told_taken(message: _Message) -> None:
    data = message.data
    escalations.taken(message.rise().id, data.get("holder", ""), message.due, data.get("text", ""))


def _told_progress(message: _Message) -> None:
    data = message.data
    escalations.progressed(message.rise().id, data.get("holder", ""), message.due, data.get("text", ""))


def _told_asked(message: _Message) -> None:
    escalations.asked(message.rise().id, message.data.get("text", ""))


def _told_decided(message: _Message) -> None:
    escalations.decided(message.rise().id, message.data.get("text", ""), message.data.get("resolution", ""))


STATES: Final[dict[str, Callable[[_Message], None]]] = {
    "taken": _told_taken, "progress": _told_progress, "asked": _told_asked, "decided": _told_decided, "closed": _told_progress,
}  # fmt: skip
DEEDS: Final[dict[str, Callable[[_Message], None]]] = {
    kinds.ESCALATE: _escalate, kinds.DETAILS: _details, kinds.SUPPLEMENT: _supplement, kinds.WITHDRAW: _withdraw,
    kinds.STATUS: _status, kinds.RETURN: _return, kinds.REQUEST: _request, kinds.OFFER: _offer,
}  # fmt: skip
"""Type → what is done."""
