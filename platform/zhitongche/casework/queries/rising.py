"""Where a petition stands between the levels of government, and what is known of its rises: each fact by itself (RP-2.3.f)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import select

from zhitongche.casework.queries import rising_words as words
from zhitongche.casework.tables import Escalation, Petition
from zhitongche.persistence import db
from zhitongche.tenancy.vocabulary import PETITION_LEVELS

if TYPE_CHECKING:
    from zhitongche.tenancy.pack import Pack


@dataclass(frozen=True, slots=True)
class Rung:
    """A level of government on the petition's ladder; `state` is been, here, waits, gave_back, decided or ahead."""

    name: str
    state: str
    note: str
    who: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing known of a rise, or known to be missing; `at` in UTC, None until it is known; `state` is done, waits, missing or back."""

    name: str
    at: datetime | None
    state: str
    means: str


@dataclass(frozen=True, slots=True)
class Risen:
    """A rise with its facts in their order."""

    row: Escalation
    facts: tuple[Fact, ...]


def of(petition: Petition) -> tuple[Risen, ...]:
    """The petition's rises, the latest first; unasked, none, where it never rose."""
    if not petition.rises:
        return ()
    query = select(Escalation).where(Escalation.petition_id == petition.id).order_by(Escalation.rise.desc())
    return tuple(Risen(row, facts(row)) for row in db.session.scalars(query))


def facts(row: Escalation) -> tuple[Fact, ...]:
    """Sent, delivered, taken or given back, decided: what is not known yet is said to be so, never left to be guessed."""
    found = [_known(row, words.SENT, row.sent_at), _delivery(row)]
    if row.taken_at:
        found.append(_known(row, words.TAKEN, row.taken_at))
    elif row.open:
        found.append(_waits(row, words.NOT_TAKEN))
    if row.returned_at:
        found.append(_known(row, words.RETURNED, row.returned_at, "back"))
    elif row.decided_at:
        found.append(_known(row, words.DECIDED, row.decided_at))
    elif row.withdrawn_at:
        found.append(_known(row, words.WITHDRAWN, row.withdrawn_at, "back"))
    elif row.taken_at:
        found.append(_waits(row, words.NOT_DECIDED))
    return tuple(found)


def ladder(petition: Petition, pack: Pack, latest: Escalation | None, holder: str) -> tuple[Rung, ...]:
    """The levels that the petition has to do with, the highest first; `holder` has it now. Empty where it never rose."""
    if latest is None:
        return ()
    order = list(PETITION_LEVELS)
    here = latest.level_before if latest.decided_at else petition.level
    known = [code for code in order if code in pack.levels or code in {latest.level, here}]
    top = max(order.index(latest.level), order.index(here))
    return tuple(_rung(code, here, petition, pack, latest, holder) for code in reversed(known) if order.index(code) <= top)


def _rung(code: str, here: str, petition: Petition, pack: Pack, latest: Escalation, holder: str) -> Rung:
    name, who = pack.levels.get(code, PETITION_LEVELS[code]), latest.to_name if code == latest.level else ""
    if code == here:
        ended = petition.outcome is not None
        return Rung(name, "here", words.ENDED_HERE if ended else words.HERE, who if ended else holder)
    if code == latest.level:
        state, note = _up_there(latest)
        return Rung(name, state, note, who)
    order = list(PETITION_LEVELS)
    return Rung(name, "been", words.BEEN) if order.index(code) < order.index(here) else Rung(name, "ahead", "")


def _up_there(latest: Escalation) -> tuple[str, str]:
    if latest.decided_at:
        return "decided", words.HAS_DECIDED
    if latest.returned_at:
        return "gave_back", words.GAVE_BACK
    return ("ahead", "") if latest.withdrawn_at else ("waits", words.WAITS)


def _delivery(row: Escalation) -> Fact:
    if row.delivered_at:
        return _known(row, words.DELIVERED, row.delivered_at)
    return Fact(words.NOT_DELIVERED, None, "missing", words.WHY[words.NOT_DELIVERED].format(name=row.to_name))


def _known(row: Escalation, name: str, at: datetime, state: str = "done") -> Fact:
    return Fact(name, at, state, words.WHY[name].format(name=row.to_name))


def _waits(row: Escalation, name: str) -> Fact:
    return Fact(name, None, "waits", words.WHY[name].format(name=row.to_name))
