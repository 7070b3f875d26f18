"""Ratings: given by the enterprise, asked for in a call-back, or counted by default and marked so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhitongche.casework.tables import Rating
from zhitongche.casework.verbs.record import keep_record
from zhitongche.persistence import db

if TYPE_CHECKING:
    from zhitongche.casework.case import Case


def rate(case: Case) -> None:
    """The enterprise says whether it is satisfied (RP-2.10.a)."""
    _keep(case, "enterprise", case.form["satisfaction"])


def default_rating(case: Case) -> None:
    """Silence counts as satisfied, marked as default and never counted as given (RP-2.10.b)."""
    _keep(case, "default", "satisfied")


def call_back(case: Case) -> None:
    """Who was asked how and when, and what the enterprise said (ST-3.6.a)."""
    keep_record(case, "call_back", case.form.get("text") or "")
    _keep(case, "call_back", case.form["satisfaction"])


def _keep(case: Case, given_by: str, satisfaction: str) -> None:
    db.session.add(
        Rating(
            petition_id=case.petition.id, given_by=given_by, satisfaction=satisfaction,
            text=case.form.get("text") or "", at=case.now,
        )
    )  # fmt: skip
