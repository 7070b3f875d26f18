"""Supervision for attackers: a list of what is to be urged, a problem with its finding, a proposal on the handling."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from tests.support.stage import Play
from zhitongche.casework.tables import Record
from zhitongche.kernel import clock as kernel_clock
from zhitongche.kernel.ids import new_id
from zhitongche.persistence import db, unit_of_work
from zhitongche.supervision.tables import (
    Finding,
    Problem,
    ProblemEvent,
    ProblemPetition,
    UrgingItem,
    UrgingRound,
)

AHEAD = timedelta(days=10)


def furnish(play: Play, petition_id: UUID, paper_id: UUID, unit_id: UUID, canary: str) -> dict[str, str]:
    """Ids of what stands there now, as addresses name them."""
    now, triage = kernel_clock.now(), play.people["triage"]
    listed = UrgingRound(id=new_id(), day=now.date(), clause="RP-3.4.b", made_at=now)
    problem = Problem(
        id=new_id(), key="test", unit_id=unit_id, subject=f"事项{canary}", ground=f"近90天7件{canary}", size=1, state="taken", proposed_at=now, updated_at=now
    )
    waiting = Problem(id=new_id(), key="other", unit_id=unit_id, subject="事项", ground="近90天7件", size=1, proposed_at=now, updated_at=now)
    finding = Finding(
        id=new_id(), problem_id=problem.id, addressee_id=unit_id, text=f"问题{canary}", suggestion=f"建议{canary}", state="sent", letter_id=paper_id,
        sent_at=now, due_at=now + AHEAD, near_at=now + AHEAD,
    )  # fmt: skip
    mark = Record(petition_id=petition_id, kind="fault", author=f"专班{canary}", at=now, happened_at=now, text=f"推诿{canary}")
    with unit_of_work():
        db.session.add_all([listed, problem, waiting, mark])
        db.session.flush()
        item = UrgingItem(round_id=listed.id, petition_id=petition_id, unit_id=unit_id, owed=f"回复{canary}", due_at=now, late=True, days_late=3)
        member = ProblemPetition(problem_id=waiting.id, petition_id=petition_id, added_at=now)
        event = ProblemEvent(problem_id=problem.id, what="proposed", person_id=triage.person_id, name=triage.name, at=now, text=f"依据{canary}")
        db.session.add_all([item, finding, member, event])
    return {"round_id": str(listed.id), "problem_id": str(waiting.id), "finding_id": str(finding.id), "mark_id": str(mark.id)}
