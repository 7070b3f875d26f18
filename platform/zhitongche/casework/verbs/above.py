"""What the level above tells of a petition that rose to it (RP-2.3.f): each comes by a message, through the system."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhitongche.casework import clocks
from zhitongche.casework.rises import current_rise
from zhitongche.casework.verbs.record import keep_record

if TYPE_CHECKING:
    from zhitongche.casework.case import Case
    from zhitongche.casework.tables import Escalation

KIND = "above"


def delivered_above(case: Case) -> None:
    """Its receipt is verified: 已送达. Nobody there has looked at it yet."""
    current_rise(case.petition).delivered_at = case.now


def taken_above(case: Case) -> None:
    """It has been taken: the duty is theirs from now on, and the petition's level is theirs."""
    rise = current_rise(case.petition)
    rise.taken_at = case.now
    case.petition.level = rise.level
    _note(case, rise)


def progress_above(case: Case) -> None:
    """Who has it there, until when, and what was done."""
    rise = current_rise(case.petition)
    _note(case, rise)
    if rise.due_at is not None:
        clocks.move(case.running, KIND, rise.due_at, case.now)


def asked_above(case: Case) -> None:
    """They want to know more."""
    rise = current_rise(case.petition)
    rise.asked, rise.asked_at = case.form["text"], case.now
    keep_record(case, KIND, case.form["text"])


def returned_above(case: Case) -> None:
    """They do not take it, or give it back: it is at its former level again."""
    rise = current_rise(case.petition)
    rise.returned_at, rise.return_reason, rise.returned_by = case.now, case.form["reason"], case.form.get("holder") or rise.to_name
    case.petition.level = rise.level_before
    keep_record(case, KIND, case.form["reason"])


def decided_above(case: Case) -> None:
    """Their decision; the enterprise is answered here as ever, with these words offered."""
    rise = current_rise(case.petition)
    rise.decided_at, rise.decision = case.now, case.form["reply"]
    case.petition.answer = case.form["reply"]
    case.petition.resolution = case.form.get("resolution") or case.petition.resolution
    keep_record(case, "opinion", case.form["reply"])


def _note(case: Case, rise: Escalation) -> None:
    rise.holder = case.form.get("holder") or rise.holder
    rise.due_at = case.form.get("until") or rise.due_at
    text = case.form.get("text")
    if text:
        rise.progress, rise.progress_at = text, case.now
        keep_record(case, KIND, text)
