"""What is seriously delayed (严重滞后, ST-3.5): beyond the pack's limit, with the ground in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhitongche.casework.queries import supervised, weekly
from zhitongche.flow.facts import SYSTEM
from zhitongche.kernel import clock
from zhitongche.supervision import words
from zhitongche.tenancy import calendar, current, versions

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from zhitongche.casework.queries.oversight import Item
    from zhitongche.casework.queries.supervised import Supervised
    from zhitongche.kernel.limits import Limit

PROPOSE = "propose_key"


def of(items: Sequence[Item], late_by: Limit) -> dict[UUID, str]:
    """Those that are late by so many working days or more and may be proposed in their stage: petition → ground."""
    late = {one.petition_id: days for one in items if (days := _days(one)) >= late_by.amount}
    known = supervised.by_ids(SYSTEM, late)
    codes = [code for code, rule in current.pack().flow.clocks.items() if rule.weekday is not None]
    silent = weekly.in_row(codes, list(late)) if codes else {}
    return {
        ident: _ground(late[ident], late_by.amount, row.urged, silent.get(ident, 0))
        for ident, row in known.items() if _proposable(row)
    }  # fmt: skip


def _days(one: Item) -> int:
    """Working days since the limit passed."""
    if one.due_at is None or one.due_at >= clock.now():
        return 0
    return calendar.calendar_of(current.pack()).count_working(clock.local_date(one.due_at), clock.today())


def _ground(days: int, limit: int, urged: int, silent: int) -> str:
    told = [words.SERIOUS.format(days=days, limit=limit)]
    told += [words.URGED_TIMES.format(count=urged)] if urged else []
    return "；".join(told + ([words.REPORTS_MISSED.format(count=silent)] if silent > 1 else []))


def _proposable(row: Supervised) -> bool:
    flow = versions.pack_at(row.pack_version).flow
    return PROPOSE in flow.verbs and row.stage in flow.by_verb(PROPOSE).sources
