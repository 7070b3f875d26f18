"""What an act leaves behind it, told in its journal entry: figures can be reckoned from the journal alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from zhitongche.casework.journal_body import plain
from zhitongche.tenancy import calendar

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

    from zhitongche.casework.case import Case
    from zhitongche.casework.tables import Clock, Petition
    from zhitongche.flow.definition import Flow

KEY: Final = "state"
"""Under which an entry's body tells it."""


@dataclass(frozen=True, slots=True)
class Was:
    """A running clock before the act."""

    row: Clock
    due: datetime
    unit: UUID | None
    missed: bool


def before(running: Iterable[Clock]) -> list[Was]:
    """The running clocks as they stand before the act."""
    return [Was(row, row.due_at, row.unit_id, row.missed_at is not None) for row in running]


def after(case: Case, clocks: list[Was]) -> dict[str, Any]:
    """The state that the act leaves: verb, place, holder, and what became of the clocks.

    Where the stage changed, `worked` tells the working minutes since receipt, by the calendar as it stands now.
    """
    petition, stage = case.petition, case.pack.flow.stages[case.petition.stage]
    turn = {"lead": petition.lead_unit_id, "proposed": petition.proposed_unit_id}.get(stage.owes or "")
    moved = case.decision.from_stage != case.decision.to_stage
    worked = calendar.calendar_of(case.pack).minutes_open(petition.received_at, case.now) if moved else None
    told = {
        "verb": case.decision.action.verb, "lead": petition.lead_unit_id, "proposed": petition.proposed_unit_id, "turn": turn,
        "owes": stage.owes, "phase": stage.phase, "outcome": petition.outcome, "level": petition.level, "worked": worked,
        "clocks": changes(clocks, case.running, case.pack.flow),
    }  # fmt: skip
    return {name: plain(value) for name, value in told.items() if value not in (None, [])}


def of_clocks(clocks: list[Was], running: Iterable[Clock], flow: Flow) -> dict[str, Any]:
    """What became of the clocks, where nobody acted."""
    return {"clocks": changes(clocks, running, flow)}


def origin(petition: Petition) -> dict[str, Any]:
    """Where a petition belongs, for its first entry."""
    return {
        "enterprise": str(petition.enterprise_id), "area": petition.area, "matter": petition.matter, "level": petition.level,
    }  # fmt: skip


def changes(clocks: list[Was], running: Iterable[Clock], flow: Flow) -> list[dict[str, Any]]:
    """Each clock that started, moved, was missed, met or ended otherwise; `by` are the verbs that meet it."""
    known = {was.row.id for was in clocks}
    told = [_started(row, flow) for row in running if row.id not in known]
    return [plain(one) for one in [*filter(None, map(_became, clocks)), *told]]


def _became(was: Was) -> dict[str, Any] | None:
    row = was.row
    late = row.missed_at is not None
    if row.met_at or row.lapsed_at:
        return {"id": row.id, "is": "met" if row.met_at else "lapsed", "late": late}
    if (row.due_at, row.unit_id) != (was.due, was.unit):
        return {"id": row.id, "is": "moved", "due": row.due_at, "unit": row.unit_id, "late": late}
    return {"id": row.id, "is": "missed", "late": True} if late and not was.missed else None


def _started(row: Clock, flow: Flow) -> dict[str, Any]:
    verbs = sorted({flow.actions[code].verb for code in flow.clocks[row.code].met})
    return {"id": row.id, "is": "started", "code": row.code, "owes": row.owes, "unit": row.unit_id, "due": row.due_at, "by": verbs}
