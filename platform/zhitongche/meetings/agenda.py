"""The agenda 上会清单: judged by the pack's rules, decided by people where these conflict, fixed in versions."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from zhitongche.casework.case import load as petition_of
from zhitongche.casework.queries import agenda as record
from zhitongche.kernel import clock
from zhitongche.kernel.errors import NotFound
from zhitongche.meetings import attendance, effects, words
from zhitongche.meetings.forms import reading
from zhitongche.meetings.permissions import require_role
from zhitongche.meetings.sitting import Sitting, in_hand
from zhitongche.meetings.tables import AgendaItem, AgendaVersion, Meeting
from zhitongche.meetings.verdicts import Verdict, judge
from zhitongche.persistence import db
from zhitongche.tenancy.meeting_vocabulary import BY_PERSON

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime
    from uuid import UUID

    from zhitongche.casework.queries.agenda import AgendaFacts
    from zhitongche.flow.facts import Actor
    from zhitongche.tenancy.meeting_parts import MeetingKind

_DECIDERS: Final = ("draft", "coordinate", "fix")
"""Whoever owes these steps may decide on single items."""
_LOOK_BACK: Final = timedelta(days=90)


def refresh(meeting_id: UUID, actor: Actor) -> list[AgendaItem]:
    """Judge every petition that may come before the meeting anew; where the pack says so, those in are enlisted at once.

    As often as one likes until the agenda is fixed; what a person decided stands. Raises Forbidden, Refused. RP-2.4.a, ST-4.0.
    """
    sitting = in_hand(meeting_id, actor)
    require_role(actor, deciders(sitting.kind), sitting.clause_of("draft"))
    _require_open(sitting)
    return judge_all(sitting)


def judge_all(sitting: Sitting) -> list[AgendaItem]:
    """Judge every candidate; tells the items as they stand now."""
    known = {item.petition_id: item for item in items(sitting.row.id)}
    facts = {one.petition_id: one for one in record.candidates(_since(sitting), sitting.row.theme, _until(sitting))}
    facts |= {one.petition_id: one for one in record.of(set(known) - set(facts))}
    taken = _on_other_lists(sitting)
    for petition_id, one in facts.items():
        if petition_id not in taken:
            _judge(sitting, one, known.get(petition_id))
    db.session.flush()
    found = items(sitting.row.id)
    if sitting.kind.enlist == "draft":
        enlist(sitting, found)
    counts = {side: sum(item.final == side for item in found) for side in words.VERDICTS}
    sitting.log("judged", sitting.clause_of("draft"), counts)
    return found


def mark(meeting_id: UUID, petition_id: UUID, actor: Actor, form: Mapping[str, Any]) -> AgendaItem:
    """Vouch for a condition that no record tells (leader's instruction, typical suggestion, other). Form: `condition`, `reason`.

    Raises Invalid, Forbidden, Refused. ST-4.1, ST-4.2.
    """
    sitting = in_hand(meeting_id, actor, form)
    require_role(actor, deciders(sitting.kind), sitting.clause_of("draft"))
    _require_open(sitting)
    condition = str(form.get("condition") or "")
    rules = {rule.condition: rule for rule in (*sitting.kind.agenda_in, *sitting.kind.agenda_out)}
    with reading(form) as fields:
        reason = fields.text("reason", "理由", longest=500)
        if condition not in BY_PERSON & set(rules):
            fields.errors["condition"] = words.REQUIRED.format(label="情形")
    said = {"condition": condition, "reason": reason, "by": actor.name, "at": sitting.now.isoformat()}
    known = _item(meeting_id, petition_id)
    item = _judge(sitting, _facts(petition_id), known, [*(known.marks if known else []), said])
    assert item is not None
    sitting.log("marked", rules[condition].clause, {"petition": str(petition_id), "condition": condition, "reason": reason})
    _listed_if_in(sitting, item)
    return item


def overrule(meeting_id: UUID, petition_id: UUID, actor: Actor, form: Mapping[str, Any]) -> AgendaItem:
    """Decide on one item against or beyond the rules. Form: `verdict` (in, out), `reason`. After fixing: a new version.

    By whoever drafts, coordinates or fixes. Raises NotFound, Forbidden, Refused, Invalid. RP-2.5, ST-4.0.
    """
    sitting, clause = deciding(meeting_id, actor, form)
    item = _item(meeting_id, petition_id)
    if item is None:
        raise NotFound
    with reading(form) as fields:
        reason = fields.text("reason", "理由", longest=500)
        if form.get("verdict") not in {"in", "out"}:
            fields.errors["verdict"] = words.REQUIRED.format(label="是否上会")
    before = item.final
    item.overruled_to, item.reason, item.by, item.by_name = str(form["verdict"]), reason, actor.person_id, actor.name
    act = "overruled" if sitting.row.state == "preparing" else "changed"
    sitting.log(act, clause, {"petition": str(petition_id), "before": before, "after": item.final, "reason": reason})
    _listed_if_in(sitting, item)
    if sitting.row.state == "fixed":
        keep_version(sitting, reason)
        attendance.follow_agenda(sitting)
    return item


def propose(meeting_id: UUID, petition_id: UUID, actor: Actor, form: Mapping[str, Any]) -> AgendaItem:
    """The office's proposal on an item, for the leader. Form: `proposal`. Raises as `overrule`. RP-2.5."""
    sitting, clause = deciding(meeting_id, actor, form, "coordinate")
    item = _item(meeting_id, petition_id)
    if item is None:
        raise NotFound
    with reading(form) as fields:
        item.proposal = fields.text("proposal", "处理意见建议", longest=2000)
    sitting.log("proposed", clause, {"petition": str(petition_id)})
    return item


def enlist(sitting: Sitting, found: Iterable[AgendaItem]) -> None:
    """Let the petitions that are in know that they are on the list."""
    for item in found:
        waits = item.final == "in" and item.enlisted_at is None
        if waits and effects.act(item.petition_id, "enlist", sitting.actor, {"meeting_day": sitting.row.day}):
            item.enlisted_at = sitting.now
    db.session.flush()


def keep_version(sitting: Sitting, reason: str = "") -> AgendaVersion:
    """Set down the agenda as it now stands, never to change."""
    number = len(versions_of(sitting.row.id)) + 1
    lines = [
        {"petition": str(item.petition_id), "number": petition_of(item.petition_id).number, "verdict": item.final, "position": item.position}
        for item in items(sitting.row.id)
    ]
    row = AgendaVersion(
        meeting_id=sitting.row.id, number=number, items=lines, reason=reason, by=sitting.actor.person_id,
        by_name=sitting.actor.name, at=sitting.now,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    return row


def items(meeting_id: UUID) -> list[AgendaItem]:
    """All items, in their order."""
    query = select(AgendaItem).where(AgendaItem.meeting_id == meeting_id)
    return list(db.session.scalars(query.order_by(AgendaItem.position, AgendaItem.id)))


def versions_of(meeting_id: UUID) -> list[AgendaVersion]:
    """Every version that was fixed, the first first."""
    query = select(AgendaVersion).where(AgendaVersion.meeting_id == meeting_id)
    return list(db.session.scalars(query.order_by(AgendaVersion.number)))


def undecided(meeting_id: UUID) -> list[AgendaItem]:
    """Items on which a person has yet to decide."""
    return [item for item in items(meeting_id) if item.final == "undecided"]


def numbers_of(found: Iterable[AgendaItem]) -> str:
    """The petitions' numbers, for a message."""
    return "、".join(petition_of(item.petition_id).number for item in found)


def _judge(sitting: Sitting, facts: AgendaFacts, item: AgendaItem | None, marks: list[Any] | None = None) -> AgendaItem | None:
    marks = marks if marks is not None else list(item.marks) if item else []
    verdict = judge(sitting.kind, facts, [one["condition"] for one in marks])
    if item is None:
        comes = verdict is not None and (verdict.verdict == "out" or effects.possible(petition_of(facts.petition_id), "enlist"))
        return _new(sitting, facts, verdict, marks) if comes and verdict else None
    gone = {"side": "out", "condition": "gone", "clause": sitting.kind.clause, "facts": {"stage": facts.stage, "open": facts.open}}
    item.verdict = verdict.verdict if verdict else "out"
    item.grounds = [ground.plain() for ground in verdict.grounds] if verdict else [gone]
    item.marks, item.judged_at = marks, sitting.now
    return item


def _new(sitting: Sitting, facts: AgendaFacts, verdict: Verdict, marks: list[Any]) -> AgendaItem:
    item = AgendaItem(
        meeting_id=sitting.row.id, petition_id=facts.petition_id, position=len(items(sitting.row.id)) + 1,
        verdict=verdict.verdict, grounds=[ground.plain() for ground in verdict.grounds], marks=marks, judged_at=sitting.now,
    )  # fmt: skip
    db.session.add(item)
    db.session.flush()
    return item


def _listed_if_in(sitting: Sitting, item: AgendaItem) -> None:
    """Who comes in late is enlisted at once, where those before it have been."""
    due = sitting.row.state == "fixed" or sitting.kind.enlist == "draft"
    if due and item.final == "in":
        enlist(sitting, [item])
        if item.enlisted_at is None:
            raise sitting.refuse(words.CANNOT_LIST.format(number=petition_of(item.petition_id).number))


def _facts(petition_id: UUID) -> AgendaFacts:
    found = record.of([petition_id])
    if not found:
        raise NotFound
    return found[0]


def _item(meeting_id: UUID, petition_id: UUID) -> AgendaItem | None:
    return db.session.scalar(
        select(AgendaItem).where(AgendaItem.meeting_id == meeting_id, AgendaItem.petition_id == petition_id)
    )


def _on_other_lists(sitting: Sitting) -> set[UUID]:
    """Petitions that wait for another meeting not held yet."""
    query = (
        select(AgendaItem.petition_id)
        .join(Meeting, (Meeting.tenant_id == AgendaItem.tenant_id) & (Meeting.id == AgendaItem.meeting_id))
        .where(Meeting.id != sitting.row.id, Meeting.held_at.is_(None), AgendaItem.enlisted_at.is_not(None))
    )
    return set(db.session.scalars(query))


def _since(sitting: Sitting) -> Any:
    """Cases closed before the meeting before this one are of no interest."""
    previous = select(Meeting.held_at).where(Meeting.kind == sitting.row.kind, Meeting.held_at.is_not(None))
    held = db.session.scalar(previous.order_by(Meeting.held_at.desc()).limit(1))
    return held or clock.now() - _LOOK_BACK


def _until(sitting: Sitting) -> datetime:
    """Whoever registers after the list is closed is for the next meeting, unless a person vouches for it (RP-2.1.a)."""
    closed = sitting.registers_until
    return clock.on(closed, clock.LAST_SECOND) if closed else sitting.now


def deciding(meeting_id: UUID, actor: Actor, form: Mapping[str, Any], does: str = "fix") -> tuple[Sitting, str]:
    """The meeting in hand of one who may decide on its items still, and the clause of what it does.

    Raises NotFound, Forbidden, Refused.
    """
    sitting = in_hand(meeting_id, actor, form)
    clause = sitting.clause_of(does)
    require_role(actor, deciders(sitting.kind), clause)
    _require_not_held(sitting)
    return sitting, clause


def deciders(kind: MeetingKind) -> list[str]:
    """The roles that decide on single items: those that draft, coordinate and fix."""
    return [step.owes for does in _DECIDERS if (step := kind.doing(does))]


def _require_open(sitting: Sitting) -> None:
    _require_not_held(sitting)
    if sitting.row.state != "preparing":
        raise sitting.refuse(words.AGENDA_FIXED, sitting.clause_of("fix"))


def _require_not_held(sitting: Sitting) -> None:
    if sitting.row.held_at:
        raise sitting.refuse(words.AGENDA_CLOSED, sitting.clause_of("fix"))


