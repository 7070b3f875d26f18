"""Official papers 公文: templates filled from cases, drafted, reviewed, approved, issued. The floor above casework."""

from typing import Final

from zhitongche.documents.about import About
from zhitongche.documents.by_calendar import make as make_by_calendar
from zhitongche.documents.deciding import approve, issue, return_, review, submit, supersede
from zhitongche.documents.drafting import draft, edit
from zhitongche.documents.from_cases import TOPIC, make
from zhitongche.documents.queries import papers_about, papers_for_enterprise, papers_of_petition
from zhitongche.documents.rendering import rendered
from zhitongche.documents.storing import original
from zhitongche.outbox import Handler

HANDLERS: Final[dict[str, Handler]] = {TOPIC: make}
"""Topic → handler, for the relay."""

__all__ = [
    "HANDLERS",
    "About",
    "approve",
    "draft",
    "edit",
    "issue",
    "make",
    "make_by_calendar",
    "original",
    "papers_about",
    "papers_for_enterprise",
    "papers_of_petition",
    "rendered",
    "return_",
    "review",
    "submit",
    "supersede",
]
