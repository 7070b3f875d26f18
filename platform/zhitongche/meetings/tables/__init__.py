"""Rows of this room: the meeting and its steps, its agenda, what came of it."""

from zhitongche.meetings.tables.agenda import AgendaItem, AgendaVersion
from zhitongche.meetings.tables.meeting import LeaderTurn, Meeting, MeetingEvent, MeetingStep
from zhitongche.meetings.tables.outcome import Attendance, Commitment, Opinion

__all__ = [
    "AgendaItem",
    "AgendaVersion",
    "Attendance",
    "Commitment",
    "LeaderTurn",
    "Meeting",
    "MeetingEvent",
    "MeetingStep",
    "Opinion",
]
