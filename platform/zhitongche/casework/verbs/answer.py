"""The bureau's answer to the enterprise, sending back, passing on, the final decision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhitongche.casework.verbs.assign import handed
from zhitongche.casework.verbs.record import keep_files, keep_record

if TYPE_CHECKING:
    from zhitongche.casework.case import Case


def answer(case: Case) -> None:
    """The bureau answers on the platform in one way (RP-2.8.b)."""
    case.petition.answer = case.form["reply"]
    case.petition.answered_at = case.now


def send_back(case: Case) -> None:
    """The reply does not do: the unit takes it up again."""
    keep_record(case, "opinion", case.form["reason"])


def pass_on(case: Case) -> None:
    """A dissatisfied enterprise: the lead unit talks with it anew (RP-2.10.c)."""
    handed(case)
    if case.form.get("opinion"):
        keep_record(case, "opinion", case.form["opinion"])


def finalise(case: Case) -> None:
    """The final decision, which stands beside the first answer (RP-2.10.c)."""
    petition = case.petition
    case.body["answer_before"] = petition.answer
    petition.answer, petition.answered_at, petition.reconsidered = case.form["reply"], case.now, True
    keep_files(case)
