"""Which functions make up which part of the bridge's work."""

from __future__ import annotations

from typing import Any

import httpx

from escalation.carriage import door, pens, trusted
from escalation.carriage.application import Application
from escalation.ledger.books import SqlBooks
from escalation.wire import dsse, event, hop, schemas
from escalation.wire.keys import PrivateKey, PublicKey
from zhitongche.casework import escalations

_BOOKS = (
    "epoch", "stream", "keep", "add_outgoing", "change_outgoing", "outgoing", "outgoing_between", "pending", "due_peers", "claim",
    "add_incoming", "change_incoming", "arrived", "waiting", "peer", "change_peer",
)  # fmt: skip

PARTS: list[tuple[Any, str, str, str | None]] = [
    (door, "take", "其余", "收"),
    (PrivateKey, "sign", "签名", None),
    (PublicKey, "verify", "验签", None),
    (dsse, "parse", "JSON 与信封", None),
    (dsse, "sign", "JSON 与信封", None),
    (event, "read", "JSON 与信封", None),
    (event, "write", "JSON 与信封", None),
    (schemas, "check", "格式检查", None),
    (schemas, "fitted", "格式检查", None),
    (trusted, "in_force", "名录与密钥文件", None),
    (pens, "signing_key", "名录与密钥文件", None),
    (hop, "sign", "HTTP", None),
    (httpx.Client, "post", "HTTP", None),
    (Application, "apply", "业务", None),
    (escalations, "by_bridge", "业务", None),
    (escalations, "delivered", "业务", None),
    *((SqlBooks, name, "账本", None) for name in _BOOKS),
]
