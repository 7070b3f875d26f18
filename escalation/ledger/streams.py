"""Streams: locked one by one, compared all together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import func, select

from escalation.ledger import mapping, prepared
from escalation.ledger.surroundings import enter_peer
from escalation.ledger.tables import BridgeStream
from escalation.protocol.rows import Direction, Stream
from zhitongche.persistence import db

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy import ColumnElement, Select

_MARKED = BridgeStream.mark.is_not(None)
_KEY: Final = ("peer", "subject", "direction")
_CHANGING: Final = ("runs", "last", "placed", "applied", "waiting", "gap_at", "stopped", "mark")
_LOCK: Final = prepared.chosen(BridgeStream, Stream, *_KEY).with_for_update()
_KEEP: Final = prepared.changed(BridgeStream, _CHANGING, *_KEY)
_BEGIN: Final = prepared.inserted(BridgeStream).on_conflict_do_nothing().returning(prepared.table_of(BridgeStream).c.subject)


class Streams:
    """The part of the books about streams."""

    def stream(self, peer: str, subject: UUID, direction: Direction) -> Stream:
        row = prepared.first(_LOCK, peer=peer, subject=subject, direction=direction)
        if row is not None:
            return mapping.stream_of(*row)
        new = Stream(peer, subject, direction)
        is_ours = prepared.put(_BEGIN, mapping.stream_values(new))
        enter_peer(peer)
        # Else somebody else has begun it meanwhile, and it must be locked.
        return new if is_ours else self.stream(peer, subject, direction)

    def keep(self, stream: Stream) -> None:
        values = mapping.stream_values(stream)
        this = {name: values[name] for name in _KEY}
        prepared.change(_KEEP, {name: values[name] for name in _CHANGING}, **this)

    def streams(self, peer: str, direction: Direction, buckets: Collection[int], after: UUID | None, limit: int) -> Sequence[Stream]:
        behind = (BridgeStream.subject > after,) if after else ()
        query = _chosen(*_of(peer, direction), _MARKED, BridgeStream.bucket.in_(buckets), *behind)
        # The bucket is the subject's first byte: this order is the index's.
        return _all(query.order_by(BridgeStream.bucket, BridgeStream.subject).limit(limit))

    def buckets(self, peer: str, direction: Direction) -> Mapping[int, tuple[int, int]]:
        query = select(BridgeStream.bucket, func.count(), func.bit_xor(BridgeStream.mark)).where(*_of(peer, direction), _MARKED)
        return {key: (count, mark) for key, count, mark in db.session.execute(query.group_by(BridgeStream.bucket))}

    def gaps(self, before: datetime, limit: int) -> Sequence[Stream]:
        return _all(_chosen(BridgeStream.gap_at <= before).order_by(BridgeStream.gap_at).limit(limit))


def _of(peer: str, direction: str) -> tuple[ColumnElement[bool], ...]:
    return BridgeStream.peer == peer, BridgeStream.direction == direction


def _chosen(*where: ColumnElement[bool]) -> Select[Any]:
    return mapping.chosen(BridgeStream, Stream, *where)


def _all(query: Select[Any]) -> list[Stream]:
    return [mapping.stream_of(*row) for row in db.session.execute(query)]
