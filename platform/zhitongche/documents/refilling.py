"""A paper on its way follows what it is about: its table is filled anew before the next one signs it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zhitongche.documents import cells
from zhitongche.documents.filling import addressed, fill
from zhitongche.documents.permissions import require_turn
from zhitongche.documents.record import happened, in_hand
from zhitongche.kernel import clock
from zhitongche.tenancy import versions

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from uuid import UUID

    from zhitongche.documents.tables import Paper
    from zhitongche.flow.facts import Actor

FOLLOWING = ("rows", cells.FILLED, "addressee", "units", "petitions")
"""What follows the facts; everything else is as its drafter left it."""


def refill(paper_id: UUID, facts: Mapping[str, Any], actor: Actor, units: Collection[UUID] = ()) -> Paper:
    """Fill the table of a paper that is not issued yet anew from these facts; the record says so where anything changed.

    By whoever has the paper before him: he signs what he sees. Raises NotFound, Forbidden, LookupError for unknown facts.
    """
    paper, template = in_hand(paper_id)
    require_turn(actor, paper, template)
    fresh = fill(template, versions.pack_at(paper.pack_version), facts) | addressed(units)
    assert paper.content is not None
    fresh |= cells.refilled(template, paper.content, fresh["rows"])
    changed = {key: fresh[key] for key in FOLLOWING if key in fresh and fresh[key] != paper.content.get(key)}
    if template.layout != "list":
        changed |= {"body": fresh["body"]} if fresh["body"] != paper.content["body"] else {}
    if changed:
        paper.content, paper.updated_at = {**paper.content, **changed}, clock.now()
        happened(paper, "edited", actor)
    return paper
