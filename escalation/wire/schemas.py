"""The closed schema of each message type, used before signing and after verifying.

A schema that is in use never changes: the other end may be a version behind and refuses what it does not know.
What a later version has to say more, it says by a new type (`….v2`), sent to who lists it.
"""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from escalation.wire import case_forms as case
from escalation.wire import control_forms as control
from escalation.wire import describing, kinds
from escalation.wire.figure_forms import Figures
from escalation.wire.forms import Closed
from escalation.wire.reasons import Rejected

SCHEMAS: Final[dict[str, type[Closed]]] = {
    kinds.ESCALATE: case.Escalate,
    kinds.DETAILS: case.Details,
    kinds.SUPPLEMENT: case.Supplement,
    kinds.WITHDRAW: case.Withdraw,
    kinds.STATUS: case.Status,
    kinds.RETURN: case.Return,
    kinds.REQUEST: case.Request,
    kinds.OFFER: case.Offer,
    kinds.RECEIPT: control.Receipt,
    kinds.RESYNC: control.Resync,
    kinds.SEAL: control.Seal,
    kinds.FIGURES: Figures,
}
_DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"


def check(kind: str, data: Mapping[str, Any]) -> None:
    """Raises Rejected `type_unknown`, or `schema` with the place (never the value) of the first fault."""
    if kind not in SCHEMAS:
        raise Rejected("type_unknown")
    if errors := _schema(kind).validate(data):
        place, fault = _first(errors)
        raise Rejected("schema", f"{kind} {place}: {fault}")


def fitted(kind: str, data: Mapping[str, Any]) -> dict[str, Any]:
    """The data with the characters of its texts made fit to travel; raises Rejected `type_unknown`."""
    if kind not in SCHEMAS:
        raise Rejected("type_unknown")
    return describing.fitted(_schema(kind), data)


def published() -> dict[str, dict[str, Any]]:
    """The JSON Schema (draft 2020-12) of `data`, by message type; for the documentation."""
    return {
        kind: {"$schema": _DRAFT, "title": f"{kind} {kinds.TYPES[kind]}", **describing.described(_schema(kind))} for kind in SCHEMAS
    }


@cache
def _schema(kind: str) -> Closed:
    return SCHEMAS[kind]()


def _first(errors: Any, path: tuple[str, ...] = ()) -> tuple[str, str]:
    while isinstance(errors, dict):
        key, errors = next(iter(errors.items()))
        # A name that we do not know was chosen by the sender, and may itself be contents.
        path = (*path, str(key) if re.fullmatch(r"[a-z0-9_]{1,32}", str(key), re.ASCII) else "?")
    return ".".join(path), str(errors[0]) if errors else ""
