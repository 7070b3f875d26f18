"""In which order a meeting takes its petitions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zhitongche.kernel.errors import Invalid, NotFound
from zhitongche.meetings import agenda, words
from zhitongche.meetings.forms import reading

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from zhitongche.flow.facts import Actor


def put(meeting_id: UUID, petition_id: UUID, actor: Actor, form: Mapping[str, Any]) -> None:
    """Put one petition that is in at another place; the others move up or down. Form: `place` (from 1), `reason` once fixed.

    By whoever drafts, coordinates or fixes; after fixing it is a new version. Raises NotFound, Forbidden, Refused, Invalid.
    """
    sitting, clause = agenda.deciding(meeting_id, actor, form)
    fixed = sitting.row.state == "fixed"
    with reading(form) as fields:
        reason = fields.text("reason", "理由", longest=500, required=fixed)
    items = agenda.items(meeting_id)
    listed = [one for one in items if one.final == "in"]
    item = next((one for one in listed if one.petition_id == petition_id), None)
    if item is None:
        raise NotFound
    place = _place(form, len(listed))
    listed.remove(item)
    listed.insert(place - 1, item)
    for position, one in enumerate([*listed, *(one for one in items if one.final != "in")], start=1):
        one.position = position
    sitting.log("ordered", clause, {"petition": str(petition_id), "place": place, "reason": reason})
    if fixed:
        agenda.keep_version(sitting, reason)


def _place(form: Mapping[str, Any], most: int) -> int:
    text = str(form.get("place") or "")
    if not text.isdecimal() or not 1 <= int(text) <= most:
        raise Invalid({"place": words.PLACE.format(most=most)})
    return int(text)
