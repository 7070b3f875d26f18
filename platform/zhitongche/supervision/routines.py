"""What the calendar asks of supervision, whoever is on duty; the pack names the routines."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Final

from zhitongche import documents
from zhitongche.flow.facts import SYSTEM
from zhitongche.kernel import clock
from zhitongche.supervision import monthly, rounds
from zhitongche.tenancy import current

if TYPE_CHECKING:
    from zhitongche.tenancy.routines import Routine


KEY_LIST: Final = "key_list"


def run_routines() -> None:
    """Do the routines of the tenant's pack whose day has come; doing them again changes nothing."""
    for routine in current.pack().routines:
        if (act := ROUTINES.get(routine.kind)) is not None:
            act(routine)


def _monthly_list(routine: Routine) -> None:
    today = clock.today()
    if today.day >= routine.day:
        made = monthly.make(date(today.year, today.month, 1), routine.clause, routine.late_by)
        if made and KEY_LIST in current.pack().papers:
            # What is seriously delayed is put before the leader with the list (ST-3.5).
            documents.make_by_calendar(KEY_LIST, SYSTEM)


def _urging(routine: Routine) -> None:
    rounds.make(routine, routine.last_day(clock.today()))


ROUTINES: Final[dict[str, Callable[[Routine], None]]] = {"monthly_list": _monthly_list, rounds.KIND: _urging}
"""Kinds of routine that a pack may name."""
