"""会议日程: the year's meetings with every date that hangs on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, render_template, request, url_for

from zhitongche.desk import guard
from zhitongche.kernel import clock
from zhitongche.meetings.queries import dates, year
from zhitongche.tenancy import current

if TYPE_CHECKING:
    from zhitongche.tenancy.meeting_parts import MeetingKind

blueprint = Blueprint("year", __name__)


@blueprint.get("")
def show() -> str:
    """The year asked for: what is coming first, what has been held below; on paper, everything with its dates."""
    actor, today = guard.actor(), clock.today()
    asked = _year()
    found = [(line, dates.of(line, actor)) for line in year.of(asked)]
    return render_template(
        "meetings/year.html", year=asked, ahead=[one for one in found if one[0].day >= today],
        behind=[one for one in reversed(found) if one[0].day < today], callable=[kind for kind in _kinds() if actor.roles & set(kind.callers)],
        today=today, call_url=lambda kind: url_for("desk.meetings.calling.show", kind=kind),
    )  # fmt: skip


def _kinds() -> list[MeetingKind]:
    """The kinds that people call: those without a rule, and those that know special sessions."""
    return [kind for kind in current.pack().meetings.values() if kind.day is None or kind.special]


def _year() -> int:
    text = request.args.get("year", "")
    return int(text) if text.isdecimal() and int(text) in range(2020, 2101) else clock.today().year
