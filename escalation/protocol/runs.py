"""Runs: what both sides of a stream count, so that they can compare. Pure."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING

from escalation.protocol.rows import START, Run, Stream

if TYPE_CHECKING:
    from collections.abc import Iterable


def extend(run: Run, digest: bytes) -> Run:
    """The run with one more message that both sides have."""
    return replace(run, known=run.known + 1, chain=sha256(run.chain + digest).digest())


def begun(epoch: int, since: int) -> Run:
    """A run of which the other side has nothing yet."""
    return Run(epoch, since, since - 1, START)


def find(runs: Iterable[Run], epoch: int) -> Run | None:
    """The run of this epoch."""
    return next((run for run in runs if run.epoch == epoch), None)


def put(stream: Stream, run: Run) -> Stream:
    """The stream with this run, in place of an older state of it."""
    others = (one for one in stream.runs if one.epoch != run.epoch)
    return replace(stream, runs=tuple(sorted((*others, run), key=lambda one: one.epoch)))


def told(runs: Iterable[Run]) -> tuple[Run, ...]:
    """The runs of which both sides have something: what the comparison is about."""
    return tuple(run for run in runs if run.known >= run.since)


def mark(stream: Stream) -> int | None:
    """A signed 64-bit fingerprint of subject and runs; None where there is nothing to compare."""
    shared = told(stream.runs)
    if not shared:
        return None
    numbers = b"".join(b"%d.%d.%d." % (run.epoch, run.since, run.known) + run.chain for run in shared)
    return int.from_bytes(sha256(stream.subject.bytes + numbers).digest()[:8], "big", signed=True)
