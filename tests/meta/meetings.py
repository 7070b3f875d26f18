"""A meeting for attackers: a petition on its list, an opinion, a commitment, an invitation."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from tests.support.stage import Play
from zhitongche import meetings
from zhitongche.kernel import clock as kernel_clock
from zhitongche.meetings.tables import AgendaItem, Attendance, Commitment, Meeting, Opinion
from zhitongche.persistence import db, unit_of_work
from zhitongche.tenancy import calendar

AHEAD = timedelta(days=40)


def furnish(play: Play, petition_id: UUID, unit_id: UUID, canary: str) -> dict[str, str]:
    """Ids of what stands there now, as addresses name them."""
    now, enterprise_id = kernel_clock.now(), play.people["enterprise"].enterprise_id
    with unit_of_work():
        meeting = _meeting(play, canary)
        due: date = meeting.day + AHEAD
        same = {"meeting_id": meeting.id, "petition_id": petition_id}
        item = AgendaItem(**same, position=1, verdict="in", grounds=[], reason=f"理由{canary}", judged_at=now, enlisted_at=now, proposal=f"建议{canary}")
        coming = Attendance(**same, party="enterprise", enterprise_id=enterprise_id, invited_at=now)
        opinion = Opinion(**same, text=f"意见{canary}", unit_id=unit_id, due_on=due, taken_by_name="温婉婷", taken_at=now)
        promise = Commitment(
            **same, unit_id=unit_id, subject=f"事项{canary}", leader="局长", person="股长", due_on=due, measures=f"措施{canary}", published_at=now
        )
        db.session.add_all([item, coming, opinion, promise])
        db.session.flush()
        return {"meeting_id": str(meeting.id), "announced_id": str(meeting.id), "commitment_id": str(promise.id)}


def _meeting(play: Play, canary: str) -> Meeting:
    """The month's, or one that is called."""
    if opened := meetings.open_due():
        return opened[0]
    day = calendar.calendar_of(play.pack).next_working(kernel_clock.today() + AHEAD)
    kind = next(iter(play.pack.meetings))
    return meetings.call(kind, play.people["triage"], {"day": day, "place": f"会议室{canary}", "reason": f"缘由{canary}"})
