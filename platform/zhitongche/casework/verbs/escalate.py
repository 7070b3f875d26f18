"""What cannot be solved goes up a level (RP-2.3.e); the bridge to another tenant is its own room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhitongche.casework.verbs.record import keep_record

if TYPE_CHECKING:
    from zhitongche.casework.case import Case


def give_up(case: Case) -> None:
    """The lead unit writes why it cannot be resolved here."""
    keep_record(case, "opinion", case.form["opinion"])


def raise_level(case: Case) -> None:
    """The bureau reviews; agreed, the petition is a county-level one."""
    if case.form["verdict"] == "agree":
        case.petition.level = "county"
    keep_record(case, "opinion", case.form["opinion"])
