"""The words by which a petition is found."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from zhitongche.persistence import Base, TenantOwned
from zhitongche.persistence.keys import tenant_key


class PetitionSearch(TenantOwned, Base):
    """Bigrams of a petition's texts, and the plain text in which a hit is checked again."""

    __tablename__ = "petition_search"

    petition_id: Mapped[UUID] = mapped_column(primary_key=True)
    words: Mapped[str] = mapped_column(TSVECTOR)
    plain: Mapped[str]
    at: Mapped[datetime]

    __table_args__ = (
        tenant_key("petition_id", "petition"),
        Index("ix_petition_search_words", "tenant_id", "words", postgresql_using="gin"),
        {"info": {"search": True}},
    )
