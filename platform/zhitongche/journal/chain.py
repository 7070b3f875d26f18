"""The hash chain 哈希链 of one petition. Pure: a verifier without database uses the same functions."""

import hashlib
import json
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any
from uuid import UUID

from zhitongche.kernel import clock
from zhitongche.kernel.errors import ZhitongcheError

GENESIS = bytes(32)


@dataclass(frozen=True, kw_only=True)
class Header:
    """The part of an entry that outlives its dossier's key: ids, codes and times, nothing personal."""

    tenant_id: str
    petition_id: UUID
    seq: int
    id: UUID
    at: datetime
    action: str
    actor_kind: str
    actor_id: UUID | None
    unit_id: UUID | None
    on_behalf_of: UUID | None
    clause: str | None
    from_stage: str | None
    to_stage: str | None


FIELDS = tuple(field.name for field in fields(Header))


class ChainBroken(ZhitongcheError):
    """The petition's journal was changed outside of the program; `seq` is the first entry affected."""

    def __init__(self, seq: int, why: str) -> None:
        super().__init__(f"办理记录第 {seq} 条校验不符:{why}。")
        self.seq = seq
        self.why = why
        self.args = (seq, why)


def canonical(value: object) -> bytes:
    """JSON that is the same for the same content: sorted keys, UTF-8, no spaces; NaN is refused (ValueError)."""
    text = json.dumps(
        value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False, default=_plain
    )
    return text.encode()


def header_bytes(header: Header) -> bytes:
    """The canonical bytes of a header (or of an entry's header part)."""
    return canonical({name: getattr(header, name) for name in FIELDS})


def link(previous: bytes, header: bytes, body: bytes) -> bytes:
    """The hash of an entry: sha256(previous ‖ header ‖ sha256(encrypted body))."""
    return hashlib.sha256(previous + header + hashlib.sha256(body).digest()).digest()


def _plain(value: Any) -> str:
    if isinstance(value, datetime):
        return clock.utc(value).isoformat(timespec="microseconds")
    if isinstance(value, UUID):
        return str(value)
    raise TypeError(f"{type(value).__name__} 不能写入办理记录")
