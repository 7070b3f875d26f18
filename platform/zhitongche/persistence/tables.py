"""Tables of this room."""

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from zhitongche.persistence.owned import Base, TenantOwned


class NumberSeries(TenantOwned, Base):
    """The last number given out of a series 编号序列, by kind and year."""

    __tablename__ = "number_series"
    __table_args__ = (CheckConstraint("last > 0", "positive"),)

    kind: Mapped[str] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]
