"""Meetings and what is owed for them as dates for a calendar program. No contents of petitions are in them."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING, Final

from zhitongche.kernel import clock
from zhitongche.meetings.icalendar import Event
from zhitongche.meetings.queries import lines, owed, public, words
from zhitongche.persistence import current_tenant

if TYPE_CHECKING:
    from zhitongche.flow.facts import Actor
    from zhitongche.meetings.queries.lines import MeetingLine
    from zhitongche.meetings.queries.owed import Owed

BACK: Final = 180
"""Days that a calendar looks back; a program that reads it again forgets what is not there any more."""


def of_meeting(meeting: MeetingLine, text: str = "") -> Event:
    """The meeting itself."""
    starts = clock.on(meeting.day, time.fromisoformat(meeting.starts))
    uid = f"meeting-{meeting.id}@{current_tenant()}"
    return Event(uid, meeting.title, meeting.day, starts, meeting.place, text, changes=meeting.version)


def of_official(actor: Actor) -> list[Event]:
    """The meetings that concern the official's roles, and every step that the official still owes."""
    if not actor.roles & lines.CONCERNED:
        return []
    found = [of_meeting(one, one.leader) for one in lines.since(BACK)]
    return [*found, *(_step(one) for one in owed.ahead(actor))]


def of_everyone() -> list[Event]:
    """The meetings that were announced to the public, past ones too."""
    return [of_meeting(one) for one in public.told_of(BACK)]


def _step(one: Owed) -> Event:
    due = clock.local_date(one.due_at)
    text = f"{one.meeting}\n{clock.local(one.due_at):%H:%M}"
    return Event(f"step-{one.id}@{current_tenant()}", words.STEP_DUE.format(step=one.name, meeting=one.meeting), due, text=text)
