"""The messages by which a case passed between levels: whoever carries them is asked, never imported."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Carried:
    """A message of a case, without its content; `digest` is SHA-256 in hexadecimal. Moments in UTC.

    `receipted_at`: of ours, when its receipt was verified here, None until then; of another's, when it got its receipt.
    """

    id: UUID
    what: str
    ours: bool
    digest: str
    at: datetime
    receipted_at: datetime | None


Source = Callable[[Sequence[UUID]], Iterable[Carried]]
_sources: list[Source] = []


def carried_by(source: Source) -> None:
    """Have the messages with these bridge ids asked from there; the same source counts once."""
    if source not in _sources:
        _sources.append(source)


def of(bridge_ids: Iterable[UUID | None]) -> list[Carried]:
    """Every message about the cases with these bridge ids, the newest first."""
    wanted = [one for one in bridge_ids if one]
    found = [one for source in _sources for one in source(wanted)] if wanted else []
    return sorted(found, key=lambda one: (one.at, one.id), reverse=True)
