"""The order of one stream, as its receiver sees it. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from escalation.protocol import runs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from escalation.protocol.rows import Incoming, Run, Stream


def is_next(stream: Stream, row: Incoming) -> bool:
    """Whether the message follows what stands in order.

    The first of a higher epoch follows where nothing before its `since` is missing; what the older epoch had above
    that was lost by the sender and stays as it is.
    """
    known = stream.run.known if stream.run else 0
    epoch = stream.run.epoch if stream.run else 0
    if row.epoch == epoch:
        return row.sequence == known + 1
    return row.epoch > epoch and row.sequence == row.since <= known + 1


def is_overtaken(stream: Stream, row: Incoming) -> bool:
    """Whether a newer epoch already stands in order, so that the message never can."""
    return stream.run is not None and row.epoch < stream.run.epoch


def is_cleared(stream: Stream, row: Incoming, told: Sequence[Run]) -> bool:
    """Whether nothing is missing before the first of an epoch, by what the sender says that it knows.

    It may have lost an epoch of which we have a shorter run than the number before `since`.
    """
    if row.sequence != row.since or is_overtaken(stream, row):
        return False
    before = [run for run in told if run.epoch < row.epoch]
    return all((mine := runs.find(stream.runs, run.epoch)) is not None and mine.known >= run.known for run in runs.told(before))


def is_lost(row: Incoming, told: Sequence[Run]) -> bool:
    """Whether what is missing before the message is lost on both sides, by what the sender says that it knows.

    It sent this one when it had our receipts for all before it; now it does not know them any more.
    """
    run = runs.find(told, row.epoch)
    return row.sequence != row.since and (run.known if run else 0) < row.sequence - 1


def place(stream: Stream, row: Incoming) -> tuple[Stream, Incoming]:
    """Give the message the next place."""
    run = runs.find(stream.runs, row.epoch) or runs.begun(row.epoch, row.sequence)
    stream = replace(runs.put(stream, runs.extend(run, row.digest)), placed=stream.placed + 1)
    return stream, replace(row, place=stream.placed)
