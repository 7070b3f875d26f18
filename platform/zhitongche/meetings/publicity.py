"""What everyone may read of a meeting must not tell which enterprise it is about (RP-3.3, ST-5.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhitongche.casework import discretion
from zhitongche.casework.case import load
from zhitongche.meetings import words

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from uuid import UUID


def require_discreet(petition_id: UUID, texts: Mapping[str, str], *, officials: Collection[str] = ()) -> None:
    """Raise Invalid where a text (by its field's name) names the enterprise, its people, numbers or petition.

    The fields `officials` name people of the unit, who may have the same name as somebody of the enterprise.
    """
    discretion.require_discreet(load(petition_id), texts, words.NOT_DISCREET, officials=officials)
