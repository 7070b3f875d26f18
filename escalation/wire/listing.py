"""What the trust list says: deployments, tenants, keys and when they hold."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from escalation.wire import notation
from escalation.wire.keys import KEYID
from escalation.wire.reasons import Rejected

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from escalation.wire.keys import PublicKey


@dataclass(frozen=True, slots=True)
class Key:
    """A key and when it holds, [from_, until); all times aware UTC. The id follows from the key."""

    public: PublicKey
    from_: datetime
    until: datetime
    revoked_at: datetime | None = None

    @property
    def keyid(self) -> str:
        """The key's id."""
        return self.public.keyid

    @property
    def algorithm(self) -> str:
        """The only algorithm that its signatures are verified by."""
        return self.public.algorithm

    def require_usable(self, now: datetime) -> None:
        """Raises Rejected `key_revoked`, `key_not_yet` or `key_retired`."""
        if self.revoked_at is not None and now >= self.revoked_at:
            raise Rejected("key_revoked", self.keyid)
        if now < self.from_:
            raise Rejected("key_not_yet", self.keyid)
        if now >= self.until:
            raise Rejected("key_retired", self.keyid)


@dataclass(frozen=True, slots=True)
class Deployment:
    """An installation: where it is reached (http or https, no path of its own needed) and its hop keys."""

    endpoint: str
    keys: tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class Tenant:
    """A tenant: who hosts it, who is above it (a tenant's code), what it may send beside control messages."""

    deployment: str
    name: str
    parent: str | None
    keys: tuple[Key, ...]
    may_send: frozenset[str]


@dataclass(frozen=True)
class TrustList:
    """The whole list; times aware UTC. A list made by hand is checked when it is signed."""

    serial: int
    issued_at: datetime
    expires_at: datetime
    deployments: Mapping[str, Deployment]
    tenants: Mapping[str, Tenant]

    def require_current(self, now: datetime) -> None:
        """Raises Rejected `trust_expired`."""
        if now >= self.expires_at:
            raise Rejected("trust_expired", str(self.serial))

    def urn(self, tenant: str) -> str:
        """The source that this tenant's messages must bear; raises Rejected `receiver_unknown`."""
        if tenant not in self.tenants:
            raise Rejected("receiver_unknown", tenant)
        return notation.urn(self.tenants[tenant].deployment, tenant)

    def tenant_key(self, keyid: str) -> tuple[str, Key]:
        """The tenant whose key this is; raises Rejected `key_unknown`."""
        return _found(self._tenant_keys, keyid)

    def deployment_key(self, keyid: str) -> tuple[str, Key]:
        """The deployment whose hop key this is; raises Rejected `key_unknown`."""
        return _found(self._deployment_keys, keyid)

    @cached_property
    def _tenant_keys(self) -> dict[str, tuple[str, Key]]:
        return {key.keyid: (code, key) for code, tenant in self.tenants.items() for key in tenant.keys}

    @cached_property
    def _deployment_keys(self) -> dict[str, tuple[str, Key]]:
        return {key.keyid: (code, key) for code, one in self.deployments.items() for key in one.keys}


def _found(known: dict[str, tuple[str, Key]], keyid: str) -> tuple[str, Key]:
    if keyid not in known:
        # Whose key is missing helps the operator; what is no key's id is somebody's text.
        raise Rejected("key_unknown", keyid if re.fullmatch(KEYID, keyid, re.ASCII) else "")
    return known[keyid]
