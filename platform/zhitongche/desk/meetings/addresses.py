"""Dates for a calendar program: one meeting as a file, all of one's own at a secret address."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for

from zhitongche.desk import guard
from zhitongche.desk.meetings import words
from zhitongche.identity import actors, calendar_address
from zhitongche.kernel import clock
from zhitongche.meetings import feeds, icalendar
from zhitongche.meetings.queries import lines
from zhitongche.persistence import unit_of_work
from zhitongche.tenancy import current

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as AnyResponse

    from zhitongche.meetings.icalendar import Event

blueprint = Blueprint("addresses", __name__)
open_door = Blueprint("calendar", __name__, url_prefix="/desk/calendar")
"""Before the guard: a calendar program cannot sign in, it knows the secret."""


@blueprint.get("/calendar")
def show() -> str:
    """My address, or how to get one."""
    secret = calendar_address.of(guard.person())
    url = url_for("calendar.feed", secret=secret, _external=True) if secret else ""
    return render_template("meetings/calendar.html", url=url)


@blueprint.post("/calendar")
def change() -> AnyResponse:
    """A new address, by which the old one is dead; or none any more."""
    ending = request.form.get("end") == "yes"
    with unit_of_work():
        if ending:
            calendar_address.end(guard.person().id, address=request.remote_addr)
        else:
            calendar_address.make(guard.person().id, address=request.remote_addr)
    flash(words.ADDRESS_ENDED if ending else words.ADDRESS_MADE, "success")
    return redirect(url_for("desk.meetings.addresses.show"), 303)


@blueprint.get("/<uuid:meeting_id>/calendar.ics")
def of_meeting(meeting_id: UUID) -> Response:
    """One meeting as a file to be opened in a calendar."""
    meeting = lines.of(meeting_id, guard.actor())
    return answer(meeting.title, [feeds.of_meeting(meeting, meeting.leader)], "meeting.ics")


@open_door.get("/<secret>.ics")
def feed(secret: str) -> Response:
    """The dates of whoever holds the secret: his own steps and the meetings; NotFound for any other address."""
    actor = actors.actor_of(calendar_address.person_of(secret))
    found = answer(f"{current.pack().portal_name} {actor.name}", feeds.of_official(actor))
    found.headers["X-Robots-Tag"] = "noindex"
    return found


def answer(name: str, events: list[Event], file: str = "") -> Response:
    """A calendar as a calendar program takes it (RFC 5545)."""
    response = Response(icalendar.written(name, events, clock.now()), mimetype="text/calendar")
    response.headers["Cache-Control"] = "private, no-cache"
    if file:
        response.headers["Content-Disposition"] = f'attachment; filename="{file}"'
    return response
