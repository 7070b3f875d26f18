"""Tables of casework; no other room touches them (import-linter)."""

from zhitongche.casework.tables.bridge import Escalation, Report
from zhitongche.casework.tables.clock import Clock
from zhitongche.casework.tables.confidence import Disclosure, ReadLog
from zhitongche.casework.tables.parts import CoPart, Objection
from zhitongche.casework.tables.petition import Draft, Petition
from zhitongche.casework.tables.search import PetitionSearch
from zhitongche.casework.tables.work import Attachment, Milestone, Plan, Rating, Record

__all__ = [
    "Attachment",
    "Clock",
    "CoPart",
    "Disclosure",
    "Draft",
    "Escalation",
    "Milestone",
    "Objection",
    "Petition",
    "PetitionSearch",
    "Plan",
    "Rating",
    "ReadLog",
    "Record",
    "Report",
]
