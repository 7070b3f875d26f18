"""What is counted, as tests ask for it."""

from collections import Counter

from sqlalchemy import func, select

from zhitongche.persistence import db, unit_of_work
from zhitongche.statistics import folding, verifying
from zhitongche.statistics.tables import FigureFact, FigureIncrement, FigureTally


def facts(*, keys: bool = False) -> Counter[object]:
    """The facts that count, by kind (and key): kind → sum."""
    found: Counter[object] = Counter()
    for fact in db.session.scalars(select(FigureFact)):
        kind = f"~{fact.kind}" if fact.left_out else fact.kind
        found[(kind, fact.key) if keys else kind] += fact.n
    return found


def tallied(grain: str = "m") -> Counter[str]:
    """The whole tenant's sums by kind."""
    nil = "00000000-0000-0000-0000-000000000000"
    query = select(FigureTally.kind, func.sum(FigureTally.n)).where(FigureTally.grain == grain, FigureTally.unit_id == nil)
    return Counter({kind: int(n) for kind, n in db.session.execute(query.group_by(FigureTally.kind))})


def waiting() -> int:
    """Increments that are not folded yet."""
    return db.session.scalar(select(func.count()).select_from(FigureIncrement)) or 0


def fold() -> None:
    """All increments into the sums."""
    folding.fold_all()


def differences() -> list[str]:
    """What the proof finds wrong."""
    db.session.rollback()
    with unit_of_work():
        found = verifying.verify()
    assert found is not None
    return found.differences
