"""What the flow knows of a case and of the one who acts. Pure values, read from tables by casework."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from uuid import UUID


Kind = Literal["enterprise", "official", "system"]


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, or for whom a deadline acts (`system`). `unit_id` and `roles` are those being exercised."""

    kind: Kind
    name: str
    person_id: UUID | None = None
    unit_id: UUID | None = None
    unit_kind: str = ""
    enterprise_id: UUID | None = None
    roles: frozenset[str] = frozenset()
    on_behalf_of: UUID | None = None


SYSTEM = Actor(kind="system", name="系统")


@dataclass(frozen=True, slots=True)
class OpenClock:
    """A running clock, as far as the flow cares."""

    code: str
    unit_id: UUID | None = None
    ref: UUID | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """The state of a case at one moment. Moments are aware, in UTC."""

    stage: str | None = None
    category: str = ""
    level: str = "unit"
    senders: frozenset[UUID] = frozenset()
    proposed: UUID | None = None
    lead: UUID | None = None
    co: frozenset[UUID] = frozenset()
    co_owing: frozenset[UUID] = frozenset()
    unit_kinds: Mapping[UUID, str] = field(default_factory=dict)
    objected: frozenset[UUID] = frozenset()
    matched: bool = True
    contacted: bool = False
    planned: bool = False
    plan_due: datetime | None = None
    leader_needed: bool = False
    key: str | None = None
    rated: bool = False
    reconsidered: bool = False
    keeps_off: bool = False
    from_below: bool = False
    above_due: datetime | None = None
    open_milestones: frozenset[UUID] = frozenset()
    open_clocks: tuple[OpenClock, ...] = ()
