"""Tables of figures 指标: where each petition's fold stands, its facts, what they add up to. Only this room writes them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index, SmallInteger, text
from sqlalchemy.orm import Mapped, mapped_column

from zhitongche.kernel.ids import new_id
from zhitongche.persistence import Base, TenantOwned
from zhitongche.persistence.keys import tenant_key
from zhitongche.persistence.rls import upward
from zhitongche.statistics.reports.tables import FigureReport, FigureReportMade  # noqa: F401  # a table of this room is known by this file

NIL: Final = UUID(int=0)
"""No unit: in an increment a fact of nobody's, in a tally the whole tenant."""
_TALLIED: Final = ("tenant_id", "edition", "grain", "start", "unit_id", "kind", "key", "bucket")


class FigureEdition(TenantOwned, Base):
    """An edition of the definitions 指标口径版本: one is current, one may be in the making beside it, the former ones stay readable."""

    __tablename__ = "figure_edition"
    __table_args__ = (
        CheckConstraint("edition > 0", name="edition"),
        CheckConstraint("state in ('building', 'current', 'former')", name="state"),
        Index("uq_figure_edition_current", "tenant_id", unique=True, postgresql_where=text("state = 'current'")),
        Index("uq_figure_edition_building", "tenant_id", unique=True, postgresql_where=text("state = 'building'")),
        {"info": upward("tenant_id", "edition", "digest", "state")},
    )

    edition: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    digest: Mapped[str]
    definitions: Mapped[str]
    state: Mapped[str]
    begun_at: Mapped[datetime]
    ready_at: Mapped[datetime | None]


class FigureCase(TenantOwned, Base):
    """Where the fold of one petition's journal stands: after entry `seq`."""

    __tablename__ = "figure_case"

    edition: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    petition_id: Mapped[UUID] = mapped_column(primary_key=True)
    seq: Mapped[int]
    state: Mapped[dict[str, Any]]


class FigureFact(TenantOwned, Base):
    """One occurrence that counts 计数事实: of which kind, on which day (China), whose; working minutes where it is a span."""

    __tablename__ = "figure_fact"
    __table_args__ = (
        CheckConstraint("n in (1, -1)", name="n"),
        CheckConstraint("minutes >= 0", name="minutes"),
        Index("ix_figure_fact_behind", "tenant_id", "edition", "kind", "day", "unit_id", "petition_id"),
    )

    edition: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    petition_id: Mapped[UUID] = mapped_column(primary_key=True)
    no: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str]
    day: Mapped[date]
    unit_id: Mapped[UUID | None]
    key: Mapped[str] = mapped_column(default="")
    minutes: Mapped[int | None]
    n: Mapped[int] = mapped_column(SmallInteger, default=1)
    left_out: Mapped[bool] = mapped_column(default=False)


class FigureIncrement(TenantOwned, Base):
    """A change of the sums, not folded into them yet; written with the act that caused it. Names no petition.

    What is left out by decision is counted under the kind with `~` before it.
    """

    __tablename__ = "figure_increment"
    # Those above learn neither unit nor act; the id tells nothing but the moment.
    __table_args__ = ({"info": upward("tenant_id", "edition", "day", "kind", "key", "bucket", "n")},)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    edition: Mapped[int]
    day: Mapped[date]
    unit_id: Mapped[UUID] = mapped_column(default=NIL)
    kind: Mapped[str]
    key: Mapped[str] = mapped_column(default="")
    bucket: Mapped[int] = mapped_column(SmallInteger, default=0)
    n: Mapped[int]


class FigureTally(TenantOwned, Base):
    """A sum over one day ('d') or month ('m', by its first day), of one unit or, under the nil UUID, of the whole tenant."""

    __tablename__ = "figure_tally"
    __table_args__ = (
        CheckConstraint("grain in ('d', 'm')", name="grain"),
        Index("ix_figure_tally_kind", "tenant_id", "edition", "grain", "kind", "unit_id", "start"),
        {"info": upward(*_TALLIED, "n", rows=f"unit_id = '{NIL}'::uuid")},
    )

    edition: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    grain: Mapped[str] = mapped_column(primary_key=True)
    start: Mapped[date] = mapped_column(primary_key=True)
    unit_id: Mapped[UUID] = mapped_column(primary_key=True, default=NIL)
    kind: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True, default="")
    bucket: Mapped[int] = mapped_column(SmallInteger, primary_key=True, default=0, autoincrement=False)
    n: Mapped[int] = mapped_column(BigInteger)


class FigureReporter(TenantOwned, Base):
    """A tenant of another deployment that reports its sums here 异地报数: by which definitions, as they stood at `as_of` (UTC)."""

    __tablename__ = "figure_reporter"
    __table_args__ = ({"info": upward("tenant_id", "from_tenant", "definitions", "as_of")},)

    from_tenant: Mapped[str] = mapped_column(primary_key=True)
    definitions: Mapped[str]
    as_of: Mapped[datetime]


class FigureReported(TenantOwned, Base):
    """A sum that a tenant of another deployment reported: of a day as it came, of a month as its days make it."""

    __tablename__ = "figure_reported"
    __table_args__ = (
        CheckConstraint("grain in ('d', 'm')", name="grain"),
        {"info": upward("tenant_id", "from_tenant", "grain", "kind", "start", "key", "bucket", "n")},
    )

    from_tenant: Mapped[str] = mapped_column(primary_key=True)
    grain: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    start: Mapped[date] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True, default="")
    bucket: Mapped[int] = mapped_column(SmallInteger, primary_key=True, default=0, autoincrement=False)
    n: Mapped[int] = mapped_column(BigInteger)


class FigureSent(TenantOwned, Base):
    """A day's sums as a tenant above, in another deployment, has taken them: its mark tells whether they changed since."""

    __tablename__ = "figure_sent"

    to_tenant: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    mark: Mapped[bytes]


class FigureObjection(TenantOwned, Base):
    """A unit's objection to a petition being counted against it 不应计入, and what was decided."""

    __tablename__ = "figure_objection"
    __table_args__ = (
        tenant_key("petition_id", "petition"),
        tenant_key("unit_id", "unit"),
        tenant_key("raised_by", "person"),
        tenant_key("decided_by", "person"),
        CheckConstraint("verdict in ('agree', 'disagree')", name="verdict"),
        CheckConstraint("(verdict is null) = (decided_at is null)", name="decided_whole"),
        Index("uq_figure_objection", "tenant_id", "petition_id", "unit_id", "figure", unique=True),
        Index("ix_figure_objection_open", "tenant_id", "raised_at", postgresql_where=text("verdict is null")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    petition_id: Mapped[UUID]
    unit_id: Mapped[UUID]
    figure: Mapped[str]
    reason: Mapped[str]
    raised_by: Mapped[UUID]
    raised_at: Mapped[datetime]
    verdict: Mapped[str | None]
    decided_by: Mapped[UUID | None]
    decided_at: Mapped[datetime | None]
    decision_reason: Mapped[str | None]
