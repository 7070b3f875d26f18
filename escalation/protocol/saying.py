"""What resync.v1 says, as data and back. The closed schema is wire's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from escalation.protocol.rows import Run

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

BUCKETS: Final = "buckets"
STREAMS: Final = "streams"
AGAIN: Final = "again"
OWN: Final = "own"
ANSWER: Final = "answer"
_MASK: Final = (1 << 64) - 1

Told = tuple[UUID, tuple[Run, ...]]
"""A subject and how far its runs are known."""


def streams(told: Iterable[Told]) -> list[dict[str, Any]]:
    """How far each stream is known."""
    return [{"subject": str(subject), "runs": [_run(run) for run in runs]} for subject, runs in told]


def read_streams(data: Mapping[str, Any]) -> list[Told]:
    """The streams of an answer or of a request."""
    return [(UUID(one["subject"]), tuple(_read(run) for run in one["runs"])) for one in data.get("streams", ())]


def buckets(found: Mapping[int, tuple[int, int]]) -> list[dict[str, Any]]:
    """Each bucket's count and mark."""
    return [{"bucket": key, "count": count, "mark": f"{mark & _MASK:016x}"} for key, (count, mark) in sorted(found.items())]


def differing(mine: Sequence[Mapping[str, Any]], theirs: Sequence[Mapping[str, Any]]) -> list[int]:
    """The buckets that are not the same on both sides."""
    here = {one["bucket"]: (one["count"], one["mark"]) for one in mine}
    there = {one["bucket"]: (one["count"], one["mark"]) for one in theirs}
    return sorted(key for key in here.keys() | there.keys() if here.get(key) != there.get(key))


def _run(run: Run) -> dict[str, Any]:
    return {"epoch": run.epoch, "since": run.since, "known": run.known, "chain": run.chain.hex()}


def _read(run: Mapping[str, Any]) -> Run:
    return Run(run["epoch"], run["since"], run["known"], bytes.fromhex(run["chain"]))
