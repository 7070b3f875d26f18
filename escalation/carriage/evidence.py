"""What a dossier takes along to prove the petition's way between levels: messages, receipts, the trust list, seals with proofs."""

from __future__ import annotations

import json
from itertools import groupby
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from escalation.carriage import home, trusted
from escalation.ledger.erasing import GONE
from escalation.ledger.seal_tables import BridgeSeal, BridgeSealSpan
from escalation.ledger.tables import BridgeIncoming, BridgeOutgoing
from escalation.wire import merkle, notation
from zhitongche import journal
from zhitongche.casework import escalations
from zhitongche.journal import Stretch
from zhitongche.persistence import db

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime
    from uuid import UUID


def files_of(petition_id: UUID, masked: bool) -> dict[str, bytes]:
    """The files by name; without messages where the dossier is masked, since their signed bytes cannot be."""
    seals = list(_seals(petition_id))
    messages = [] if masked else list(_messages(escalations.bridge_ids(petition_id)))
    if not seals and not messages:
        return {}
    trusted.in_force()
    trust = (home.folder() / trusted.LIST).read_bytes()
    return {"trust.json": trust, "messages.jsonl": _lines(messages), "seals.jsonl": _lines(seals)}


def _messages(subjects: list[UUID]) -> Iterator[dict[str, Any]]:
    sent = select(BridgeOutgoing).where(BridgeOutgoing.subject.in_(subjects), BridgeOutgoing.reissued_as.is_(None))
    got = select(BridgeIncoming).where(BridgeIncoming.subject.in_(subjects), BridgeIncoming.envelope != GONE)
    found = [(row.emitted_at, "out", row.epoch, row.sequence, row.envelope, row.receipt) for row in db.session.scalars(sent)]
    found += [(row.received_at, "in", row.epoch, row.sequence, row.envelope, row.receipt) for row in db.session.scalars(got)]
    # The same for the same books: at one moment what went out first, each way by its numbers.
    for at, way, *_, envelope, receipt in sorted(found, key=lambda one: (one[0], one[1] != "out", one[2], one[3])):
        yield _message(at, way, envelope, receipt)


def _message(at: datetime, way: str, envelope: bytes, receipt: bytes | None) -> dict[str, Any]:
    told = notation.base64_of(receipt) if receipt else None
    return {"at": notation.written(at), "way": way, "envelope": notation.base64_of(envelope), "receipt": told}


def _seals(petition_id: UUID) -> Iterator[dict[str, Any]]:
    """Each seal that covers entries of the petition, with the path from each entry to the root."""
    own = select(BridgeSealSpan.number).where(BridgeSealSpan.petition_id == petition_id)
    query = select(BridgeSealSpan, BridgeSeal.envelope).join(
        BridgeSeal, (BridgeSeal.tenant_id == BridgeSealSpan.tenant_id) & (BridgeSeal.number == BridgeSealSpan.number)
    )
    rows = db.session.execute(query.where(BridgeSealSpan.number.in_(own)).order_by(BridgeSealSpan.number, BridgeSealSpan.petition_id))
    for _, covered in groupby(rows, key=lambda row: row[0].number):
        yield _seal(petition_id, [*covered])


def _seal(petition_id: UUID, covered: list[Any]) -> dict[str, Any]:
    leaves: list[bytes] = []
    ours: list[tuple[int, int]] = []
    for span, _ in covered:
        if span.petition_id == petition_id:
            ours += [(seq, len(leaves) + seq - span.first) for seq in range(span.first, span.last + 1)]
        leaves += journal.hashes(Stretch(span.petition_id, span.first, span.last))
    entries = [{"seq": seq, "index": at, "path": [one.hex() for one in merkle.proof(leaves, at)]} for seq, at in ours]
    return {"envelope": notation.base64_of(covered[0][1]), "entries": entries}


def _lines(values: Iterable[dict[str, Any]]) -> bytes:
    return b"".join(json.dumps(one).encode() + b"\n" for one in values)
