"""A petition as plain values, in the words that its enterprise is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from zhitongche.casework.queries.following import Change
    from zhitongche.casework.queries.tracking_view import Tracking


def petition(seen: Tracking) -> dict[str, Any]:
    """Everything that a follower needs; one that was joined into another shows that one's answer."""
    row = seen.petition
    answer = seen.answer or (seen.main.answer if seen.main else None)
    return {
        "number": row.number,
        "status": row.outcome or "open",
        "stage": seen.stage,
        "holder": seen.holder,
        "title": row.title,
        "category": row.category,
        "matter": row.matter,
        "lead": seen.lead,
        "co": list(seen.co),
        "received_at": row.received_at,
        "updated_at": row.updated_at,
        "closed_at": row.closed_at,
        "limits": list(seen.limits),
        "answer": {"text": answer.text, "resolution": answer.resolution, "at": answer.at} if answer else None,
        "joined_into": seen.main.petition.number if seen.main else None,
    }


def change(one: Change) -> dict[str, Any]:
    """That it has changed, and into what; no content, so that a list is no way around the log of reads (ST-5.1)."""
    return {"number": one.number, "status": one.outcome or "open", "stage": one.stage, "updated_at": one.updated_at}
