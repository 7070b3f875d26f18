"""Figures joined to what they count: the journal, and the meetings, which stand beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhitongche.kernel import clock
from zhitongche.meetings import holding
from zhitongche.statistics import beside, counting

if TYPE_CHECKING:
    from flask import Flask

    from zhitongche.meetings.tables import Meeting


def init_app(app: Flask) -> None:
    """Count whatever this application does."""
    counting.init_app(app)
    beside.from_source(app, lambda: [_occurrence(one) for one in holding.held()])
    holding.follow(app, lambda meeting: beside.count(_occurrence(meeting)))


def _occurrence(meeting: Meeting) -> beside.Occurrence:
    assert meeting.held_at is not None, "told once it is held"
    return beside.Occurrence(meeting.id, "meeting_held", clock.local_date(meeting.held_at), meeting.kind)
