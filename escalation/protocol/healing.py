"""Healing: asking the peer how far it knows our streams, and sending again, or taking back, what differs.

A request goes out like a message, without a number; its reply is given to `answered`, which may ask further.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from escalation.protocol import comparing, forks, peers, resync, runs, saying, settling
from escalation.wire import kinds
from escalation.wire.reasons import Rejected

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from escalation.protocol.books import App, Books, Gate, Pen
    from escalation.protocol.reply import Reply
    from escalation.protocol.rows import Stream

EVERY: Final = timedelta(minutes=15)
"""How often each pair compares."""
PATIENCE: Final = timedelta(minutes=10)
"""How long a gap may stand before it is asked for."""
NOBODY: Final = UUID(int=0)
"""The subject of what is about no one case."""


@dataclass(frozen=True, slots=True)
class Request:
    """A question to a peer: send `envelope`. `found`: differences of the comparison so far."""

    id: UUID
    peer: str
    envelope: bytes = field(repr=False)
    data: Mapping[str, Any]
    found: int = 0


def begin(books: Books, pen: Pen, peer: str, now: datetime) -> list[Request]:
    """Begin a comparison of all our streams to the peer."""
    return [_ask(books, pen, peer, {"step": saying.BUCKETS}, now)]


def gaps(books: Books, pen: Pen, now: datetime, limit: int = 50) -> list[Request]:
    """Ask for what has been missing for ten minutes; again after ten more."""
    asked = []
    for found in books.gaps(now - PATIENCE, limit):
        stream = books.stream(found.peer, found.subject, "in")
        if stream.gap_at is None or stream.gap_at > now - PATIENCE:
            continue
        books.keep(replace(stream, gap_at=now))
        told = saying.streams([(stream.subject, runs.told(stream.runs))])
        asked.append(_ask(books, pen, stream.peer, {"step": saying.AGAIN, "streams": told}, now))
    return asked


def answered(
    books: Books, gate: Gate, pen: Pen, app: App, request: Request, reply: Reply, now: datetime
) -> list[Request]:
    """Take the reply; what is to be asked next. Raises Rejected for a reply that is none to this request."""
    if request.data["step"] == saying.OWN:
        if reply.kind == "fork":
            forks.recover(books, gate, pen, app, reply.body, now)
        return []
    if reply.kind != "answer":
        raise Rejected("attribute_value", f"resync: {reply.kind}")
    admitted = gate.admit(reply.body, now)
    data = admitted.event.data
    if (admitted.peer, admitted.event.type, data.get("request")) != (request.peer, kinds.RESYNC, str(request.id)):
        raise Rejected("attribute_value", "resync: not the answer to this request")
    if request.data["step"] == saying.BUCKETS:
        return _compare_buckets(books, pen, request, data, now)
    if request.data["step"] == saying.STREAMS:
        return _compare_streams(books, pen, request, data, now)
    _close_gaps(books, gate, app, request, data, now)
    return []


def _compare_buckets(
    books: Books, pen: Pen, request: Request, data: Mapping[str, Any], now: datetime
) -> list[Request]:
    mine = saying.buckets(books.buckets(request.peer, "out"))
    wanted = saying.differing(mine, data.get("buckets", ()))
    if not wanted:
        peers.compared(books, request.peer, 0, now)
        return []
    return [_ask(books, pen, request.peer, {"step": saying.STREAMS, "wanted": wanted}, now)]


def _compare_streams(
    books: Books, pen: Pen, request: Request, data: Mapping[str, Any], now: datetime
) -> list[Request]:
    theirs = dict(saying.read_streams(data))
    wanted, peer = request.data["wanted"], request.peer
    after = UUID(request.data["after"]) if "after" in request.data else None
    end = max(theirs) if data.get("more") and theirs else None
    found, lost = request.found, list[comparing.Lost]()
    for subject in _differing(_mine(books, peer, wanted, after, end), theirs):
        stream = books.stream(peer, subject, "out")
        again, missing = comparing.compare(books, stream, theirs.get(subject, ()), now)
        found += bool(again or missing)
        lost += missing
    asked = [_own(books, pen, peer, one, now) for one in lost]
    if end is None:
        peers.compared(books, peer, found, now)
        return asked
    further = {"step": saying.STREAMS, "wanted": wanted, "after": str(end)}
    return [*asked, replace(_ask(books, pen, peer, further, now), found=found)]


def _mine(
    books: Books, peer: str, wanted: Sequence[int], after: UUID | None, end: UUID | None
) -> dict[UUID, Stream]:
    found: dict[UUID, Stream] = {}
    while page := books.streams(peer, "out", wanted, after, resync.PAGE):
        found |= {one.subject: one for one in page if end is None or one.subject <= end}
        after = page[-1].subject
        if len(page) < resync.PAGE or (end is not None and after >= end):
            break
    return found


def _differing(mine: Mapping[UUID, Stream], theirs: Mapping[UUID, object]) -> list[UUID]:
    # In one order, whoever locks them: two comparisons at once must not wait for each other.
    return [one for one in sorted({*mine, *theirs}) if one not in mine or runs.told(mine[one].runs) != theirs.get(one)]


def _close_gaps(
    books: Books, gate: Gate, app: App, request: Request, data: Mapping[str, Any], now: datetime
) -> None:
    asked = {subject for subject, _ in saying.read_streams(request.data)}
    for subject, told in saying.read_streams(data):
        if subject in asked:
            stream = books.stream(request.peer, subject, "in")
            books.keep(settling.settle(books, gate, app, stream, now, told))


def _own(books: Books, pen: Pen, peer: str, lost: comparing.Lost, now: datetime) -> Request:
    data = {"step": saying.OWN, "subject": str(lost.subject), "epoch": lost.epoch, "sequence": lost.sequence}
    return _ask(books, pen, peer, data, now)


def _ask(books: Books, pen: Pen, peer: str, data: Mapping[str, Any], now: datetime) -> Request:
    signed = resync.write(books, pen, peer, NOBODY, data, now)
    return Request(signed.id, peer, signed.envelope, data)
