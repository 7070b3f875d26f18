"""The attending leader 出席领导: by turn, or appointed; every change with its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from zhitongche.kernel.errors import Invalid
from zhitongche.meetings import telling, words
from zhitongche.meetings.forms import reading
from zhitongche.meetings.permissions import require_role
from zhitongche.meetings.sitting import Sitting, in_hand
from zhitongche.meetings.tables import LeaderTurn, Meeting
from zhitongche.persistence import db
from zhitongche.tenancy.parts import PersonNamed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from zhitongche.flow.facts import Actor


def appoint(sitting: Sitting, leader: PersonNamed, reason: str = "", swapped_with: UUID | None = None) -> None:
    """Set down who attends from now on."""
    row, actor = sitting.row, sitting.actor
    row.leader_name, row.leader_title = leader.name, leader.title
    db.session.add(
        LeaderTurn(
            meeting_id=row.id, name=leader.name, title=leader.title, reason=reason, swapped_with=swapped_with,
            by=actor.person_id, by_name=actor.name, at=sitting.now,
        )
    )  # fmt: skip
    db.session.flush()


def change(meeting_id: UUID, actor: Actor, form: Mapping[str, Any]) -> Meeting:
    """Let another leader attend, with a reason; with `swap_with` (a meeting's id) the two exchange their turns.

    Form: `leader` (a name of the pack's list), `reason`, `swap_with?`. By whoever owes settling the leader. RP-1.a, RP-2.6.
    """
    sitting = in_hand(meeting_id, actor, form)
    clause = sitting.clause_of("settle_leader")
    step = sitting.kind.doing("settle_leader")
    require_role(actor, [step.owes] if step else sitting.kind.callers, clause)
    if sitting.row.held_at:
        raise sitting.refuse(words.HELD_ALREADY, clause)
    with reading(form) as fields:
        reason = fields.text("reason", "变更原因", longest=300)
    other = in_hand(form["swap_with"], actor) if form.get("swap_with") else None
    if other is not None:
        _exchange(sitting, other, reason)
    else:
        _replace(sitting, named(sitting, form), reason)
    return sitting.row


def named(sitting: Sitting, form: Mapping[str, Any]) -> PersonNamed:
    """The leader of the pack's list that the form names, or the present one where it names none. Raises Invalid.

    Where the pack has no list yet, whoever is named.
    """
    wanted = str(form.get("leader") or sitting.row.leader_name).strip()
    if wanted and not sitting.pack.leaders:
        return PersonNamed(wanted[:40], "", "")
    found = next((one for one in sitting.pack.leaders if one.name == wanted), None)
    if found is None:
        raise Invalid({"leader": words.LEADER_UNKNOWN if wanted else words.LEADER_NEEDED})
    return found


def turns(meeting_id: UUID) -> list[LeaderTurn]:
    """Who was to attend, in order; the last counts."""
    return list(db.session.scalars(select(LeaderTurn).where(LeaderTurn.meeting_id == meeting_id).order_by(LeaderTurn.id)))


def _exchange(one: Sitting, other: Sitting, reason: str) -> None:
    if other.row.held_at:
        raise one.refuse(words.HELD_ALREADY, one.clause_of("settle_leader"))
    mine, theirs = named(one, {}), named(other, {})
    _replace(one, theirs, reason, other.row.id)
    _replace(other, mine, reason, one.row.id)


def _replace(sitting: Sitting, leader: PersonNamed, reason: str, swapped_with: UUID | None = None) -> None:
    before = sitting.row.leader_name
    appoint(sitting, leader, reason, swapped_with)
    sitting.log("leader", sitting.clause_of("settle_leader"), {"before": before, "after": leader.name, "reason": reason})
    telling.tell_roles(sitting, "meeting_leader", words.LEADER_TEXT.format(name=leader.name, reason=reason), f"leader:{sitting.row.version}")
