"""Proving the figures 核对: journal folded again = stored facts = sums and increments not folded yet, to the last unit."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from sqlalchemy import false, select, text

from zhitongche import journal
from zhitongche.casework.case import load
from zhitongche.kernel.errors import NotFound
from zhitongche.persistence import current_tenant, db
from zhitongche.statistics import beside, editions
from zhitongche.statistics import words_verifying as words
from zhitongche.statistics.counting import whole
from zhitongche.statistics.fold import Fact
from zhitongche.statistics.tables import NIL, FigureCase
from zhitongche.statistics.writing import cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from uuid import UUID

    from zhitongche.statistics.definitions import Definitions

    Sum = tuple[str, date, UUID, str, str, int]

BATCH: Final = 500
_FACTS: Final = text("""
select petition_id, no, kind, day, unit_id, key, minutes, n, left_out from figure_fact
where tenant_id = :tenant and edition = :edition and petition_id = any(:petitions) order by petition_id, no
""")
_GROUPED: Final = text("""
select kind, day, unit_id, key, minutes, left_out, sum(n) from figure_fact
where tenant_id = :tenant and edition = :edition group by kind, day, unit_id, key, minutes, left_out
""")
_WAITING: Final = text("""
select day, unit_id, kind, key, bucket, sum(n) from figure_increment
where tenant_id = :tenant and edition = :edition group by day, unit_id, kind, key, bucket
""")
_TALLIES: Final = text("select grain, start, unit_id, kind, key, bucket, n from figure_tally where tenant_id = :tenant and edition = :edition")


@dataclass
class Verified:
    """What was compared, and what does not agree. `erased`: petitions whose journal is gone for good; what was counted stands."""

    edition: int
    petitions: int = 0
    erased: int = 0
    facts: int = 0
    sums: int = 0
    differences: list[str] = field(default_factory=list)


def verify(edition: int | None = None) -> Verified | None:
    """Compare all three for the tenant, in one snapshot; None where nothing is counted yet. Reads only.

    To be called in a unit of work of its own: it must see the database as it stood at one moment.
    """
    db.session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
    row = editions.current() if edition is None else editions.numbered(edition)
    if row is None:
        return None
    by, found = editions.definitions_of(row.edition, row.digest), Verified(row.edition)
    after: UUID | None = None
    nobody = select(FigureCase.tenant_id, FigureCase.petition_id, FigureCase.seq.label("last")).where(false()).subquery()
    while batch := journal.grown(nobody, BATCH, after):
        _petitions([one.petition_id for one in batch], by, found)
        after = batch[-1].petition_id
    for one in beside.occurrences():
        stored = _stored([one.id], row.edition)[one.id]
        _compare(one.id, beside.facts(one, by), stored, found)
    _sums(found)
    return found


def _petitions(ids: Sequence[UUID], by: Definitions, found: Verified) -> None:
    stored, journals = _stored(ids, found.edition), journal.of_many(ids)
    for petition_id in ids:
        found.petitions += 1
        entries = journals[petition_id]
        if entries[0].erased:
            found.erased += 1
        else:
            _compare(petition_id, list(whole(by, entries)[1].values()), stored[petition_id], found)


def _compare(petition_id: UUID, folded: list[Fact], stored: list[Fact], found: Verified) -> None:
    found.facts += len(stored)
    if folded == stored:
        return
    for fact in sorted({*folded} ^ {*stored}, key=lambda fact: fact.no):
        where = words.JOURNAL if fact in folded else words.FACTS
        found.differences.append(words.FACT_DIFFERS.format(number=_number(petition_id), where=where, kind=fact.kind, day=fact.day, key=fact.key))


def _sums(found: Verified) -> None:
    told = {"tenant": current_tenant(), "edition": found.edition}
    expected: Counter[Sum] = Counter()
    for kind, day, unit, key, minutes, left_out, n in db.session.execute(_GROUPED, told):
        _spread(expected, cell(Fact(0, kind, day, unit, key, minutes, 1, left_out)), n)
    actual: Counter[Sum] = Counter()
    for *where, n in db.session.execute(_WAITING, told):
        _spread(actual, tuple(where), n)
    for *where, n in db.session.execute(_TALLIES, told):
        actual[tuple(where)] += n
    found.sums += len(expected)
    for one in sorted({key for key in {*expected, *actual} if expected[key] != actual[key]}):
        grain, start, unit, kind, key, _ = one
        told = {"start": start, "grain": words.GRAINS[grain], "unit": unit if unit != NIL else words.WHOLE, "kind": kind, "key": key}
        found.differences.append(words.SUM_DIFFERS.format(**told, wanted=expected[one], found=actual[one]))


def _spread(into: Counter[Sum], where: tuple[date, UUID, str, str, int], n: int) -> None:
    day, unit, *rest = where
    for grain, start in (("d", day), ("m", day.replace(day=1))):
        for whose in {unit, NIL}:
            into[(grain, start, whose, *rest)] += n  # type: ignore[index]


def _stored(ids: Iterable[UUID], edition: int) -> dict[UUID, list[Fact]]:
    found: dict[UUID, list[Fact]] = {one: [] for one in ids}
    told = {"tenant": current_tenant(), "edition": edition, "petitions": list(found)}
    for petition_id, *fact in db.session.execute(_FACTS, told):
        found[petition_id].append(Fact(*fact))
    return found


def _number(petition_id: UUID) -> str:
    try:
        return load(petition_id).number
    except NotFound:
        return str(petition_id)
