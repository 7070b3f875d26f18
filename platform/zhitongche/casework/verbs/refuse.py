"""Refuse, verify the registration, withdraw."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhitongche.casework.rises import withdraw_rise
from zhitongche.casework.verbs.record import keep_record
from zhitongche.identity import enterprises

if TYPE_CHECKING:
    from zhitongche.casework.case import Case


def refuse(case: Case) -> None:
    """One listed ground, and a reason in words for the enterprise (ST-2.b, RP-2.3.g)."""
    case.petition.refusal_ground = case.form["refusal_ground"]
    case.petition.refusal_reason = case.form["reason"]


def verify(case: Case) -> None:
    """The second review of a registration that did not match the register (RP-2.2.b)."""
    agreed = case.form["verdict"] == "agree"
    case.petition.match_note = case.form.get("reason") or ""
    case.body["registered"] = agreed
    case.petition.registration = "confirmed" if agreed else "denied"
    if enterprises.by_id(case.petition.enterprise_id).match != "matched":
        enterprises.settle_match(case.petition.enterprise_id, agreed=agreed, why=case.petition.match_note)


def withdraw(case: Case) -> None:
    """The enterprise takes its petition back, from the level above too where it is there."""
    withdraw_rise(case.petition, case.now)
    keep_record(case, "supplement", case.form["reason"])
