"""Facts put straight into the tables, some folded into sums and some not yet: for what only reads."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from uuid import UUID

from tests.conftest import ALPHA
from zhitongche.identity.tables import Unit
from zhitongche.kernel import clock
from zhitongche.kernel.ids import new_id
from zhitongche.persistence import db
from zhitongche.statistics import Period, definitions
from zhitongche.statistics.percentiles import bucket_of
from zhitongche.statistics.tables import NIL, FigureEdition, FigureFact, FigureIncrement, FigureTally
from zhitongche.statistics.vocabulary import LEFT_OUT

FIRST = date(2024, 11, 3)
DAYS = 500
KINDS = {"received": ("web", "hotline"), "kept": ("first", "second"), "missed": ("first", "second"), "step": ("a", "b"), "rated": ("",), "satisfied": ("",)}


@dataclass(frozen=True)
class Fact:
    """One thing that happened."""

    petition: UUID
    kind: str
    day: date
    unit: UUID | None
    key: str = ""
    minutes: int | None = None
    n: int = 1
    left_out: bool = False

    @property
    def counted(self) -> str:
        return LEFT_OUT + self.kind if self.left_out else self.kind


def units(number: int) -> list[UUID]:
    """So many units of the tenant in scope."""
    made = [Unit(id=new_id(), code=f"u{n}", name=f"单位{n}", short=f"单{n}", kind="department") for n in range(number)]
    db.session.add_all(made)
    db.session.flush()
    return [unit.id for unit in made]


def happened(random: Random, number: int, owners: list[UUID]) -> list[Fact]:
    """Facts of all kinds over more than a year; petitions that come, some of which go."""
    found = []
    for _ in range(number):
        kind = random.choice(list(KINDS))
        day, unit = FIRST + timedelta(random.randrange(DAYS)), random.choice([*owners, None])
        minutes = random.randrange(5000) if kind == "step" else None
        found.append(Fact(new_id(), kind, day, unit, random.choice(KINDS[kind]), minutes, left_out=random.random() < 0.1))
    for _ in range(number // 4):
        petition, day, unit = new_id(), FIRST + timedelta(random.randrange(DAYS)), random.choice(owners)
        found.append(Fact(petition, "on_hand", day, unit))
        if random.random() < 0.7:
            found.append(Fact(petition, "on_hand", day + timedelta(random.randrange(90)), unit, n=-1))
    return found


def plant(facts: list[Fact], random: Random, *, folded: float = 0.8) -> None:
    """Write the facts, and their sums: some as tallies, the others as increments."""
    installed = definitions.installed()
    db.session.add(FigureEdition(edition=1, digest=installed.digest, definitions=installed.text, state="current", begun_at=clock.now()))
    tallies: Counter[tuple[str, date, UUID, str, str, int]] = Counter()
    numbers: Counter[UUID] = Counter()
    for fact in facts:
        numbers[fact.petition] += 1
        db.session.add(FigureFact(
            edition=1, petition_id=fact.petition, no=numbers[fact.petition], kind=fact.kind, day=fact.day, unit_id=fact.unit,
            key=fact.key, minutes=fact.minutes, n=fact.n, left_out=fact.left_out,
        ))  # fmt: skip
        bucket = bucket_of(fact.minutes)
        if random.random() >= folded:
            db.session.add(FigureIncrement(edition=1, day=fact.day, unit_id=fact.unit or NIL, kind=fact.counted, key=fact.key, bucket=bucket, n=fact.n))
            continue
        for grain, start in (("d", fact.day), ("m", fact.day.replace(day=1))):
            for unit in {NIL, fact.unit or NIL}:
                tallies[grain, start, unit, fact.counted, fact.key, bucket] += fact.n
    for (grain, start, unit, kind, key, bucket), n in tallies.items():
        db.session.add(FigureTally(edition=1, grain=grain, start=start, unit_id=unit, kind=kind, key=key, bucket=bucket, n=n))
    db.session.flush()


def some_periods(random: Random, number: int) -> list[Period]:
    """Months, weeks, quarters, and any other spans."""
    found = []
    for _ in range(number):
        day = FIRST + timedelta(random.randrange(DAYS))
        kind = random.choice([Period.month, Period.week, Period.quarter, Period.year, lambda at: Period.of(at, at + timedelta(random.randrange(120)))])
        found.append(kind(day))
    return found


__all__ = ["ALPHA", "Fact", "happened", "plant", "some_periods", "units"]
