"""Petitions as a machine follows them: one by its number, all by what has changed since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from sqlalchemy import select, text

from zhitongche.casework import access
from zhitongche.casework.queries import keyset
from zhitongche.casework.queries.keyset import Mark, Turn
from zhitongche.casework.tables import Petition
from zhitongche.kernel import clock
from zhitongche.kernel.errors import NotFound
from zhitongche.persistence import db
from zhitongche.tenancy import versions

if TYPE_CHECKING:
    from sqlalchemy import Select

    from zhitongche.flow.facts import Actor

PAGE: Final = 100
SETTLED: Final = timedelta(seconds=10)
"""Actions commit a little after the moment they bear, and clocks differ; a follower who read on at once could pass one by."""
# As a moment and not as pg_snapshot_xmin, which names a transaction: the mark of a follower is a moment too, and a
# petition would have to keep its last transaction's number in a column of its own. Ours may see only its own role's.
_OLDEST: Final = text(
    "select min(xact_start) from pg_stat_activity"
    " where datname = current_database() and backend_xid is not null and pid <> pg_backend_pid()"
)
LONGEST_NUMBER: Final = 40


@dataclass(frozen=True, slots=True)
class Change:
    """A petition that has changed; `stage` in public words, the moment in UTC."""

    id: UUID
    number: str
    outcome: str | None
    stage: str
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class Stretch:
    """Changes, the oldest first; `following` is where to go on, None where nothing was found."""

    rows: list[Change]
    following: str | None
    more: bool


def by_number(number: str, actor: Actor) -> UUID:
    """The id of the petition; NotFound, the same for missing, foreign and unreadable."""
    # PostgreSQL takes no NUL, and no number of ours has anything but these.
    if not (number.isascii() and number.isalnum() and len(number) <= LONGEST_NUMBER):
        raise NotFound
    found = db.session.scalar(select(Petition.id).where(Petition.number == number, access.readable(actor)))
    if found is None:
        raise NotFound
    return found


def changes(actor: Actor, since: Mark | None) -> Stretch:
    """What the actor may read and has changed after the mark, until before whatever is still being committed."""
    at: Any = Petition.updated_at
    ident: Any = Petition.id
    columns: tuple[Any, ...] = (ident, Petition.number, Petition.outcome, Petition.stage, Petition.pack_version, at)
    query: Select[Any] = select(*columns).where(access.readable(actor), Petition.updated_at <= _horizon())
    rows = db.session.execute(keyset.cut(query, Turn(after=since, size=PAGE), at, ident)).all()
    found = [Change(row.id, row.number, row.outcome, _stage(row.pack_version, row.stage), row.updated_at) for row in rows[:PAGE]]
    last = str(Mark(found[-1].updated_at, found[-1].id)) if found else None
    return Stretch(found, last, len(rows) > PAGE)


def _horizon() -> datetime:
    """Up to when nothing can come any more. Asked in a statement before the changes: what ends in between, they show."""
    now, oldest = clock.now(), db.session.scalar(_OLDEST)
    return min(now, oldest or now) - SETTLED


def _stage(version: str, code: str) -> str:
    return versions.pack_at(version).flow.stages[code].public
