"""A petition from the tenant below as its officials see it: what is known, what is not yet and why, what may be asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final
from uuid import UUID

from sqlalchemy import select

from zhitongche.casework.queries import rising_words as words
from zhitongche.casework.queries.rising import Fact
from zhitongche.casework.tables import Attachment, Petition, Report
from zhitongche.casework.tables.petition import BRIDGE
from zhitongche.persistence import db
from zhitongche.tenancy.vocabulary import GROUNDS_FOR_ESCALATION

if TYPE_CHECKING:
    from collections.abc import Iterable

SHORT: Final = 12
"""So many digits of a digest are enough to compare by eye."""


@dataclass(frozen=True, slots=True)
class Told:
    """Words of the level below, with their moment (UTC)."""

    text: str
    at: datetime
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """A document that the level below told of; `file` is the attachment once it is here."""

    digest: str
    name: str
    size: int
    file: UUID | None


@dataclass(frozen=True, slots=True)
class Reported:
    """All that is known of a report. `unseen` says what is not visible yet, and why; empty where all is."""

    row: Report
    ground: str
    facts: tuple[Fact, ...]
    unseen: str
    opinions: tuple[Told, ...]
    supplements: tuple[Told, ...]
    papers: tuple[Paper, ...]


def of(petition: Petition) -> Reported | None:
    """What came with the petition; None, unasked, where it did not come from below."""
    if petition.source != BRIDGE:
        return None
    row = db.session.scalars(select(Report).where(Report.petition_id == petition.id)).one()
    return Reported(
        row, GROUNDS_FOR_ESCALATION.get(row.ground, row.ground), tuple(_facts(row, petition)), _unseen(row),
        tuple(Told(one["text"], datetime.fromisoformat(one["at"]), one["unit"]) for one in row.opinions),
        tuple(Told(one["text"], datetime.fromisoformat(one["at"])) for one in row.supplements), tuple(_papers(row)),
    )  # fmt: skip


def _facts(row: Report, petition: Petition) -> Iterable[Fact]:
    yield _known(row, words.ARRIVED, petition.received_at)
    if row.taken_at:
        yield _known(row, words.TAKEN, row.taken_at)
        if row.revealed_at:
            yield _known(row, words.REVEALED, row.revealed_at)
        elif petition.outcome is None:
            yield Fact(words.NOT_REVEALED, None, "waits", words.WHY_HERE[words.NOT_REVEALED].format(name=row.from_name))
    elif petition.outcome is None:
        yield Fact(words.NOT_TAKEN, None, "waits", words.WHY_HERE[words.NOT_TAKEN].format(name=row.from_name))
    if row.returned_at:
        yield _known(row, words.GIVEN_BACK, row.returned_at, "back")
    if row.withdrawn_at:
        yield _known(row, words.WITHDRAWN, row.withdrawn_at, "back")


def _known(row: Report, name: str, at: datetime, state: str = "done") -> Fact:
    return Fact(name, at, state, words.WHY_HERE[name].format(name=row.from_name))


def _unseen(row: Report) -> str:
    if row.erased_at:
        text = words.ERASED
    elif row.returned_at and not row.revealed_at:
        text = words.NEVER_SEEN
    elif row.taken_at is None:
        text = words.UNSEEN
    else:
        text = "" if row.revealed_at else words.ON_ITS_WAY
    return text.format(name=row.from_name)


def _papers(row: Report) -> Iterable[Paper]:
    here = dict(db.session.execute(select(Attachment.sha256, Attachment.id).where(Attachment.petition_id == row.petition_id)).all())
    for one in row.documents:
        yield Paper(one["digest"], one["name"], one["size"], here.get(one["digest"]))
