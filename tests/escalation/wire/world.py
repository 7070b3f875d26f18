"""A small world of tenants, keys and a trust list: a city above a county above a town, and others beside them.

Every key is the same in every run. Rooms above may ask for their own codes, addresses and time.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from escalation.wire import event, hop, issuing, kinds, notation, receipts, trust
from escalation.wire.event import Event
from escalation.wire.keys import PrivateKey
from escalation.wire.trust import Key, TrustList

NOW = datetime(2026, 3, 6, 2, tzinfo=UTC)
DAY = timedelta(days=1)
SUBJECT = UUID("7b8e4a52-0c7d-4c1e-9a54-3f0d9d1f6a01")
EPOCH = 1_772_000_000_000
HASH = "ab" * 32
JSON = {"Content-Type": "application/json"}


@dataclass(frozen=True)
class World:
    """`me` receives from `peer`, which is below it; `town` is below the peer, `nearby` beside it, `far` elsewhere."""

    trust: TrustList
    now: datetime
    url: str
    me: str = "city"
    peer: str = "county"
    town: str = "town"
    nearby: str = "nearby"
    far: str = "far"
    anchor: PrivateKey = None  # type: ignore[assignment]

    def key(self, name: str) -> PrivateKey:
        """The key of a tenant (by code), a deployment, or an old or new one of the peer's."""
        return key(name)

    def message(self, kind: str = kinds.ESCALATE, **changed: Any) -> Event:
        """An honest message from the peer to me."""
        data = changed.pop("data", DATA[kind])
        sequence = 0 if kind in kinds.UNNUMBERED else 1
        made = Event(uid(kind), self.trust.urn(self.peer), self.me, kind, SUBJECT, sequence, sequence, EPOCH, self.now, data)
        return replace(made, **changed)

    def sent(self, message: Event | None = None, signer: str | None = None) -> bytes:
        """Its envelope, signed by the tenant's key."""
        return issuing.issue(message or self.message(), key(signer or self.peer)).envelope

    def expected(self) -> receipts.Expected:
        """What the peer knows of the honest message that it sent me."""
        sent = self.message()
        digest = hashlib.sha256(event.write(sent)).digest()
        return receipts.Expected(sent.id, digest, SUBJECT, sent.sequence, EPOCH, self.peer, self.me)

    def receipt(self, *, signer: str | None = None, **changed: Any) -> bytes:
        """My receipt for the honest message, or for a changed one."""
        expected, sender = replace(self.expected(), **changed), signer or self.me
        sent = self.message(id=expected.id, sequence=expected.sequence, epoch=expected.epoch, subject=expected.subject)
        return receipts.write(sent, expected.digest, source=self.trust.urn(sender), epoch=5, at=self.now, key=key(sender))

    def request(self, body: bytes | None = None, **changed: Any) -> Request:
        """An honest request from the peer's deployment."""
        body = self.sent() if body is None else body
        given = {"method": "POST", "url": self.url, "headers": JSON, "body": body, "key": key("there"), "now": self.now} | changed
        headers = {**given["headers"], **hop.sign(**given)}
        return Request(given["method"], given["url"], headers, given["body"])

    def list(self, **changed: Any) -> bytes:
        """The trust list as its anchor signs it."""
        return trust.sign(replace(self.trust, **changed), self.anchor)


@dataclass(frozen=True)
class Request:
    """An HTTP request as it arrives."""

    method: str
    url: str
    headers: dict[str, str]
    body: bytes


def key(name: str) -> PrivateKey:
    """The key of this name, the same in every run."""
    return PrivateKey("ed25519", hashlib.sha256(name.encode()).digest())


def uid(name: str) -> UUID:
    """An id, the same in every run."""
    return UUID(bytes=hashlib.sha256(name.encode()).digest()[:16], version=4)


def listed(name: str, now: datetime, *, begins: timedelta = -DAY, ends: timedelta = DAY * 30, revoked: timedelta | None = None) -> Key:
    """A key as the list has it; times from `now`."""
    return Key(key(name).public, now + begins, now + ends, None if revoked is None else now + revoked)


