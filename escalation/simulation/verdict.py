"""What must be true when everything has come to rest. Each fault is a sentence; none means that it held."""

from __future__ import annotations

from typing import TYPE_CHECKING

from escalation.protocol import runs
from escalation.simulation.bureau import GIVEN_UP, HAS_IT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from uuid import UUID

    from escalation.protocol.rows import Outgoing
    from escalation.simulation.house import House

_ALARMS = ("diverged", "other_bytes", "fork_unfounded", "numbering")


def faults(houses: Mapping[str, House]) -> list[str]:
    """All that does not hold."""
    return [*at_rest(houses), *_each_line(houses), *_ownerless(houses), *_alarms(houses)]


def at_rest(houses: Mapping[str, House]) -> Iterator[str]:
    """What is still under way: unsent, unreceipted, waiting for one before it, or different on both sides."""
    for house in houses.values():
        for row in house.books.tables.outgoing.values():
            if row.pending or row.lease_until is not None or (row.receipt is None and row.reissued_as is None):
                yield f"{house.code}: {_name(row)} still waits ({row.tries} tries, {row.last_error})"
        for stream in house.books.tables.streams.values():
            if stream.waiting or stream.stopped or stream.applied != stream.placed:
                yield f"{house.code}: a stream from {stream.peer} stands still"
            if stream.direction == "out":
                yield from _apart(house, houses[stream.peer], stream.subject)


def _apart(house: House, other: House, subject: UUID) -> Iterator[str]:
    mine = house.books.tables.streams[other.code, subject, "out"]
    theirs = other.books.tables.streams.get((house.code, subject, "in"))
    if runs.told(mine.runs) != runs.told(theirs.runs if theirs else ()):
        yield f"{house.code} and {other.code} count differently: {mine.runs} {theirs and theirs.runs}"


def _each_line(houses: Mapping[str, House]) -> Iterator[str]:
    for house in houses.values():
        lines = {(row.peer, row.subject) for row in house.books.tables.outgoing.values()}
        for peer, subject in sorted(lines):
            yield from _line(house, houses[peer], subject)


def _line(house: House, other: House, subject: UUID) -> Iterator[str]:
    rows = [row for row in house.books.tables.outgoing.values() if (row.peer, row.subject) == (other.code, subject)]
    ours = [row.id for row in sorted(rows, key=lambda row: (row.epoch, row.sequence)) if row.reissued_as is None]
    heard = other.bureau.heard.get((house.code, subject), ())
    ids = [message for message, _ in heard]
    where = f"{house.code} to {other.code}"
    if len(set(ids)) != len(ids):
        yield f"{where}: a message was applied twice"
    if [one for one in ids if one in ours] != ours:
        yield f"{where}: not every message was applied once and in order: {_places(rows, ours, ids)}"
    if not {one for one in ids if one not in ours} <= {row.id for row in rows}:
        yield f"{where}: the receiver has messages that the sender does not know"
    yield from _uids(where, house.bureau.said.get((other.code, subject), ()), [uid for _, uid in heard])


def _uids(where: str, said: tuple[str, ...], heard: list[str]) -> Iterator[str]:
    """What people did, independent of the books."""
    if [uid for uid in heard if uid in said] != list(said):
        yield f"{where}: said {said}, heard {heard}"


def _ownerless(houses: Mapping[str, House]) -> Iterator[str]:
    for house in houses.values():
        for (peer, subject), state in house.bureau.below.items():
            above = houses[peer].bureau.above.get((house.code, subject))
            if state in GIVEN_UP and above not in HAS_IT:
                yield f"nobody has a case: below ({house.code}) it is {state}, above {above}"


def _alarms(houses: Mapping[str, House]) -> Iterator[str]:
    for house in houses.values():
        yield from (f"{house.code}: {held.reason} {held.detail}" for held in house.books.tables.held.values() if held.reason in _ALARMS)


def _name(row: Outgoing) -> str:
    return f"{row.type} {row.epoch}:{row.sequence} to {row.peer}"


def _places(rows: list[Outgoing], ours: list[UUID], ids: list[UUID]) -> str:
    named = {row.id: f"{row.epoch}:{row.sequence}" for row in rows}
    return f"sent {[named[one] for one in ours]}, applied {[named.get(one, '?') for one in ids]}"
