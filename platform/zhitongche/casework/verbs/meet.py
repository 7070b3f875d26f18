"""What a meeting does to a petition: on its list, moved with it, taken up or passed over; the enterprise's own wish."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhitongche.casework.verbs.record import keep_record

if TYPE_CHECKING:
    from zhitongche.casework.case import Case


def enlist(case: Case) -> None:
    """On the list of the meeting of that day (RP-2.4.a, ST-4.1)."""
    case.petition.meeting_on = case.form["meeting_day"]


def reschedule(case: Case) -> None:
    """The meeting was moved to another day (RP-2.1.b)."""
    case.petition.meeting_on = case.form["meeting_day"]


def take_up(case: Case) -> None:
    """The meeting has dealt with it (RP-1.a, ST-4.0); the journal row says all."""


def pass_over(case: Case) -> None:
    """The meeting has not dealt with it (RP-2.8.b, ST-4.2); the journal row says all."""


def keep_off(case: Case) -> None:
    """The enterprise does not want its petition in a meeting (ST-4.2)."""
    case.petition.keeps_off = True
    if case.form.get("reason"):
        keep_record(case, "supplement", case.form["reason"])


def allow_on(case: Case) -> None:
    """The enterprise takes that wish back (ST-4.2)."""
    case.petition.keeps_off = False
