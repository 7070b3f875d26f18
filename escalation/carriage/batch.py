"""Several messages in one request, and as many replies in its answer: a line each, so that bytes stay bytes."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING, Final

from escalation.protocol.reply import KINDS, Reply
from escalation.wire.dsse import MAX_ENVELOPE
from escalation.wire.reasons import Rejected

if TYPE_CHECKING:
    from collections.abc import Sequence

MEDIA_TYPE: Final = "application/vnd.zhitongche.batch"
MOST: Final = 32
MAX_BYTES: Final = 4 * 1024 * 1024
"""Of a request's body; a batch is cut so that it stays below."""


def write(envelopes: Sequence[bytes]) -> bytes:
    """A request's body. Envelopes hold no line breaks: JSON is written without any."""
    return b"\n".join(base64.b64encode(envelope) for envelope in envelopes)


def read(body: bytes) -> list[bytes]:
    """The envelopes of a request's body; raises Rejected."""
    if len(body) > MAX_BYTES:
        raise Rejected("oversize", str(len(body)))
    lines = body.split(b"\n")
    if not body or len(lines) > MOST:
        raise Rejected("malformed", "batch")
    return [_decoded(line) for line in lines]


def write_replies(replies: Sequence[Reply]) -> bytes:
    """An answer's body."""
    return b"\n".join(reply.kind.encode() + b" " + base64.b64encode(reply.body) for reply in replies)


def read_replies(body: bytes, count: int) -> list[Reply]:
    """The replies to `count` messages; raises Rejected where it is not just as many."""
    lines = body.split(b"\n") if len(body) <= MAX_BYTES else []
    if len(lines) != count:
        raise Rejected("malformed", "replies")
    return [_reply(line) for line in lines]


def cut(envelopes: Sequence[bytes]) -> list[list[bytes]]:
    """Batches that a peer takes."""
    batches: list[list[bytes]] = []
    size = 0
    for envelope in envelopes:
        size += len(envelope) * 4 // 3 + 8
        if not batches or len(batches[-1]) == MOST or size > MAX_BYTES:
            batches.append([])
            size = len(envelope) * 4 // 3 + 8
        batches[-1].append(envelope)
    return batches


def _reply(line: bytes) -> Reply:
    kind, _, body = line.partition(b" ")
    name = kind.decode("ascii", "replace")
    if name not in KINDS:
        raise Rejected("malformed", "reply")
    return Reply(name, _decoded(body))


def _decoded(line: bytes) -> bytes:
    try:
        found = base64.b64decode(line, validate=True)
    except binascii.Error:
        raise Rejected("encoding", "batch") from None
    if len(found) > MAX_ENVELOPE:
        raise Rejected("oversize", str(len(found)))
    return found
