"""After an act on a case that rises, or came from below: the message that the other level gets, in the same transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final

from escalation.cases import naming, writing
from escalation.wire import kinds
from zhitongche.casework import escalations

if TYPE_CHECKING:
    from uuid import UUID

    from escalation.cases.writing import Data
    from zhitongche.casework.case import Case
    from zhitongche.casework.escalations import Rise

Send = Callable[[str, "UUID", str, "Data"], None]
"""(peer, subject, type, data): number, sign and keep a message of the present tenant's."""
_Message = tuple[str, "Data"]


def tell(case: Case, send: Send) -> None:
    """Send what the act means for the level above, or below."""
    if case.facts.from_below:
        _tell_below(case, send)
    if case.petition.rises:
        _tell_above(case, send)


def _tell_above(case: Case, send: Send) -> None:
    rise = escalations.rise_of(case.petition.id)
    act = UPWARD.get(case.decision.action.verb)
    if rise is None or act is None:
        return
    subject = rise.bridge_id or _bound(case, rise)
    for kind, data in act(case, rise):
        send(rise.to_tenant, subject, kind, data)


def _bound(case: Case, rise: Rise) -> UUID:
    subject = naming.bridge_id(case.pack.code, rise)
    escalations.bind(rise.id, subject)
    return subject


def _sent_up(case: Case, rise: Rise) -> Iterator[_Message]:
    if case.form.get("verdict") == "agree":
        yield kinds.ESCALATE, writing.notice(escalations.notice_of(rise.id))


def _taken(_case: Case, rise: Rise) -> Iterator[_Message]:
    yield kinds.DETAILS, writing.details(escalations.details_of(rise.id))


def _supplemented(case: Case, rise: Rise) -> Iterator[_Message]:
    if rise.open:
        yield kinds.SUPPLEMENT, {"text": case.form["text"]}


def _supplemented_by_enterprise(case: Case, rise: Rise) -> Iterator[_Message]:
    # Before it is taken nobody above may know more than the notice; the details will hold it.
    if rise.open and rise.taken_at is not None:
        yield kinds.SUPPLEMENT, {"text": case.form["text"]}


def _withdrawn(case: Case, _rise: Rise) -> Iterator[_Message]:
    yield kinds.WITHDRAW, {"reason": case.form["reason"]}


UPWARD: Final[dict[str, Callable[[Case, Rise], Iterator[_Message]]]] = {
    "send_up": _sent_up, "taken_above": _taken, "supplement_up": _supplemented,
    "supplement": _supplemented_by_enterprise, "withdraw": _withdrawn,
    "supplemented_below": _supplemented_by_enterprise, "withdrawn_below": _withdrawn,
}  # fmt: skip
"""Verb → what the level above is told of it."""


def _tell_below(case: Case, send: Send) -> None:
    standing = escalations.standing(case.petition.id)
    told = message_of(case)
    if told is not None:
        send(standing.from_tenant, standing.bridge_id, *told)


def message_of(case: Case) -> _Message | None:
    """What the level below is told of an act above; None where it is nothing that matters there."""
    verb, decision = case.decision.action.verb, case.decision
    if verb == "return_report":
        return kinds.RETURN, {"reason": case.form["reason"], "by": case.pack.department}
    if verb == "ask_below":
        return kinds.STATUS, writing.status("asked", holder=case.pack.department, text=case.form["text"])
    if verb == "request_document":
        return kinds.REQUEST, writing.request(case.form["document"], case.form["reason"], by=case.pack.department)
    if verb == "take":
        return kinds.STATUS, _standing(case, "taken")
    if verb in RELAYED:
        return kinds.STATUS, _relayed(case)
    if case.actor.kind == "system":
        return None
    if case.petition.outcome is not None:
        return kinds.STATUS, _decided(case)
    return (kinds.STATUS, _standing(case, "progress")) if decision.from_stage != decision.to_stage else None


RELAYED: Final = frozenset({"taken_above", "progress_above", "returned_above", "decided_above"})
"""What the level above tells here is, for the level below, progress: this level still owes it the decision."""


def _relayed(case: Case) -> Data:
    said = case.form.get("text") or ""
    return {**_standing(case, "progress"), **({"text": said} if said else {})}


def _standing(case: Case, state: str) -> Data:
    """Who has it now, what happens, and until when."""
    standing = escalations.standing(case.petition.id)
    return writing.status(state, holder=standing.holder, due=standing.due, text=_public(case))


def _decided(case: Case) -> Data:
    standing = escalations.standing(case.petition.id)
    return writing.status("decided", holder=standing.holder, text=standing.answer or _public(case), resolution=standing.resolution)


def _public(case: Case) -> str:
    return case.pack.flow.stages[case.decision.to_stage].public
