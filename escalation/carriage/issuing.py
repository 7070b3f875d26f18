"""Making a trust list out of keyrings: for one installation by itself, or for several by whoever keeps the anchor."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from escalation.carriage.keyring import DEPLOYMENT
from escalation.wire import kinds, trust

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime
    from pathlib import Path

    from escalation.carriage.keyring import Keyring
    from escalation.wire.keys import PrivateKey, PublicKey
    from escalation.wire.listing import Deployment, Key, Tenant, TrustList
    from zhitongche.tenancy.pack import Pack

LIFE_OF_KEY: Final = timedelta(days=365)
OVERLAP: Final = timedelta(hours=24)
"""How long what was signed by a changed key is still let in."""
MAY_SEND: Final = kinds.UP | kinds.DOWN


@dataclass(frozen=True, slots=True)
class Member:
    """A deployment that takes part: its code, where it is reached, its keyring, its tenants' packs."""

    code: str
    endpoint: str
    keyring: Keyring
    packs: tuple[Pack, ...]


def issue(members: Iterable[Member], old: TrustList | None, now: datetime, revoked: frozenset[str] = frozenset()) -> TrustList:
    """The next list (UTC): who was known keeps the dates of its keys, a key that is gone ends within OVERLAP."""
    members = list(members)
    known = {pack.code for member in members for pack in member.packs}
    issued = now.replace(microsecond=0)
    deployments, tenants = (old.deployments, old.tenants) if old else ({}, {})
    return trust.TrustList(
        serial=old.serial + 1 if old else 1,
        issued_at=issued,
        expires_at=issued + trust.LIFE,
        deployments={m.code: trust.Deployment(m.endpoint, _keys(m.keyring, DEPLOYMENT, _before(deployments, m.code), issued, revoked)) for m in members},
        tenants={
            pack.code: trust.Tenant(
                member.code, pack.name, pack.parent if pack.parent in known else None,
                _keys(member.keyring, pack.code, _before(tenants, pack.code), issued, revoked),
                MAY_SEND,
            )
            for member in members for pack in member.packs
        },
    )  # fmt: skip


def reissued(file: Path, members: Iterable[Member], anchor: PrivateKey, now: datetime, revoked: frozenset[str] = frozenset()) -> bytes:
    """The signed list that follows the one in this file, or the first one. Raises Rejected where another's stands there."""
    old = trust.verify(file.read_bytes(), trust.fingerprint(anchor.public)) if file.exists() else None
    return trust.sign(issue(members, old, now, revoked), anchor)


def _before(known: Mapping[str, Deployment | Tenant], code: str) -> tuple[Key, ...]:
    return known[code].keys if code in known else ()


def _keys(ring: Keyring, name: str, before: tuple[Key, ...], now: datetime, revoked: frozenset[str]) -> tuple[Key, ...]:
    held: Mapping[str, PublicKey] = {key.keyid: key.public for key in ring.all(name)}
    kept = [_dated(key, gone=key.keyid not in held, now=now) for key in before]
    fresh = [trust.Key(public, now, now + LIFE_OF_KEY) for keyid, public in held.items() if keyid not in {k.keyid for k in before}]
    return tuple(replace(key, revoked_at=now) if key.keyid in revoked and key.revoked_at is None else key for key in [*kept, *fresh])


def _dated(key: Key, *, gone: bool, now: datetime) -> Key:
    return replace(key, until=min(key.until, now + OVERLAP)) if gone else key
