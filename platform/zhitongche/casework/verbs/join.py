"""Join a duplicate 重复件 to the open petition that it repeats."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhitongche.casework import words
from zhitongche.casework.case import load
from zhitongche.casework.tables import Record
from zhitongche.kernel.errors import Invalid
from zhitongche.persistence import db

if TYPE_CHECKING:
    from zhitongche.casework.case import Case


def join(case: Case) -> None:
    """Link it, pass its words straight to the unit; its sender keeps the right to the answer (ST-2.c)."""
    into = load(case.form["into"])
    if into.id == case.petition.id:
        raise Invalid({"into": words.NOT_ITSELF})
    if into.enterprise_id != case.petition.enterprise_id or into.outcome is not None:
        raise Invalid({"into": words.NOT_SAME_ENTERPRISE})
    case.petition.joined_into = into.id
    case.body["into"] = into.number
    db.session.add(
        Record(
            petition_id=into.id, kind="supplement", unit_id=case.actor.unit_id, person_id=case.actor.person_id,
            author=case.actor.name, at=case.now, happened_at=case.petition.received_at,
            text=f"{case.petition.title}\n{case.petition.content}",
        )
    )  # fmt: skip
