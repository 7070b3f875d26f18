"""Did the finding help? New petitions of the same place and subject, month by month, before and after the letter (ST-1.1.4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from zhitongche.casework.queries import repeating
from zhitongche.kernel import clock

if TYPE_CHECKING:
    from zhitongche.supervision.tables import Finding, Problem

BEFORE: Final = 6
AFTER: Final = 12


@dataclass(frozen=True, slots=True)
class Month:
    """One month of China: its first day, how many came, and whether the letter went out before, in or after it."""

    first: date
    count: int
    when: str


def months(problem: Problem, finding: Finding | None) -> list[Month]:
    """Six months before the letter (or before today, where none is out), and every month since, up to a year."""
    today = clock.today()
    turn = clock.local_date(finding.sent_at).replace(day=1) if finding and finding.sent_at else today.replace(day=1)
    days = [_moved(turn, step) for step in range(-BEFORE, AFTER + 1)]
    counted = repeating.by_month(problem.unit_id, problem.area, problem.subject, clock.on(days[0]))
    return [Month(one, counted.get(f"{one:%Y-%m}", 0), _when(one, turn)) for one in days if one <= today]


def _when(one: date, turn: date) -> str:
    return "before" if one < turn else "in" if one == turn else "after"


def _moved(month: date, steps: int) -> date:
    moved = month
    for _ in range(abs(steps)):
        moved = (moved + timedelta(32)).replace(day=1) if steps > 0 else (moved - timedelta(1)).replace(day=1)
    return moved
