"""Promise the notices of supervision, through the outbox: ids and codes, no contents of petitions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from zhitongche import outbox
from zhitongche.documents import queries as papers

if TYPE_CHECKING:
    from uuid import UUID

TOPIC: Final = "notice"


def tell_unit(message: str, key: str, unit_id: UUID, *, paper_id: UUID | None = None, **fields: str) -> None:
    """Tell a unit's handlers and its contact on file; once for each key."""
    _promise(message, key, {"party": "lead", "units": [str(unit_id)]}, paper_id, fields)


def tell_roles(message: str, key: str, *roles: str, paper_id: UUID | None = None, **fields: str) -> None:
    """Tell whoever holds one of these roles; once for each key."""
    _promise(message, key, {"parties": list(roles), "units": []}, paper_id, fields)


def _promise(message: str, key: str, whom: dict[str, Any], paper_id: UUID | None, fields: dict[str, str]) -> None:
    about = {"paper_id": str(paper_id), "step": str(papers.last_step(paper_id))} if paper_id else {}
    payload = {"enterprises": [], **whom, **about, "message": message, "petition_id": None, "fields": fields}
    outbox.promise(TOPIC, payload, key=f"supervision:{key}:{message}")
