"""A paper in the hands of the signed-in official, who may read it or gets what does not exist."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhitongche.casework import access
from zhitongche.casework.case import load
from zhitongche.casework.queries import listing
from zhitongche.desk import guard
from zhitongche.documents import permissions, record
from zhitongche.documents.rendering import shown

if TYPE_CHECKING:
    from uuid import UUID

    from zhitongche.documents.tables import Paper
    from zhitongche.flow.facts import Actor
    from zhitongche.tenancy.papers import Template


def readable(paper_id: UUID) -> tuple[Paper, Template]:
    """The paper and its template; raises NotFound, the same for missing and for not mine to see."""
    paper, template = record.found(paper_id)
    permissions.require_read(guard.actor(), paper, template)
    return paper, template


def opened(paper_id: UUID, why: str) -> tuple[Paper, Template]:
    """The same, with the reading logged in the petition that it is about, or in all those that a list tells of (ST-5.1)."""
    paper, template = readable(paper_id)
    logged(guard.actor(), paper, why.format(name=template.name))
    return paper, template


def logged(actor: Actor, paper: Paper, why: str) -> None:
    """Log that the actor has read what the paper tells."""
    if paper.petition_id is not None:
        access.opened(actor, load(paper.petition_id), why)
    else:
        listing.exported(actor, listing.numbered(shown(paper).get("petitions", ())), why)


def require_draft(paper: Paper, template: Template) -> None:
    """Raise Forbidden or Refused where the words are not this official's to change now."""
    permissions.require_drafter(guard.actor(), template)
    record.require_state(paper, template, "draft")
