"""An issued list carried out, unit by unit: every item through the door, then the unit's paper (RP-3.4.b)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from sqlalchemy import select

from zhitongche import documents
from zhitongche.casework.queries import supervised, urgent
from zhitongche.documents.filling import day
from zhitongche.flow.facts import SYSTEM, Actor
from zhitongche.identity import people, units
from zhitongche.kernel import clock
from zhitongche.kernel.errors import Invalid, NotFound, Refused, ZhitongcheError
from zhitongche.persistence import db
from zhitongche.supervision import telling, urging, words
from zhitongche.supervision.rounds import horizon, routine
from zhitongche.supervision.tables import UrgingItem, UrgingRound

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhitongche.outbox import Message

PAPER: Final = "urging_notice"


def carry_out(promised: Message) -> None:
    """Handler of topic `urging`: one unit's part of an issued list, all of it or nothing; twice is once."""
    round_id, unit_id = UUID(promised.payload["round"]), UUID(promised.payload["unit"])
    row = db.session.scalars(select(UrgingRound).where(UrgingRound.id == round_id)).one()
    query = select(UrgingItem).where(UrgingItem.round_id == round_id, UrgingItem.unit_id == unit_id, UrgingItem.state == "listed")
    # In the order of petitions: two units' parts may hold the same ones.
    for item in db.session.scalars(query.order_by(UrgingItem.petition_id).with_for_update()).all():
        _urge(row, item)
    _write(row, unit_id)


def told(item: UrgingItem) -> str:
    """How late or near an item is, in words."""
    if item.late:
        return words.LATE.format(days=item.days_late) if item.days_late else words.LATE_TODAY
    return words.NEAR.format(day=day(clock.local_date(item.due_at)))


def _urge(row: UrgingRound, item: UrgingItem) -> None:
    item.at = clock.now()
    rule = routine()
    until = horizon(rule, row.made_at) if rule else row.made_at
    if urgent.still(item.petition_id, item.unit_id, until) is None:
        item.state, item.why = "passed", words.DONE_MEANWHILE
        return
    text = words.URGED_FOR.format(owed=f"{units.by_id(item.unit_id).name}“{item.owed}”", state=told(item), text=row.text)
    try:
        urging.urge_in_turn(item.petition_id, text, _who(row))
    except (Refused, NotFound, Invalid) as error:
        # The petition has moved on: no urging, and the list says why.
        item.state, item.why = "passed", _why(error)
    else:
        item.state = "urged"


def _why(error: ZhitongcheError) -> str:
    return "；".join(error.errors.values()) if isinstance(error, Invalid) else error.message


def _write(row: UrgingRound, unit_id: UUID) -> None:
    query = select(UrgingItem).where(UrgingItem.round_id == row.id, UrgingItem.unit_id == unit_id, UrgingItem.state == "urged")
    urged = db.session.scalars(query.order_by(UrgingItem.due_at, UrgingItem.petition_id)).all()
    if not urged:
        return
    about, name = documents.About.urging(row.id), units.by_id(unit_id).name
    facts = {"lead": name, "unit": name, "day": day(row.day), "count": len(urged), "text": row.text, "rows": _rows(urged)}
    paper = documents.draft(PAPER, about=about, facts=facts, actor=_who(row), key=f"{PAPER}:{row.id}:{unit_id}", units=[unit_id])
    telling.tell_unit("urging_sent", f"{row.id}:{unit_id}", unit_id, paper_id=paper.id)


def _rows(urged: Sequence[UrgingItem]) -> list[dict[str, Any]]:
    known = supervised.by_ids(SYSTEM, {item.petition_id for item in urged})
    return [
        {
            "number": known[item.petition_id].number, "title": known[item.petition_id].title, "owed": item.owed,
            "due": day(clock.local_date(item.due_at)), "note": told(item) if item.late else words.SOON,
            "days_late": str(item.days_late), "enterprise": known[item.petition_id].enterprise,
        }
        for item in urged
    ]  # fmt: skip


def _who(row: UrgingRound) -> Actor:
    """Whoever issued the list has urged; the roles are those of that moment."""
    if row.issued_by is None:
        return SYSTEM
    unit = people.by_id(row.issued_for or row.issued_by).unit_id
    return Actor("official", row.issued_name, row.issued_by, unit, roles=frozenset({row.issued_role}), on_behalf_of=row.issued_for)
