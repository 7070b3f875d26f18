"""Who may see a paper, and who takes each step of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from zhitongche.casework import access
from zhitongche.casework.case import load
from zhitongche.documents import words
from zhitongche.documents.record import issued
from zhitongche.flow.vocabulary import ROLES
from zhitongche.kernel.errors import Forbidden, NotFound

if TYPE_CHECKING:
    from collections.abc import Collection

    from zhitongche.documents.tables import Paper
    from zhitongche.flow.facts import Actor
    from zhitongche.tenancy.papers import Template

DRAFTER: Final = "triage"
"""Who drafts where the template names nobody."""
_OF_UNITS: Final = frozenset({"handler"})
STEP_OF: Final = {"draft": "draft", "reviewing": "review", "approving": "approve", "approved": "issue"}
"""The step that a paper in this state waits for."""


def role_of(template: Template, state: str) -> str:
    """The role whose turn it is; empty for an issued paper."""
    step = STEP_OF.get(state)
    return template.by.get(step, DRAFTER) if step else ""


def may_act(actor: Actor, paper: Paper, template: Template) -> bool:
    """Whether it is this actor's turn."""
    return paper.state != "issued" and (actor.kind == "system" or role_of(template, paper.state) in actor.roles)


def require_turn(actor: Actor, paper: Paper, template: Template) -> None:
    """Raise Forbidden, with the template's clause, where it is not this actor's turn."""
    if not may_act(actor, paper, template):
        role = ROLES.get(role_of(template, paper.state), words.STATES["issued"])
        raise Forbidden(words.NOT_YOURS.format(role=role), template.clause)


def require_drafter(actor: Actor, template: Template) -> None:
    """Raise Forbidden, with the template's clause, for whoever does not draft papers of this kind."""
    if not may_draft(actor, template):
        raise Forbidden(words.NOT_YOURS.format(role=ROLES[template.by.get("draft", DRAFTER)]), template.clause)


def may_draft(actor: Actor, template: Template) -> bool:
    """Whether this actor drafts papers of this kind."""
    return actor.kind == "system" or template.by.get("draft", DRAFTER) in actor.roles


def sees(actor: Actor, template: Template, addressed: Collection[str], *, issued: bool) -> bool:
    """Whether the actor may read a paper which is about no single petition.

    Units' handlers get what is issued and addressed to their unit, whatever else the template lets them read (ST-5.1).
    """
    if actor.kind == "system" or actor.roles & (access.EVERY_CASE | (template.readers - _OF_UNITS) | set(template.by.values())):
        return True
    return issued and bool(actor.roles & template.readers & _OF_UNITS) and str(actor.unit_id) in addressed


def only_in_meeting(paper: Paper, template: Template) -> bool:
    """Whether the paper is decided together with the meeting that it is about, and not by itself; its successor is."""
    return paper.about_kind == "meeting" and paper.replaces is None and not template.at_once


def require_read(actor: Actor, paper: Paper, template: Template) -> None:
    """Raise NotFound where the actor has no duty in the matter (ST-5.1); an enterprise sees what is issued to it."""
    if actor.kind == "enterprise" and not (template.enterprise_reads and paper.state == "issued"):
        raise NotFound
    if paper.petition_id is not None:
        access.require_read(actor, load(paper.petition_id))
        return
    content = paper.content or getattr(issued(paper.id), "content", {})
    if not sees(actor, template, content.get("units", ()), issued=paper.state == "issued"):
        raise NotFound
