"""People for tests that need someone to act."""

from dataclasses import dataclass
from uuid import UUID

from zhitongche import journal
from zhitongche.journal import Entry
from zhitongche.journal.actor import ActorKind
from zhitongche.kernel import ids


@dataclass(frozen=True)
class Officer:
    person_id: UUID
    kind: ActorKind = "official"
    name: str = "林晓敏"
    unit_id: UUID | None = None
    on_behalf_of: UUID | None = None


def write(petition: UUID, *texts: str) -> list[Entry]:
    return [
        journal.append(
            petition,
            action="progress",
            actor=Officer(ids.new_id()),
            clause="ST-3.7",
            from_stage="handling",
            to_stage="handling",
            body={"text": line},
        )
        for line in texts
    ]
