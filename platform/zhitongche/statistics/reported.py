"""Sums that travel: what a tenant tells those above it in other deployments, and what such a tenant told us.

A day is told whole, as it stands, so that telling it twice, or late, does no harm. No petition, no unit, no word in it.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import delete, insert, select, text
from sqlalchemy.dialects.postgresql import insert as upsert

from zhitongche.kernel import clock
from zhitongche.persistence import current_tenant, db
from zhitongche.statistics import definitions, reading
from zhitongche.statistics.spans import EVER, Piece
from zhitongche.statistics.tables import FigureReported, FigureReporter, FigureSent
from zhitongche.statistics.vocabulary import LEFT_OUT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

LARGEST: Final = 1200
MOST_DAYS: Final = 366
"""So many sums, and days, at most in one sheet; but a day is never cut."""
Sum = tuple[str, str, int, int]
"""Kind, key, bucket of minutes, how many."""


@dataclass(frozen=True)
class Sheet:
    """Whole days of a tenant, counted by the definitions of this digest, as they stood at `as_of` (UTC)."""

    definitions: str
    as_of: datetime
    days: Mapping[date, list[Sum]]


def due(to: str) -> list[Sheet]:
    """What has changed since the tenant `to` took it, the oldest days first; a day that has become empty is told too."""
    known = definitions.current()
    taken = {row.day: row.mark for row in db.session.scalars(select(FigureSent).where(FigureSent.to_tenant == to))}
    counted: dict[date, list[Sum]] = {day: [] for day in taken} | _counted(known)
    changed = {day: sums for day, sums in sorted(counted.items()) if taken.get(day) != _mark(known.digest, sums)}
    return [Sheet(known.digest, clock.now(), days) for days in _cut(changed)]


def taken(to: str, sheet: Sheet) -> None:
    """Write down that the tenant `to` has taken the sheet."""
    marks = {day: _mark(sheet.definitions, sums) for day, sums in sheet.days.items()}
    rows = [{"tenant_id": current_tenant(), "to_tenant": to, "day": day, "mark": mark} for day, mark in marks.items()]
    new = upsert(FigureSent).values(rows)
    db.session.execute(new.on_conflict_do_update(index_elements=["tenant_id", "to_tenant", "day"], set_={"mark": new.excluded.mark}))


def take(sender: str, sheet: Sheet) -> bool:
    """Keep what a tenant of another deployment tells; False for what is older than what we have of it."""
    first = upsert(FigureReporter).values(tenant_id=current_tenant(), from_tenant=sender, definitions=sheet.definitions, as_of=sheet.as_of)
    db.session.execute(first.on_conflict_do_nothing())
    reporter = db.session.scalars(select(FigureReporter).where(FigureReporter.from_tenant == sender).with_for_update()).one()
    if sheet.as_of < reporter.as_of:
        return False
    reporter.definitions, reporter.as_of = sheet.definitions, sheet.as_of
    _replace(sender, sheet.days)
    return True


def _counted(known: definitions.Definitions) -> dict[date, list[Sum]]:
    everything = [*known.facts, *(LEFT_OUT + kind for kind in known.facts)]
    # A stock's comings and goings are told day by day like everything else; who reads sums them up.
    ask = reading.Ask([current_tenant()], everything, (), [Piece("d", EVER, date.max)], by=("key", "bucket", "start"))
    found: dict[date, list[Sum]] = defaultdict(list)
    for row in db.session.execute(*reading.statement(ask)):
        if row.n:
            found[row.start].append((row.kind, row.key, row.bucket, row.n))
    return {day: sorted(sums) for day, sums in found.items()}


def _cut(days: Mapping[date, list[Sum]]) -> Iterator[dict[date, list[Sum]]]:
    part: dict[date, list[Sum]] = {}
    for day, sums in days.items():
        if part and (len(part) >= MOST_DAYS or sum(map(len, part.values())) + len(sums) > LARGEST):
            yield part
            part = {}
        part[day] = sums
    if part:
        yield part


def _mark(digest: str, sums: list[Sum]) -> bytes:
    return hashlib.sha256(json.dumps([digest, sums]).encode()).digest()


def _replace(sender: str, days: Mapping[date, list[Sum]]) -> None:
    own = FigureReported.from_tenant == sender
    months = sorted({day.replace(day=1) for day in days})
    db.session.execute(delete(FigureReported).where(own, FigureReported.grain == "d", FigureReported.start.in_(days)))
    db.session.execute(delete(FigureReported).where(own, FigureReported.grain == "m", FigureReported.start.in_(months)))
    if rows := [_row(sender, day, one) for day, sums in days.items() for one in sums]:
        db.session.execute(insert(FigureReported), rows)
    last = (months[-1] + timedelta(31)).replace(day=1) if months else EVER
    db.session.execute(_MONTHS, {"sender": sender, "tenant": current_tenant(), "months": months, "first": months[0] if months else last, "last": last})


def _row(sender: str, day: date, one: Sum) -> dict[str, Any]:
    kind, key, bucket, n = one
    return {"tenant_id": current_tenant(), "from_tenant": sender, "grain": "d", "kind": kind, "start": day, "key": key, "bucket": bucket, "n": n}


_MONTHS: Final = text("""
    insert into figure_reported (tenant_id, from_tenant, grain, kind, start, key, bucket, n)
    select tenant_id, from_tenant, 'm', kind, date_trunc('month', start)::date as month, key, bucket, sum(n)
    from figure_reported
    where tenant_id = :tenant and from_tenant = :sender and grain = 'd' and start >= :first and start < :last
      and date_trunc('month', start)::date = any(:months)
    group by tenant_id, from_tenant, kind, month, key, bucket having sum(n) <> 0""")
