"""How a case passes between levels of government, for lists: which filters there are, and each case's mark."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import and_, case, select

from zhitongche.casework.queries import rising_words as words
from zhitongche.casework.tables import Escalation, Petition, Report

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

    from zhitongche.tenancy.pack import Pack

_OPEN: Final = and_(Escalation.returned_at.is_(None), Escalation.decided_at.is_(None), Escalation.withdrawn_at.is_(None))
_LATEST: Final = and_(Escalation.tenant_id == Petition.tenant_id, Escalation.petition_id == Petition.id, Escalation.rise == Petition.rises)
_STATES: Final[dict[str, Any]] = {
    "up": Escalation.rise > 0,
    "unreceipted": and_(_OPEN, Escalation.delivered_at.is_(None)),
    "untaken": and_(_OPEN, Escalation.taken_at.is_(None)),
    "above": and_(_OPEN, Escalation.taken_at.is_not(None)),
}


def offered(pack: Pack) -> tuple[tuple[str, str], ...]:
    """The filters that mean something for this tenant, as (value, label)."""
    codes = [*(_STATES if pack.escalation else ()), *(["below"] if "report_in" in pack.flow.verbs else [])]
    return tuple((code, words.WAYS[code]) for code in codes)


def found(way: str) -> list[ColumnElement[bool]]:
    """The condition on petitions of this filter; none for an unknown one. Few cases pass, so it begins with them."""
    if way == "below":
        return [Petition.id.in_(select(Report.petition_id))]
    if way not in _STATES:
        return []
    return [Petition.rises > 0, Petition.id.in_(select(Escalation.petition_id).where(_STATES[way])), _is_latest(_STATES[way])]


def _is_latest(state: ColumnElement[bool]) -> ColumnElement[bool]:
    return select(Escalation.id).where(_LATEST, state).correlate(Petition).exists()


@cache
def mark() -> ColumnElement[Any]:
    """How the latest rise stands, as a key of MARKS; null where the case never rose."""
    stands = case(
        (Escalation.returned_at.is_not(None), "returned"), (Escalation.decided_at.is_not(None), "decided"),
        (Escalation.withdrawn_at.is_not(None), None), (Escalation.taken_at.is_not(None), "above"),
        (Escalation.delivered_at.is_(None), "unreceipted"), else_="untaken",
    )  # fmt: skip
    return select(stands).where(_LATEST).correlate(Petition).scalar_subquery()
