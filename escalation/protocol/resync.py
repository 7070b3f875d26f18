"""Answering a peer's resync.v1: how far we know its streams, what of ours it lacks, what it wrote and lost itself."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from escalation.protocol import comparing, runs, saying
from escalation.protocol.books import Draft
from escalation.protocol.reply import Reply, refused
from escalation.wire import kinds, strict
from escalation.wire.dsse import MAX_PAYLOAD

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from escalation.protocol.books import Admitted, Books, Pen, Signed

PAGE: Final = 500
ROOM: Final = MAX_PAYLOAD - 8 * 1024
"""Bytes of an answer's streams; what else it says is a few hundred. A stream has a run for each epoch, so a page may be cut."""


def answer(books: Books, pen: Pen, admitted: Admitted, now: datetime) -> Reply:
    """The answer to a request; an answer that was not asked for here is refused."""
    data, peer = admitted.event.data, admitted.peer
    if data["step"] == saying.OWN:
        return _own(books, peer, data)
    tell = _STEPS.get(data["step"])
    if tell is None:
        return refused("schema")
    told = {"step": saying.ANSWER, "request": str(admitted.event.id), **tell(books, peer, data, now)}
    return Reply("answer", write(books, pen, peer, admitted.event.subject, told, now).envelope)


def write(books: Books, pen: Pen, peer: str, subject: UUID, data: Mapping[str, Any], now: datetime) -> Signed:
    """A signed resync.v1."""
    return pen.sign(Draft(peer, kinds.RESYNC, subject, 0, 0, books.epoch(), now, data))


def _buckets(books: Books, peer: str, _data: Mapping[str, Any], _now: datetime) -> dict[str, Any]:
    return {"buckets": saying.buckets(books.buckets(peer, "in"))}


def _streams(books: Books, peer: str, data: Mapping[str, Any], _now: datetime) -> dict[str, Any]:
    after = UUID(data["after"]) if "after" in data else None
    found = books.streams(peer, "in", data.get("wanted", ()), after, PAGE)
    told = _fitting(saying.streams((one.subject, runs.told(one.runs)) for one in found))
    return {"streams": told, "more": int(len(found) == PAGE or len(told) < len(found))}


def _again(books: Books, peer: str, data: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    told = []
    for subject, theirs in saying.read_streams(data):
        stream = books.stream(peer, subject, "out")
        comparing.compare(books, stream, theirs, now)
        told.append((subject, runs.told(stream.runs)))
    # What does not fit is asked for again after ten minutes, as any gap.
    return {"streams": _fitting(saying.streams(told))}


def _fitting(told: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """As many of them, from the first on, as one message holds."""
    sizes = accumulate(len(strict.dump(one)) + 1 for one in told)
    return [one for one, size in zip(told, sizes, strict=True) if size <= ROOM]


def _own(books: Books, peer: str, data: Mapping[str, Any]) -> Reply:
    if not {"subject", "epoch", "sequence"} <= data.keys():
        return refused("schema")
    row = books.incoming_at(peer, UUID(data["subject"]), data["epoch"], data["sequence"])
    # What a withdrawal erased cannot be given back.
    return Reply("fork", row.envelope) if row and row.envelope else refused("not_held")


_STEPS: Final[dict[str, Callable[[Books, str, Mapping[str, Any], datetime], dict[str, Any]]]] = {
    saying.BUCKETS: _buckets,
    saying.STREAMS: _streams,
    saying.AGAIN: _again,
}
