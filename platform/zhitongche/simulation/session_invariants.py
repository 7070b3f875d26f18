"""What must hold of every meeting, whatever was done to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from zhitongche import journal
from zhitongche.casework.case import load as petition_of
from zhitongche.casework.case import pack_of
from zhitongche.casework.tables import Clock
from zhitongche.flow.facts import SYSTEM
from zhitongche.meetings import agenda, opinions
from zhitongche.meetings.sitting import Sitting
from zhitongche.meetings.tables import Meeting
from zhitongche.persistence import db

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zhitongche.meetings.tables import Opinion


def check() -> Iterator[str]:
    """What does not hold of the tenant's meetings, in words."""
    for row in db.session.scalars(select(Meeting).order_by(Meeting.day)).all():
        sitting = Sitting(row, SYSTEM)
        for what in (*_explained(sitting), *_versions(sitting), *_order(sitting), *_opinions(sitting)):
            yield f"{row.title}: {what}"


def _explained(sitting: Sitting) -> Iterator[str]:
    """Every verdict says why; nothing is undecided once the list is fixed, nothing undealt with once it was held."""
    for item in agenda.items(sitting.row.id):
        number = petition_of(item.petition_id).number
        named = [ground for ground in item.grounds if ground["clause"] and ground["side"] in {"in", "out"}]
        if not named and not item.reason:
            yield f"{number}的上会结论没有依据"
        if item.final == "undecided" and sitting.row.state != "preparing":
            yield f"{number}在目录审定后仍未决定"
        if sitting.row.held_at and item.taken is None:
            yield f"{number}没有写明是否上会研究"


def _versions(sitting: Sitting) -> Iterator[str]:
    numbers = [version.number for version in agenda.versions_of(sitting.row.id)]
    if numbers != list(range(1, len(numbers) + 1)):
        yield f"目录版本不连续：{numbers}"
    if sitting.row.state != "preparing" and not numbers:
        yield "目录已审定但没有版本"


def _order(sitting: Sitting) -> Iterator[str]:
    met = {row.code: row.met_at for row in sitting.steps if row.met_at}
    for row in sitting.steps:
        for code in sitting.kind.steps[row.code].after:
            if row.met_at and (code not in met or met[code] > row.met_at):
                yield f"“{row.name}”先于“{sitting.kind.steps[code].name}”完成"


def _opinions(sitting: Sitting) -> Iterator[str]:
    for opinion in opinions.listing(sitting.row.id):
        if opinion.approved_at and not _has_clock(opinion):
            yield f"{petition_of(opinion.petition_id).number}的意见没有责任单位或时限"


def _has_clock(opinion: Opinion) -> bool:
    """Handed out at that moment, to that unit, with a limit by the opinion's own date."""
    petition = petition_of(opinion.petition_id)
    flow = pack_of(petition).flow
    by_opinion = {code for code, rule in flow.clocks.items() if rule.limit.by == "opinion"}
    handed = [entry for entry in journal.entries(petition.id) if flow.actions.get(entry.action) and flow.actions[entry.action].verb == "hand_out"]
    started = db.session.scalars(select(Clock).where(Clock.petition_id == petition.id, Clock.started_at == opinion.approved_at))
    return bool(handed) and any(row.code in by_opinion and row.unit_id for row in started)
