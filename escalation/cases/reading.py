"""The closed forms of `wire.case_forms` as casework's plain values."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from escalation.wire import forms, notation, strict
from escalation.wire.forms import Closed
from escalation.wire.reasons import Rejected
from zhitongche.casework.escalations import Details, Document, Dossier, Notice, Opinion

if TYPE_CHECKING:
    from collections.abc import Mapping



class _Contact(Closed):
    name = forms.name(60)
    mobile = forms.coded(r"1[0-9]{10}", 11)


def notice(data: Mapping[str, Any]) -> Notice:
    """Stage 0."""
    return Notice(
        level=data["level"], category=data["category"], title=data["title"], ground=data["ground"], clause=data["clause"],
        received_on=date.fromisoformat(data["received_on"]),
        dossier=Dossier(data["dossier"]["digest"], data["dossier"]["documents"]),
        ref=data["ref"], matter=data.get("matter", ""), area=data.get("area", ""), deadline=moment(data.get("deadline")),
        opinions=tuple(Opinion(one["unit"], one["text"], notation.moment(one["at"])) for one in data["opinions"]),
    )  # fmt: skip


def details(data: Mapping[str, Any]) -> Details:
    """Stage 1."""
    return Details(
        enterprise=data["enterprise"]["name"], credit_code=data["enterprise"].get("credit_code", ""),
        content=data["content"], wish=data.get("wish", ""), contact_masked=data.get("contact_masked", ""),
        documents=tuple(Document(one["digest"], one["name"], one["media_type"], one["size"]) for one in data["documents"]),
    )  # fmt: skip


def moment(text: str | None) -> datetime | None:
    """A moment (UTC), where one is told."""
    return notation.moment(text) if text else None


def contact(content: bytes) -> tuple[str, str]:
    """Name and mobile of a contact in full, as `handing` hands it out; raises Rejected."""
    found = strict.load(content, limit=1000)
    if _Contact().validate(found):
        raise Rejected("schema", "contact")
    return found["name"], found["mobile"]
