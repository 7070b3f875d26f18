"""What the journal keeps of an action beside who, when and whither: the cleaned form, in plain JSON."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from zhitongche.casework.uploads import Upload

if TYPE_CHECKING:
    from zhitongche.casework.case import Case


def body_of(case: Case) -> dict[str, Any]:
    """The form and what the verb added, JSON-able; files appear by name, their digests are the verb's to add."""
    form = {key: plain(value) for key, value in case.form.items() if value not in (None, "", [])}
    return {"form": form, **{key: plain(value) for key, value in case.body.items()}}


def plain(value: Any) -> Any:
    """JSON-able form of a cleaned value."""
    if isinstance(value, Upload):
        return value.name
    if isinstance(value, (UUID, date, datetime)):
        return value.isoformat() if not isinstance(value, UUID) else str(value)
    if isinstance(value, Mapping):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(one) for one in value]
    return value
