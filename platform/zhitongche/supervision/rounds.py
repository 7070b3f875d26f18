"""The list of what is to be urged in a period (定期催办, RP-3.4.b): made by the machine, gone over, issued once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import exists, select, update
from sqlalchemy.dialects.postgresql import insert

from zhitongche import outbox
from zhitongche.casework.queries import urgent
from zhitongche.documents.filling import printable
from zhitongche.flow.facts import SYSTEM
from zhitongche.flow.vocabulary import ROLES
from zhitongche.kernel import clock, deadlines
from zhitongche.kernel.errors import Conflict, Forbidden, Invalid, NotFound, Refused
from zhitongche.kernel.ids import new_id
from zhitongche.persistence import current_tenant, db
from zhitongche.supervision import telling, urging, words
from zhitongche.supervision.tables import UrgingItem, UrgingRound
from zhitongche.tenancy import calendar, current, versions

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date, datetime
    from uuid import UUID

    from zhitongche.flow.facts import Actor
    from zhitongche.tenancy.routines import Routine

KIND: Final = "urging"
TOPIC: Final = "urging"
LONGEST: Final = 300
Key = tuple["UUID", "UUID"]


def routine() -> Routine | None:
    """The tenant's routine of periodic urging; None where it has none."""
    return next((one for one in current.pack().routines if one.kind == KIND), None)


def make(rule: Routine, day: date) -> UUID | None:
    """List what is late or near for the period that begins on `day`; None where it was listed before, by whichever process."""
    now = clock.now()
    row = insert(UrgingRound).values(tenant_id=current_tenant(), id=new_id(), day=day, clause=rule.clause, made_at=now)
    made: UUID | None = db.session.scalar(row.on_conflict_do_nothing(index_elements=["tenant_id", "day"]).returning(UrgingRound.id))
    if made is None:
        return None
    earlier = update(UrgingRound).where(UrgingRound.state == "open", UrgingRound.id != made)
    db.session.execute(earlier.values(state="overtaken"))
    listed = [_item(made, one, now) for one in urgent.owing(horizon(rule, now)) if _urgeable(one)]
    db.session.add_all(listed)
    db.session.flush()
    if listed and SYSTEM.kind in rule.by:
        issue(made, SYSTEM, words.STANDING_TEXT)
    elif listed:
        telling.tell_roles("urging_ready", str(made), *rule.by, text=str(len(listed)))
    return made


def horizon(rule: Routine, now: datetime) -> datetime:
    """Until when something must be due to be listed: past, or within the routine's `near`."""
    return deadlines.due(now, rule.near, calendar.calendar_of(current.pack())).at if rule.near else now


def leave_out(round_id: UUID, keys: Collection[Key], why: str, actor: Actor) -> int:
    """Take items out of a list that is not issued, each with the reason. Raises Forbidden, Refused, Invalid; tells how many."""
    row = _in_hand(round_id, actor)
    _require_open(row)
    reason = _text(why, "why", words.WHY_LEFT_OUT)
    found = [one for one in items_of(round_id) if (one.petition_id, one.unit_id) in set(keys) and one.state == "listed"]
    for one in found:
        one.state, one.why, one.by_name, one.at = "left_out", reason, actor.name, clock.now()
    if not found:
        raise Invalid({"item": words.NOT_LISTED})
    db.session.flush()
    return len(found)


def put_back(round_id: UUID, key: Key, actor: Actor) -> None:
    """Put an item back that was taken out. Raises Forbidden, Refused, NotFound."""
    _require_open(_in_hand(round_id, actor))
    one = next((one for one in items_of(round_id) if (one.petition_id, one.unit_id) == key and one.state == "left_out"), None)
    if one is None:
        raise NotFound(words.NOT_LISTED)
    one.state, one.why, one.by_name, one.at = "listed", "", "", None
    db.session.flush()


def issue(round_id: UUID, actor: Actor, text: str) -> int:
    """Issue the list: each unit's urging and its paper follow, surely and once. Raises Forbidden, Conflict, Refused, Invalid; tells how many."""
    row = _in_hand(round_id, actor)
    _require_open(row)
    listed = [one for one in items_of(round_id) if one.state == "listed"]
    if not listed:
        raise Refused(words.NOTHING_LEFT, row.clause)
    row.text = _text(text, "text", words.TEXT_NEEDED)
    row.state, row.issued_at = "issued", clock.now()
    row.issued_by, row.issued_name, row.issued_for, row.issued_role = actor.person_id, actor.name, actor.on_behalf_of, _role(actor)
    db.session.flush()
    for unit in sorted({one.unit_id for one in listed}):
        outbox.promise(TOPIC, {"round": str(round_id), "unit": str(unit)}, key=f"{TOPIC}:{round_id}:{unit}")
    return len(listed)


def rounds(limit: int = 24) -> list[UrgingRound]:
    """The lists, the newest first."""
    return list(db.session.scalars(select(UrgingRound).order_by(UrgingRound.day.desc()).limit(limit)))


def items_of(round_id: UUID) -> list[UrgingItem]:
    """A list's items, by unit, the latest first."""
    query = select(UrgingItem).where(UrgingItem.round_id == round_id)
    return list(db.session.scalars(query.order_by(UrgingItem.unit_id, UrgingItem.due_at, UrgingItem.petition_id)))


def waits() -> bool:
    """Whether a list waits to be gone over and issued."""
    listed = exists().where(UrgingItem.tenant_id == UrgingRound.tenant_id, UrgingItem.round_id == UrgingRound.id, UrgingItem.state == "listed")
    return bool(db.session.scalar(select(exists().where(UrgingRound.state == "open", listed))))


def may(actor: Actor) -> bool:
    """Whether this official goes over the lists and issues them."""
    rule = routine()
    return rule is not None and bool(actor.roles & set(rule.by))


def _item(round_id: UUID, one: urgent.Owing, now: datetime) -> UrgingItem:
    days = calendar.calendar_of(current.pack()).count_working(clock.local_date(one.due), clock.local_date(now))
    late = one.due < now
    return UrgingItem(
        round_id=round_id, petition_id=one.petition_id, unit_id=one.unit_id, owed=one.owed, due_at=one.due, late=late,
        days_late=days if late else 0,
    )  # fmt: skip


def _urgeable(one: urgent.Owing) -> bool:
    action = urging.in_turn(versions.pack_at(one.pack_version))
    return action is not None and one.stage in action.sources


def _in_hand(round_id: UUID, actor: Actor) -> UrgingRound:
    query = select(UrgingRound).where(UrgingRound.id == round_id).with_for_update().execution_options(populate_existing=True)
    row = db.session.scalar(query)
    if row is None:
        raise NotFound
    rule = routine()
    by = rule.by if rule else ()
    if not (may(actor) or (actor.kind == SYSTEM.kind and SYSTEM.kind in by)):
        raise Forbidden(words.NOT_YOURS.format(roles="、".join(ROLES[role] for role in by if role in ROLES)), row.clause)
    return row


def _require_open(row: UrgingRound) -> None:
    if row.state == "issued":
        raise Conflict(words.ISSUED_ALREADY.format(name=row.issued_name))
    if row.state != "open":
        raise Refused(words.OVERTAKEN, row.clause)


def _role(actor: Actor) -> str:
    rule = routine()
    return next((role for role in (rule.by if rule else ()) if role in actor.roles), "")


def _text(given: str, field: str, needed: str) -> str:
    text = printable(given).strip()
    if not text:
        raise Invalid({field: needed})
    if len(text) > LONGEST:
        raise Invalid({field: words.TOO_LONG.format(limit=LONGEST, length=len(text))})
    return text
