"""What everyone may know of meetings: the announced day, past ones, commitments and how they were kept (RP-2.1.a, RP-3.3)."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING
from uuid import UUID

from flask import Blueprint, Response, render_template, request, send_file

from zhitongche import documents
from zhitongche.documents import About
from zhitongche.kernel import clock
from zhitongche.kernel.errors import NotFound
from zhitongche.meetings import feeds, icalendar
from zhitongche.meetings.queries import of_petition, public
from zhitongche.portal import guards, words
from zhitongche.portal.guards import public as anyone
from zhitongche.tenancy import current

if TYPE_CHECKING:
    from zhitongche.documents.queries import PaperLine
    from zhitongche.meetings.icalendar import Event
    from zhitongche.tenancy.meeting_parts import MeetingKind

blueprint = Blueprint("meetings", __name__)


@blueprint.get("/meetings")
@anyone
def show() -> str:
    """The next day and how to register for it, what was promised, what was held."""
    kinds = _kinds()
    announced = public.announced()
    pack = current.pack()
    wanted = request.args.get("state", "")
    return render_template(
        "portal/meetings.html", pack=pack, kinds=kinds, rule=_rule(kinds[0]), announced=announced, past=public.past(),
        papers={one.meeting.id: _announcement(one.meeting.id) for one in announced}, wanted=wanted if wanted in words.PROMISES else "",
        promises=public.promises(fulfilled=words.PROMISES.get(wanted)), count=public.counted(), states=words.PROMISE_CHOICES,
        ways=pack.flow.by_verb("register").who if pack.takes_petitions else (),
    )  # fmt: skip


@blueprint.get("/meetings.ics")
@anyone
def feed() -> Response:
    """The announced days, to be subscribed to (RFC 5545)."""
    kinds = _kinds()
    return _calendar(f"{current.pack().portal_name} {kinds[0].name}", feeds.of_everyone())


@blueprint.get("/meetings/<uuid:announced_id>/announcement")
@anyone
def announcement(announced_id: UUID) -> Response:
    """The announcement as it was issued; raises NotFound for a meeting that the public is not told of."""
    found = _announcement(announced_id) if any(one.id == announced_id for one in public.told_of(feeds.BACK)) else None
    if found is None:
        raise NotFound
    return send_file(BytesIO(documents.original(found.id, "pdf")), "application/pdf", download_name=f"{found.name}.pdf", as_attachment=True)


@blueprint.get("/petitions/<uuid:petition_id>/meeting.ics")
def of_mine(petition_id: UUID) -> Response:
    """The meeting to which the enterprise is invited with its petition, for its own calendar."""
    guards.actor_for(petition_id)
    told = of_petition.of(petition_id)
    if told.meeting is None or not told.invited:
        raise NotFound
    return _calendar(told.meeting.title, [feeds.of_meeting(told.meeting)])


def _kinds() -> list[MeetingKind]:
    """The kinds that are announced here; raises NotFound where there are none."""
    found = public.kinds()
    if not found:
        raise NotFound
    return found


def _rule(kind: MeetingKind) -> str:
    """When it is held, as the pack says."""
    return words.DAY_RULE.format(week="一二三四"[kind.day.week - 1], weekday="一二三四五六日"[kind.day.weekday]) if kind.day else ""


def _announcement(meeting_id: UUID) -> PaperLine | None:
    lines = documents.papers_about(About.meeting(meeting_id))
    return next((one for one in reversed(lines) if one.kind == "announcement" and one.issued_at and not one.superseded_by), None)


def _calendar(name: str, events: list[Event]) -> Response:
    return Response(icalendar.written(name, events, clock.now()), mimetype="text/calendar")
