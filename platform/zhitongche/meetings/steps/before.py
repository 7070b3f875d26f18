"""Up to the day: announcement, list, leader, notices, duties."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhitongche.meetings import agenda, attendance, leaders, papers, words
from zhitongche.meetings.forms import reading

if TYPE_CHECKING:
    from zhitongche.meetings.sitting import Sitting
    from zhitongche.meetings.tables import MeetingStep


def announce(sitting: Sitting, row: MeetingStep) -> bool:
    """The booking announcement goes out (RP-2.1.a)."""
    papers.make(sitting, sitting.kind.steps[row.code])
    return True


def close_list(_sitting: Sitting, _row: MeetingStep) -> bool:
    """Whoever registers from now on is for the next meeting, see `agenda.judge_all`; here the log says all."""
    return True


def draft(sitting: Sitting, row: MeetingStep) -> bool:
    """Judge what may come before the meeting and draft the list (RP-2.4.a, ST-4.0)."""
    agenda.judge_all(sitting)
    papers.make(sitting, sitting.kind.steps[row.code])
    return True


def settle_leader(sitting: Sitting, _row: MeetingStep) -> bool:
    """Who attends is settled: as the turn has it, or another, with the reason. Form: `leader?`, `reason?` (RP-2.6)."""
    leader = leaders.named(sitting, sitting.form)
    if leader.name != sitting.row.leader_name:
        with reading(sitting.form) as fields:
            reason = fields.text("reason", "变更原因", longest=300, required=bool(sitting.row.leader_name))
        leaders.appoint(sitting, leader, reason)
    sitting.body["leader"] = leader.name
    return True


def submit(sitting: Sitting, _row: MeetingStep) -> bool:
    """The list, as the facts now are, goes to the office (RP-2.4.b)."""
    agenda.judge_all(sitting)
    papers.sign(sitting, "draft", "draft")
    return True


def coordinate(sitting: Sitting, _row: MeetingStep) -> bool:
    """The office has called the units together and passes the list on to the leader (RP-2.5)."""
    agenda.judge_all(sitting)
    papers.sign(sitting, "draft", "reviewing")
    return True


def fix(sitting: Sitting, _row: MeetingStep) -> bool:
    """The leader fixes the list, and with it approves its papers; nothing undecided may be left (RP-2.5, ST-4.0)."""
    found = agenda.judge_all(sitting)
    if left := agenda.undecided(sitting.row.id):
        raise sitting.refuse(words.UNDECIDED.format(numbers=agenda.numbers_of(left)), sitting.clause_of("fix"))
    agenda.enlist(sitting, found)
    papers.sign(sitting, "draft", "approving")
    sitting.row.state = "fixed"
    sitting.body["version"] = agenda.keep_version(sitting).number
    return True


def notify(sitting: Sitting, row: MeetingStep) -> bool:
    """Heads of units and enterprises of the fixed list are told to come. Form: `place?` (RP-2.6)."""
    with reading(sitting.form) as fields:
        sitting.row.place = fields.text("place", "地点", longest=100, required=False) or sitting.row.place or sitting.kind.place
    sitting.body["invited"] = len(attendance.invite(sitting))
    papers.make(sitting, sitting.kind.steps[row.code])
    return True


def arrange(sitting: Sitting, _row: MeetingStep) -> bool:
    """Who looks after what on the day. Form: `duty-<n>?`, a person's name (RP-2.7)."""
    attendance.assign_duties(sitting)
    return True
