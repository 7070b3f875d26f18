"""Plugging in: casework is heard, messages are kept in its transaction, the worker is woken after it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from escalation.carriage import counter, endpoint, evidence, showing
from escalation.carriage.desk_of import send
from escalation.cases import telling
from escalation.ledger import waking as ledger_waking
from zhitongche.casework import reporting
from zhitongche.casework.queries import carried
from zhitongche.documents.dossier import sources
from zhitongche.outbox import waking
from zhitongche.persistence import db

if TYPE_CHECKING:
    from flask import Flask

    from zhitongche.casework.case import Case
    from zhitongche.journal import Entry

ERRAND: Final = "bridge_deliver"


def init_app(app: Flask) -> None:
    """Open the door for others' messages, and listen for acts of our own."""
    endpoint.init_app(app)
    counter.init_app(app)
    reporting.listen(app, _acted)
    carried.carried_by(showing.messages_of)
    sources.evidence_from(evidence.files_of)
    ledger_waking.on_emit = _wake


def _acted(case: Case, _entry: Entry) -> None:
    telling.tell(case, send)


def _wake() -> None:
    waking.after_commit(db.session(), ERRAND)
