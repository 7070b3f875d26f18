"""What people below and above do with a case that rises: seen from its rows alone, so that a broken line forgets nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import and_, select

from zhitongche.casework.case import load, pack_of
from zhitongche.casework.rises import last_rise
from zhitongche.casework.tables import Petition, Report
from zhitongche.persistence import db

if TYPE_CHECKING:
    from uuid import UUID

    from escalation.federation.clerks import Clerks
    from zhitongche.flow.definition import Flow

RETURNED: Final = 20
"""Of a hundred rises, so many are returned by the level above; one that rises again may be returned again."""
ASKED: Final = RETURNED + 20
"""Above those, up to this one: the level above wants to know more."""
WITHDRAWN: Final = 15
"""Of a hundred cases, so many are withdrawn by their enterprise while they are above."""
_OPEN: Final = (
    select(Report.petition_id, Report.bridge_id)
    .join(Petition, and_(Petition.tenant_id == Report.tenant_id, Petition.id == Report.petition_id))
    .where(Petition.outcome.is_(None))
    .order_by(Report.petition_id)
)


def before_rising(flow: Flow) -> frozenset[str]:
    """The stages from which a case goes up."""
    return flow.by_verb("send_up").sources


def below(clerks: Clerks, petition_id: UUID) -> bool:
    """One step of the case where it began; whether it needs no more of them."""
    petition = load(petition_id)
    flow, rise = pack_of(petition).flow, last_rise(petition)
    if petition.outcome is not None or (rise is not None and rise.decided_at is not None):
        return True
    if rise is None or not rise.open:
        clerks.towards(petition_id, flow.by_verb("taken_above").sources)
    elif _chance(petition_id) < WITHDRAWN:
        clerks.act(petition_id, flow.by_verb("withdraw"))
    elif rise.asked_at is not None and rise.supplemented_at is None:
        clerks.act(petition_id, flow.by_verb("supplement_up"))
    return False


def above(clerks: Clerks) -> int:
    """One step of each open case that came from below; how many there are."""
    rows = list(db.session.execute(_OPEN))
    return sum(_step(clerks, *row) for row in rows)


def _step(clerks: Clerks, petition_id: UUID, bridge_id: UUID) -> bool:
    petition = load(petition_id)
    if petition.outcome is not None:
        return False
    report = db.session.scalars(select(Report).where(Report.petition_id == petition_id)).one()
    flow, chance = pack_of(petition).flow, _chance(bridge_id)
    if report.asked_at is None and RETURNED <= chance < ASKED:
        clerks.act(petition_id, flow.by_verb("ask_below"))
    elif report.taken_at is None:
        clerks.act(petition_id, flow.by_verb("return_report" if chance < RETURNED else "take"))
    else:
        clerks.towards(petition_id, solved(flow))
    return True


def solved(flow: Flow) -> frozenset[str]:
    """The stages in which a case is resolved."""
    return frozenset(code for code, stage in flow.stages.items() if stage.outcome == "resolved")


def _chance(case: UUID) -> int:
    """0 to 99, always the same for a case; its last bytes are random."""
    return case.bytes[-1] * 100 // 256


