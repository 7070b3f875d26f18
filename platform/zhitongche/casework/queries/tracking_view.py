"""What the page of a petition shows to its enterprise, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from zhitongche.casework.queries.events import Event
    from zhitongche.casework.queries.rising import Risen, Rung
    from zhitongche.casework.tables import Petition
    from zhitongche.flow.definition import Action


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit (时限) as shown; `state` is open, met or ended. Moments in UTC."""

    what: str
    who: str
    owes: str
    started: datetime
    due: datetime
    near_at: datetime
    limit: str
    clause: str
    met_at: datetime | None
    missed: bool
    provisional: bool
    state: str


@dataclass(frozen=True, slots=True)
class File:
    """A file that the enterprise may fetch; `ours` where it handed it in itself."""

    id: UUID
    name: str
    size: int
    at: datetime
    ours: bool


@dataclass(frozen=True, slots=True)
class Step:
    """A step of an agreed plan (一企一策)."""

    text: str
    due_on: date
    done_at: datetime | None


@dataclass(frozen=True, slots=True)
class Given:
    """A rating; `by` is enterprise, call_back or default (RP-2.10.b: never shown as one that was given)."""

    by: str
    label: str
    satisfaction: str
    text: str
    at: datetime


@dataclass(frozen=True)
class Tracking:
    """All that the page of a petition shows to its enterprise; events and rises are newest first, the ladder begins at the top."""

    petition: Petition
    enterprise: str
    category: str
    matter: str
    stage: str
    phases: tuple[str, ...]
    current: int
    ended: bool
    holder: str
    rises: tuple[Risen, ...]
    ladder: tuple[Rung, ...]
    next: Limit | None
    limits: tuple[Limit, ...]
    events: tuple[Event, ...]
    answer: Event | None
    reopened: bool
    lead: str
    co: tuple[str, ...]
    files: tuple[File, ...]
    plan: tuple[Step, ...]
    ratings: tuple[Given, ...]
    actions: tuple[Action, ...]
    forbidden: tuple[tuple[Action, str], ...]
    main: Tracking | None
