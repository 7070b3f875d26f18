"""What repeats, in sentences, for whoever reports on a period (ST-1.1.4): counts and places, no petition."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from zhitongche.identity import units
from zhitongche.kernel import clock
from zhitongche.persistence import db
from zhitongche.supervision import naming, problems, words
from zhitongche.supervision.tables import Finding, Problem
from zhitongche.tenancy import current

if TYPE_CHECKING:
    from datetime import date

TOLD: Final = 5
"""So many of what waits are named."""


def of(first: date, last: date) -> list[str]:
    """The letters of the period's days (China) and what became of them, then what waits now; nothing where the pack has no rule."""
    if current.pack().repeated is None:
        return []
    query = select(Finding, Problem).join(Problem, (Problem.tenant_id == Finding.tenant_id) & (Problem.id == Finding.problem_id))
    sent = db.session.execute(query.where(Finding.sent_at.is_not(None)).order_by(Finding.sent_at)).all()
    lines = [_line(finding, problem) for finding, problem in sent if finding.sent_at and first <= clock.local_date(finding.sent_at) <= last]
    waiting = problems.waiting()
    named = "；".join(f"{naming.title_of(one)}（{one.ground}）" for one in waiting[:TOLD])
    return lines + ([words.WAITING.format(count=len(waiting), named=named)] if waiting else [])


def _line(finding: Finding, problem: Problem) -> str:
    state = words.FINDING_VERDICTS.get(finding.verdict or "") or words.FINDING_STATES[finding.state]
    return words.LETTER_SENT.format(title=naming.title_of(problem), ground=problem.ground, unit=units.by_id(finding.addressee_id).name, state=state)
