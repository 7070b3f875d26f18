"""Who acts 行为人."""

from dataclasses import dataclass
from typing import Literal, Protocol
from uuid import UUID

ActorKind = Literal["enterprise", "official", "system"]


class Actor(Protocol):
    """What the journal needs to know of whoever acts; identity's people are actors too."""

    @property
    def kind(self) -> ActorKind: ...
    @property
    def person_id(self) -> UUID | None: ...
    @property
    def name(self) -> str: ...
    @property
    def unit_id(self) -> UUID | None: ...
    @property
    def on_behalf_of(self) -> UUID | None: ...


@dataclass(frozen=True)
class _System:
    kind: ActorKind = "system"
    person_id: UUID | None = None
    name: str = "系统"
    unit_id: UUID | None = None
    on_behalf_of: UUID | None = None


SYSTEM: Actor = _System()
