"""One meeting's timeline: every step as a clock with its owner, and everything that was done for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from sqlalchemy import select

from zhitongche.casework.queries import names, supervised
from zhitongche.flow.vocabulary import PARTIES
from zhitongche.kernel import clock
from zhitongche.meetings import words
from zhitongche.meetings.permissions import owes
from zhitongche.meetings.queries import words as own
from zhitongche.meetings.sitting import Sitting, load
from zhitongche.meetings.tables import MeetingEvent, MeetingStep
from zhitongche.persistence import db

if TYPE_CHECKING:
    from zhitongche.flow.facts import Actor

WHO: Final = {**PARTIES, "units": "各有关单位", "system": "系统自动"}
ON_THE_CASES: Final = "reply_rest"
"""Units reply on the petitions themselves."""
_TOLD: Final = {"moved": own.MOVED, "leader": own.LEADER, "judged": own.JUDGED}


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step. Moments in UTC; `first` names the steps that have to be done before, `mine` whether the asker owes it."""

    code: str
    name: str
    does: str
    who: str
    opens_on: date
    due_at: datetime
    provisional: bool
    met_at: datetime | None
    met_by: str
    missed: bool
    clause: str
    is_setting: bool
    first: tuple[str, ...]
    follows: bool
    mine: bool

    @property
    def begun(self) -> bool:
        """It can be taken today: what follows others begins with the last of them, the meeting on its day."""
        follows = self.follows and self.does != "hold"
        return self.ready and (follows or self.opens_on <= clock.today())

    @property
    def ready(self) -> bool:
        """It is this step's turn."""
        return self.met_at is None and not self.first

    @property
    def mine_now(self) -> bool:
        """The asker may take it now, here."""
        return self.ready and self.mine and self.does != ON_THE_CASES


@dataclass(frozen=True, slots=True)
class Event:
    """One entry of the meeting's log; `at` in UTC, `text` what is worth telling of it."""

    name: str
    clause: str
    by: str
    at: datetime
    text: str


def steps_of(meeting_id: UUID, actor: Actor) -> list[StepLine]:
    """All steps of a meeting by their dates; a step that several units owe stands there for each."""
    sitting = Sitting(load(meeting_id), actor)
    rows = sitting.steps
    undone = {row.code: row.name for row in rows if row.met_at is None}
    units = names.of_units(row.unit_id for row in rows)
    found = [_step(row, sitting, undone, units) for row in rows]
    return sorted(found, key=lambda one: one.due_at)


def step(meeting_id: UUID, code: str, actor: Actor) -> StepLine | None:
    """The step of that code: the asker's own part where units owe it, else the first that stands there."""
    found = [one for one in steps_of(meeting_id, actor) if one.code == code]
    return next((one for one in found if one.mine), found[0] if found else None)


def events(meeting_id: UUID, actor: Actor) -> list[Event]:
    """The meeting's log, the newest first; the reasons of what was decided on a petition only for those who may read it (ST-5.1)."""
    sitting = Sitting(load(meeting_id), actor)
    query = select(MeetingEvent).where(MeetingEvent.meeting_id == meeting_id).order_by(MeetingEvent.id.desc())
    rows = list(db.session.scalars(query))
    known = supervised.by_ids(actor, {one for row in rows if (one := _petition(row))})
    return [_event(row, sitting, told=_petition(row) in {None, *known}) for row in rows]


def _step(row: MeetingStep, sitting: Sitting, undone: dict[str, str], units: dict[UUID, str]) -> StepLine:
    after = sitting.kind.steps[row.code].after
    whose = row.owes != "units" or (row.unit_id is not None and row.unit_id == sitting.actor.unit_id)
    return StepLine(
        code=row.code, name=row.name, does=row.does, who=units[row.unit_id] if row.unit_id else WHO[row.owes], opens_on=row.opens_on,
        due_at=row.due_at, provisional=row.provisional, met_at=row.met_at, met_by=row.met_by_name, missed=row.missed_at is not None,
        clause="" if row.clause == "setting" else row.clause, is_setting=row.is_setting,
        first=tuple(undone[code] for code in after if code in undone), follows=bool(after), mine=whose and owes(sitting.actor, row.owes),
    )  # fmt: skip


def _petition(row: MeetingEvent) -> UUID | None:
    return UUID(row.body["petition"]) if "petition" in row.body else None


def _event(row: MeetingEvent, sitting: Sitting, *, told: bool) -> Event:
    step = sitting.kind.steps.get(row.act)
    name = step.name if step else words.ACTS.get(row.act, row.act)
    clause = "" if row.clause == "setting" else row.clause
    return Event(name, clause, row.by_name, row.at, _text(row.act, row.body) if told else "")


def _text(act: str, body: dict[str, Any]) -> str:
    pattern = _TOLD.get(act)
    return pattern.format(**body) if pattern and body.get("before", "-") else str(body.get("reason", ""))
