"""A county's petition brought to the point of going up, and reports as they arrive at a city."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from tests.support.stage import Play
from zhitongche.casework import escalations, reporting
from zhitongche.casework.escalations import Details, Document, Dossier, Notice, Opinion, Report
from zhitongche.kernel import clock
from zhitongche.kernel.ids import new_id
from zhitongche.persistence import unit_of_work

LEAD = "ziran"


def nobody_in_particular(_case: object, _entry: object) -> None:
    """A listener that carries nothing."""


def county_level(play: Play) -> None:
    """Heard in a session and handed out: the unit executes the leader's opinion."""
    play.hand_in(category="difficulty")
    ground = next(iter(play.pack.grounds_accept))
    play.act("accept", "triage", accept_ground=ground, lead=play.unit(LEAD))
    play.act("receive", LEAD)
    play.act("give_up", LEAD, opinion="涉及多个部门，本单位无法解决。")
    play.act("review_county", "triage", verdict="agree", opinion="同意列入县级。")
    today = clock.today()
    play.act("enlist", "triage", meeting_day=(today + timedelta(days=19)).isoformat())
    play.act("take_up", "triage")
    play.act("hand_out", "leader", opinion="请自然资源局牵头解决。", due=(today + timedelta(days=84)).isoformat())


def reviewed(play: Play) -> None:
    """Explained by the unit and endorsed by the bureau: the county government's opinion is owed."""
    county_level(play)
    play.act("explain", LEAD, opinion="用地指标须由市级统筹，县级无权解决。")
    play.act("review_city", "triage", verdict="agree", opinion="情况属实，同意上报。")


def risen(play: Play) -> UUID:
    """Sent up; the id of the rise."""
    reviewed(play)
    with reporting.heard_by(nobody_in_particular):
        play.act("send_up", "office", verdict="agree", opinion="同意上报市级协调。")
    rise = escalations.rise_of(play.id)
    assert rise is not None
    return rise.id


def taken(play: Play) -> UUID:
    """Taken by the city."""
    rise = risen(play)
    with unit_of_work():
        escalations.delivered(rise, clock.now())
        escalations.taken(rise, "市自然资源局")
    return rise


def report(**changes: Any) -> Report:
    """A notice as it comes from a county."""
    facts: dict[str, Any] = {
        "level": "city", "category": "difficulty", "title": "用地指标迟迟不能落实", "ground": "unresolved", "clause": "RP-2.3.f",
        "received_on": date(2026, 3, 2), "dossier": Dossier("ab" * 32, 1), "ref": "4f1d", "matter": "yongdi",
        "opinions": (Opinion("县政数局", "情况属实，同意上报。", clock.now()),),
    }  # fmt: skip
    return Report(new_id(), "xiaxian", "下县", Notice(**{**facts, **changes}))


DETAILS = Details(
    "甲公司", "91440300708461136T", "我司用地指标报批两年未果。", "尽快落实", "陈* 138****1234", (Document("0" * 64, "批文.pdf", "application/pdf", 9),)
)


def arrived(play: Play) -> UUID:
    """A report that waits to be looked at; it is the play's case."""
    with unit_of_work():
        play.petition_id = escalations.report(report()).id
    return play.petition_id


def taken_in(play: Play) -> UUID:
    """Taken by the city's bureau, and revealed."""
    petition = arrived(play)
    play.act("take", "triage")
    with unit_of_work():
        escalations.reveal(petition, DETAILS)
    return petition
