"""What a paper is about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Self
from uuid import UUID

if TYPE_CHECKING:
    from datetime import date

Subject = Literal["petition", "meeting", "month", "week", "urging", "finding"]


@dataclass(frozen=True, slots=True)
class About:
    """The subject of a paper; `id` is a UUID's text, `2026-11` of a month, `2026-W47` of a week (ISO 8601)."""

    kind: Subject
    id: str

    @classmethod
    def petition(cls, petition_id: UUID) -> Self:
        """About a petition."""
        return cls("petition", str(petition_id))

    @classmethod
    def meeting(cls, meeting_id: UUID) -> Self:
        """About a meeting."""
        return cls("meeting", str(meeting_id))

    @classmethod
    def month(cls, day: date) -> Self:
        """About the month of a day."""
        return cls("month", f"{day:%Y-%m}")

    @classmethod
    def week(cls, day: date) -> Self:
        """About the week of a day."""
        return cls("week", f"{day:%G-W%V}")

    @classmethod
    def urging(cls, round_id: UUID) -> Self:
        """About a round of urging."""
        return cls("urging", str(round_id))

    @classmethod
    def finding(cls, finding_id: UUID) -> Self:
        """About a finding on a repeated problem."""
        return cls("finding", str(finding_id))

    @property
    def petition_id(self) -> UUID | None:
        """The petition's id, None for any other subject."""
        return UUID(self.id) if self.kind == "petition" else None
