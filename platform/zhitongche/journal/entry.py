"""An entry as its reader sees it."""

from dataclasses import dataclass
from typing import Any

from zhitongche.journal.chain import Header


@dataclass(frozen=True, kw_only=True)
class Entry(Header):
    """One step of a petition; `actor_name` and `body` are None once the dossier's key is erased."""

    actor_name: str | None
    body: dict[str, Any] | None
    hash: bytes

    @property
    def erased(self) -> bool:
        """Whether the content is gone for good."""
        return self.body is None
