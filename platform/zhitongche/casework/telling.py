"""Promise the notices that an action entails, through the outbox: ids and codes, no text and no name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from zhitongche import outbox
from zhitongche.casework.case import facts_now, pack_of
from zhitongche.flow.parties import units_of
from zhitongche.flow.vocabulary import OTHER_LEVELS
from zhitongche.identity import units
from zhitongche.kernel import clock

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from zhitongche.casework.case import Case
    from zhitongche.casework.tables import Clock, Petition
    from zhitongche.flow.facts import Facts

TOPIC: Final = "notice"
PAPERS: Final = "paper"
URGENT: Final = timedelta(hours=24)
"""What is due within this span is told at once, quiet hours or not."""
UNIT_PARTIES: Final = frozenset({"lead", "co", "proposed"})


@dataclass(frozen=True, slots=True)
class _Promise:
    party: str
    message: str
    key: str
    units: frozenset[UUID]
    enterprises: frozenset[UUID]
    due: Clock | None
    fields: dict[str, str]
    but: UUID | None = None
    seq: int | None = None


def tell(case: Case, seq: int) -> None:
    """One promise per message of the action; its words, from journal entry `seq`, and addresses are found when it is sent."""
    petition, action = case.petition, case.decision.action
    fields = _fields(petition)
    for told in action.tells:
        if told.party == "reviewer" and case.facts.matched:
            continue
        key = f"{petition.id}:{petition.version}:{action.code}:{told.party}"
        party_units, enterprises = _addressees(told.party, case.facts)
        due = _soonest(case.running, told.party)
        _promise(petition, _Promise(told.party, told.message, key, party_units, enterprises, due, fields, case.actor.person_id, seq))


def tell_clock(petition: Petition, row: Clock, message: str) -> None:
    """Tell the one who owes a clock that it is near or past; once per clock and message.

    Another level cannot be told from here: whoever has to press it is.
    """
    party = "triage" if row.owes in OTHER_LEVELS else row.owes
    party_units, enterprises = _addressees(party, facts_now(petition))
    if row.unit_id is not None:
        party_units = frozenset({row.unit_id})
    key, fields = f"{row.id}:{message}", {**_fields(petition), "text": row.name}
    _promise(petition, _Promise(party, message, key, party_units, enterprises, row, fields))


def promise_papers(case: Case, seq: int) -> None:
    """Promise the papers 公文 that the action entails; they are filled from the case as journal entry `seq` left it."""
    for kind in case.decision.papers:
        payload = {"petition_id": str(case.petition.id), "kind": kind, "seq": seq}
        outbox.promise(PAPERS, payload, key=f"{PAPERS}:{case.petition.id}:{kind}:{seq}")


def _promise(petition: Petition, told: _Promise) -> None:
    if (told.party in UNIT_PARTIES and not told.units) or (told.party == "enterprise" and not told.enterprises):
        return
    payload = {
        "petition_id": str(petition.id),
        "message": told.message,
        "party": told.party,
        "units": sorted(map(str, told.units)),
        "enterprises": sorted(map(str, told.enterprises)),
        "but": str(told.but) if told.but else None,
        "seq": told.seq,
        "fields": {"number": petition.number, "due": _when(told.due), **told.fields},
        "urgent": told.due is not None and told.due.due_at - clock.now() <= URGENT,
    }
    outbox.promise(TOPIC, payload, key=told.key)


def _addressees(party: str, facts: Facts) -> tuple[frozenset[UUID], frozenset[UUID]]:
    return units_of(party, facts), facts.senders if party == "enterprise" else frozenset()


def _soonest(running: Iterable[Clock], party: str) -> Clock | None:
    """The reader's own next limit, or, where the reader owes nothing, the case's."""
    clocks = sorted(running, key=lambda row: row.due_at)
    own = [row for row in clocks if row.owes == party]
    return next(iter(own or clocks), None)


def _fields(petition: Petition) -> dict[str, str]:
    lead = petition.lead_unit_id
    return {
        "unit": units.by_id(lead).name if lead else "",
        "stage": pack_of(petition).flow.stages[petition.stage].public,
    }


def _when(row: Clock | None) -> str:
    return f"{clock.local(row.due_at):%m月%d日%H:%M}" if row else ""
