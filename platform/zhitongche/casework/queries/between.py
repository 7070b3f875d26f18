"""A case between levels of government: its rises, what came with it from below, the messages that carried it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhitongche.casework.queries import carried, reported, rising

if TYPE_CHECKING:
    from zhitongche.casework.queries.carried import Carried
    from zhitongche.casework.queries.reported import Reported
    from zhitongche.casework.queries.rising import Risen
    from zhitongche.casework.tables import Escalation, Petition


@dataclass(frozen=True, slots=True)
class Between:
    """Rises and messages are newest first; all is empty for a case that never left its tenant."""

    rises: tuple[Risen, ...]
    report: Reported | None
    messages: list[Carried]

    @property
    def latest(self) -> Escalation | None:
        """The last rise."""
        return self.rises[0].row if self.rises else None

    @property
    def parties(self) -> dict[str, str]:
        """Who the parties of other levels are in this case."""
        above = {"above": self.latest.holder or self.latest.to_name} if self.latest else {}
        return above | ({"below": self.report.row.from_name} if self.report else {})


def of(petition: Petition) -> Between:
    """All of it; asks the database nothing for a case that never left its tenant."""
    rises, report = rising.of(petition), reported.of(petition)
    ids = [*(one.row.bridge_id for one in rises), report.row.bridge_id if report else None]
    return Between(rises, report, carried.of(ids))