def make(now: datetime = NOW, url: str = "http://city.localhost:8100/bridge/messages", **codes: str) -> World:
    """The world at `now`; `codes` put others in the place of city, county, town, nearby, far."""
    named = {"me": "city", "peer": "county", "town": "town", "nearby": "nearby", "far": "far"} | codes
    endpoint = url.partition("/bridge/")[0]
    peers = (
        listed(named["peer"], now),
        listed("retired", now, begins=-DAY * 9, ends=-DAY),
        listed("revoked", now, revoked=-timedelta(minutes=1)),
        listed("not yet", now, begins=DAY),
    )
    sms = frozenset(kinds.UP | kinds.DOWN)
    tenants = {
        named["me"]: trust.Tenant("here", "某市", None, (listed(named["me"], now),), sms),
        named["peer"]: trust.Tenant("there", "某县", named["me"], peers, sms),
        named["town"]: trust.Tenant("there", "某镇", named["peer"], (listed(named["town"], now),), sms),
        named["nearby"]: trust.Tenant("there", "邻县", named["me"], (listed(named["nearby"], now),), frozenset({kinds.ESCALATE})),
        named["far"]: trust.Tenant("there", "外市", None, (listed(named["far"], now),), sms),
    }
    deployments = {
        "here": trust.Deployment(endpoint, (listed("here", now),)),
        "there": trust.Deployment("http://there.localhost:8200", (listed("there", now), listed("there retired", now, ends=-timedelta(hours=1)))),
    }
    issued = TrustList(7, now, now + trust.LIFE, deployments, tenants)
    return World(issued, now, url, **named, anchor=key("anchor"))


def _document(name: str) -> dict[str, Any]:
    return {"digest": HASH, "name": name, "media_type": "application/pdf", "size": 20_480}


DATA: dict[str, dict[str, Any]] = {
    kinds.ESCALATE: {
        "level": "county", "category": "疑难问题", "matter": "用地", "title": "厂房（二期）用地手续长期未办结", "area": "黄冈镇",
        "ground": "专题会议后仍未解决", "clause": "RP-2.3.f", "deadline": notation.written(NOW + DAY * 30), "received_on": "2026-01-05",
        "opinions": [{"unit": "县自然资源局", "text": "权限在市局。\n请予协调。", "at": notation.written(NOW)}],
        "dossier": {"digest": HASH, "documents": 12}, "ref": "a1B2_c3-d4",
    },
    kinds.DETAILS: {
        "enterprise": {"name": "某某陶瓷有限公司", "credit_code": "91440500617540496Q"}, "content": "二期厂房用地手续自2024年起未能办结。",
        "wish": "请协调办理。", "contact_masked": "陈** 138****1234", "documents": [_document("申请书.pdf"), _document("红线图 A-1.pdf")],
    },
    kinds.SUPPLEMENT: {"text": "补充规划意见。", "documents": [_document("规划意见.pdf")]},
    kinds.WITHDRAW: {"reason": "企业已自行解决。"},
    kinds.STATUS: {"state": "taken", "holder": "市自然资源局", "text": "已受理。", "due": notation.written(NOW + DAY * 30)},
    kinds.RETURN: {"reason": "属县级权限。", "by": "市受理中心"},
    kinds.REQUEST: {"digest": HASH, "purpose": "核对红线范围", "by": "市自然资源局"},
    kinds.OFFER: {**_document("红线图.pdf"), "token": "t" * 43, "expires_at": notation.written(NOW + DAY)},
    kinds.RECEIPT: {"message": str(SUBJECT), "digest": HASH, "sequence": 1, "epoch": EPOCH, "received_at": notation.written(NOW)},
    kinds.RESYNC: {"step": "buckets", "buckets": [{"bucket": 7, "count": 2, "mark": "00ff00ff00ff00ff"}]},
    kinds.FIGURES: {
        "definitions": HASH, "as_of": notation.written(NOW),
        "days": [{"day": "2026-01-05", "sums": [
            {"kind": "received", "counts": [{"n": 12}]}, {"kind": "~step", "key": "handling", "counts": [{"bucket": 64, "n": 3}, {"bucket": 70, "n": -1}]},
        ]}],
    },
    kinds.SEAL: {"number": 1, "previous": HASH, "root": HASH, "entries": 12, "sealed_at": notation.written(NOW)},
}  # fmt: skip
