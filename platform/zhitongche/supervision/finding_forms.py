"""What is filled in about a finding, cleaned; what is wrong stands beside its field (ST-1.1.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from zhitongche.casework import discretion
from zhitongche.casework.case import load
from zhitongche.casework.queries import repeating
from zhitongche.identity import units
from zhitongche.kernel import clock
from zhitongche.kernel.errors import Invalid
from zhitongche.supervision import problems, words
from zhitongche.supervision.problems import demanded

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from zhitongche.supervision.tables import Problem

LONGEST: Final = 2000


def told(problem: Problem, form: Mapping[str, Any]) -> dict[str, Any]:
    """Addressee, text and suggestion; raises Invalid by field."""
    errors: dict[str, str] = {}
    text = _collected(errors, form, "text", words.TEXT_OF_FINDING)
    suggestion = _collected(errors, form, "suggestion", words.SUGGESTION_NEEDED)
    addressee = _unit(form.get("addressee"))
    if addressee is None:
        errors["addressee"] = words.ADDRESSEE_NEEDED
    if errors or addressee is None:
        raise Invalid(errors)
    _require_discreet(problem, addressee, {"text": text, "suggestion": suggestion})
    return {"addressee_id": addressee, "text": text, "suggestion": suggestion}


def answered(form: Mapping[str, Any]) -> dict[str, Any]:
    """Measures, person and day of an answer; raises Invalid by field."""
    errors: dict[str, str] = {}
    found: dict[str, Any] = {name: _collected(errors, form, name, needed) for name, needed in (("measures", words.MEASURES_NEEDED), ("person", words.PERSON_NEEDED))}
    found["done_by"] = _done_by(errors, form.get("done_by"))
    if errors:
        raise Invalid(errors)
    return found


def _require_discreet(problem: Problem, addressee: UUID, texts: Mapping[str, str]) -> None:
    """A letter may name an enterprise only to the unit that handles its petition (ST-5.1)."""
    members = problems.petitions_of(problem.id)
    for foreign in sorted(set(members) - repeating.of_unit(addressee, members)):
        discretion.require_discreet(load(foreign), texts, words.NAMES_ENTERPRISE)


def _collected(errors: dict[str, str], form: Mapping[str, Any], name: str, needed: str) -> str:
    try:
        return demanded(form.get(name), name, needed, LONGEST)
    except Invalid as error:
        errors |= error.errors
        return ""


def _done_by(errors: dict[str, str], given: date | None) -> date | None:
    if given is None:
        errors["done_by"] = words.DONE_BY_NEEDED
    elif given < clock.today():
        errors["done_by"] = words.DONE_BY_PAST
    return given


def _unit(given: Any) -> UUID | None:
    known = {str(ident): ident for ident, _ in units.named("handler")}
    return known.get(str(given or ""))
