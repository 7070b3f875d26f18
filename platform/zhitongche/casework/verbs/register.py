"""The verb behind every way in; the intake has already made the row (casework.register)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhitongche.casework import reckoning, search

if TYPE_CHECKING:
    from zhitongche.casework.case import Case


def register(case: Case) -> None:
    """The journal's first row holds what was handed in; its words make it findable."""
    petition = case.petition
    search.index(petition)
    case.body["intake"] = {
        "number": petition.number,
        "source": petition.source,
        "source_facts": petition.source_facts,
        "title": petition.title,
        "content": petition.content,
        "wish": petition.wish,
        "category": petition.category,
        "registration": petition.registration,
        **reckoning.origin(petition),
    }
