"""Promise the notices that a meeting entails, through the outbox: ids, codes, days, no contents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from zhitongche import outbox
from zhitongche.kernel import clock
from zhitongche.meetings import words

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

    from zhitongche.meetings.sitting import Sitting
    from zhitongche.meetings.tables import MeetingStep

TOPIC: Final = "notice"
_SHORT: Final = 60


def tell_roles(sitting: Sitting, message: str, text: str, key: str, roles: Iterable[str] = ()) -> None:
    """Tell the roles that have steps in this meeting (or those named)."""
    owing = {step.owes for step in sitting.kind.steps.values()} - {"units", "system"}
    for role in sorted(roles or owing):
        # One key for all: whoever holds several of the roles is told once.
        _promise(sitting, message, f"{key}:{role}", {"party": role, "key": f"meeting:{sitting.row.id}:{key}"}, text=text)


def tell_step(sitting: Sitting, row: MeetingStep) -> None:
    """Tell whoever owes a step that it is near or past; once for each."""
    when = "past" if row.missed_at else "near"
    party = "triage" if row.owes == "system" else row.owes
    whom: dict[str, Any] = {"party": "lead", "units": [str(row.unit_id)]} if row.unit_id else {"party": party}
    if party != "units" or row.unit_id:
        _promise(sitting, "meeting_step", f"{row.id}:{when}:{row.due_at:%Y%m%d}", whom, text=row.name, due=_moment(row.due_at))


def tell_units(sitting: Sitting, message: str, units: Iterable[UUID], text: str, key: str, due: str | None = None) -> None:
    """Tell the handlers and contacts of units, each unit once."""
    for unit in sorted(set(units)):
        _promise(sitting, message, f"{key}:{unit}", {"party": "lead", "units": [str(unit)]}, text=text, due=due)


def tell_enterprise(sitting: Sitting, message: str, petition_id: UUID, enterprise: UUID, number: str, key: str) -> None:
    """Tell an enterprise about its petition and this meeting."""
    whom = {"party": "enterprise", "enterprises": [str(enterprise)], "petition_id": str(petition_id)}
    _promise(sitting, message, f"{key}:{petition_id}", whom, number=number)


def _promise(
    sitting: Sitting, message: str, key: str, whom: dict[str, Any], *, text: str = "", due: str | None = None, number: str = ""
) -> None:
    row = sitting.row
    payload = {
        "units": [],
        "enterprises": [],
        **whom,
        "message": message,
        "but": str(sitting.actor.person_id) if sitting.actor.person_id else None,
        "fields": {"title": row.title, "due": due or words.shown(row.day), "text": text[:_SHORT], "number": number},
        "urgent": False,
    }
    outbox.promise(TOPIC, payload, key=f"meeting:{row.id}:{key}")


def _moment(at: datetime) -> str:
    return f"{clock.local(at):%m月%d日%H:%M}"
