"""Key supervision 重点督办 and proposals for serious treatment (ST-3.5, ST-3.6.b)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhitongche.casework.verbs.record import keep_record

if TYPE_CHECKING:
    from zhitongche.casework.case import Case


def propose_key(case: Case) -> None:
    """A seriously delayed petition is proposed for the key list."""
    case.petition.key_state = "proposed"
    keep_record(case, "opinion", case.form["reason"])


def approve_key(case: Case) -> None:
    """The leader decides; approved, it is on the key list."""
    case.petition.key_state = "approved" if case.form["verdict"] == "agree" else "declined"
    if case.form.get("opinion"):
        keep_record(case, "opinion", case.form["opinion"])


def report_fault(case: Case) -> None:
    """Buck-passing or fraud, proposed for serious treatment."""
    case.petition.faulted = True
    keep_record(case, "fault", case.form["reason"])
