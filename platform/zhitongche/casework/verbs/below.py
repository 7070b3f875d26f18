"""A petition that came from the tenant below (ST-1.3, RP-2.3.f): its arrival, taking, returning, asking, and what follows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from zhitongche.casework import choices, reckoning, search, words
from zhitongche.casework.rises import withdraw_rise
from zhitongche.casework.tables import Report
from zhitongche.casework.verbs.assign import name_units
from zhitongche.casework.verbs.record import keep_record
from zhitongche.kernel.errors import NotFound
from zhitongche.persistence import db

if TYPE_CHECKING:
    from zhitongche.casework.case import Case


def report_in(case: Case) -> None:
    """The journal's first row holds the notice; nothing else is known of the petition yet."""
    petition, report = case.petition, _report(case)
    search.index(petition)
    case.body["intake"] = {
        "number": petition.number, "source": petition.source, "source_facts": petition.source_facts, "title": petition.title,
        "category": petition.category, "opinions": report.opinions, "dossier": report.dossier,
        **reckoning.origin(petition),
    }  # fmt: skip


def take(case: Case) -> None:
    """The duty is this tenant's from now on; the level below sends the rest when it hears of it.

    Where the flow has the review name the lead unit at once (RP-2.3.e), it is named here.
    """
    _report(case).taken_at = case.now
    if case.form.get("lead"):
        name_units(case, case.form["lead"], case.form.get("co") or [])
    if case.form.get("opinion"):
        keep_record(case, "opinion", case.form["opinion"])


def return_report(case: Case) -> None:
    """Not taken, with the reason, which the level below is told."""
    _report(case).returned_at = case.now
    keep_record(case, "opinion", case.form["reason"])


def ask_below(case: Case) -> None:
    """More is asked of the level below."""
    _report(case).asked_at = case.now
    keep_record(case, "note", case.form["text"])


def request_document(case: Case) -> None:
    """A document, or the contact in full, is asked of the level below for a purpose; both sides keep who asked and why."""
    name = dict(choices.obtainable(case.petition))[case.form["document"]]
    case.body["document"] = name
    keep_record(case, "note", words.ASKED_FOR.format(name=name, why=case.form["reason"]))


def supplemented_below(case: Case) -> None:
    """More from the level below; kept where a withdrawal can erase it, not among the records."""
    report = _report(case)
    report.supplements = [*report.supplements, {"at": case.now.isoformat(), "text": case.form["text"]}]


def withdrawn_below(case: Case) -> None:
    """The enterprise has withdrawn it below; where it rose on from here, it is withdrawn above too."""
    _report(case).withdrawn_at = case.now
    withdraw_rise(case.petition, case.now)


def _report(case: Case) -> Report:
    row = db.session.scalar(select(Report).where(Report.petition_id == case.petition.id))
    if row is None:
        raise NotFound
    return row
