"""Whose turn it is to attend (轮流出席): pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from zhitongche.tenancy.parts import PersonNamed


def turn(leaders: Sequence[PersonNamed], month: date) -> PersonNamed | None:
    """The leader of a month: the list in its order, month by month, begun anew at its end. RP-1.a."""
    return leaders[(month.year * 12 + month.month - 1) % len(leaders)] if leaders else None
