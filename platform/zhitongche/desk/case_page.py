"""The case page: everything on one petition, and what may be done now."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING
from uuid import UUID

from flask import Blueprint, render_template, url_for

from zhitongche import documents
from zhitongche.casework import access
from zhitongche.casework import words as case_words
from zhitongche.casework.case import load
from zhitongche.casework.choices import CONTACT
from zhitongche.casework.queries import case_page
from zhitongche.casework.queries.phases import travelled
from zhitongche.desk import export, guard, shown, words
from zhitongche.flow.vocabulary import HOW, PARTIES, RESOLUTIONS
from zhitongche.notices import inbox as notices
from zhitongche.persistence import unit_of_work

if TYPE_CHECKING:
    from zhitongche.casework.queries.case_page import CasePage

blueprint = Blueprint("case_page", __name__)
MAIN = "primary"
RECORDED = {"contact": "telephone", "progress": "calendar-week", "note": "binoculars", "call_back": "telephone-inbound", "supplement": "paperclip"}


@blueprint.get("/petitions/<uuid:petition_id>")
def show(petition_id: UUID) -> str:
    """Everything on the petition; opening it is logged with the duty by which it was opened (ST-5.1)."""
    with unit_of_work():
        actor = guard.actor()
        page = case_page.of(load(petition_id), actor)
        access.opened(actor, page.petition, words.READ_PAGE.format(duty=page.duty))
        notices.mark_read(guard.person().id, petition_id=petition_id)
        return render_template("desk/case.html", page=page, petition=page.petition, **_around(page))


def _around(page: CasePage) -> dict[str, object]:
    phases, phase = travelled(page.petition, page.pack.flow)
    return {
        "phases": phases,
        "phase": phase,
        "owes": PARTIES.get(page.stage.owes or "", ""),
        "actions": _actions(page),
        "reported_papers": _reported_papers(page),
        "contact_url": _ask_url(page, CONTACT) if not page.petition.contact_mobile else "",
        "files": [_file(page, file) for file in page.files],
        "papers": documents.papers_of_petition(page.petition.id),
        "facts": [(words.FACT_LABELS.get(n, n), export.fact_text(n, v)) for n, v in page.petition.source_facts.items() if v],
        "masked": page.duty == case_page.BY_APPROVAL,
        "name_of": shown.name_of,
        "sources": case_words.SOURCES,
        "record_kinds": case_words.RECORD_KINDS,
        "how": HOW,
        "resolutions": RESOLUTIONS,
    }


def _actions(page: CasePage) -> list[SimpleNamespace]:
    """What may be done, the main thing first; the clause stands beside each button."""
    ordered = sorted(page.actions, key=lambda action: action.weight != MAIN)
    return [
        SimpleNamespace(
            name=action.name, clause="" if action.clause == "setting" else action.clause, weight=action.weight, hint="", icon="",
            main=action.weight == MAIN, url=url_for("desk.action.show", petition_id=page.petition.id, code=action.code),
        )
        for action in ordered
    ]  # fmt: skip


def _reported_papers(page: CasePage) -> list[SimpleNamespace]:
    """The documents that the level below told of, each with where to fetch it, or to ask for it."""
    told = page.between.report.papers if page.between.report else ()
    return [
        SimpleNamespace(
            name=one.name, size=one.size, ask_url=_ask_url(page, one.digest),
            url=url_for("desk.files.download", petition_id=page.petition.id, attachment_id=one.file) if one.file else "",
        )
        for one in told
    ]  # fmt: skip


def _ask_url(page: CasePage, document: str) -> str:
    """Where this document is asked for; empty where it may not be asked for now."""
    code = next((action.code for action in page.actions if action.verb == "request_document"), "")
    return url_for("desk.action.show", petition_id=page.petition.id, code=code, document=document) if code else ""


def _file(page: CasePage, file: object) -> SimpleNamespace:
    action = page.pack.flow.actions.get(file.action)  # type: ignore[attr-defined]
    return SimpleNamespace(
        name=file.name,  # type: ignore[attr-defined]
        size=file.size,  # type: ignore[attr-defined]
        note=action.name if action else "",
        url=url_for("desk.files.download", petition_id=page.petition.id, attachment_id=file.id),  # type: ignore[attr-defined]
    )
