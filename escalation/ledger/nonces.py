"""Nonces of hop signatures: each may be used once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert

from escalation.ledger.tables import BridgeNonce
from zhitongche.persistence import current_tenant, db

if TYPE_CHECKING:
    from datetime import datetime


def keep(keyid: str, nonce: str, until: datetime) -> bool:
    """Use up a nonce, which counts until `until` (aware); False where it was used before."""
    row = insert(BridgeNonce).values(tenant_id=current_tenant(), keyid=keyid, nonce=nonce, expires_at=until)
    fresh = row.on_conflict_do_nothing().returning(BridgeNonce.nonce)
    return db.session.execute(fresh).first() is not None


def forget(now: datetime) -> int:
    """Delete what has expired, since a signature that old is refused anyway; how many."""
    expired = delete(BridgeNonce).where(BridgeNonce.expires_at <= now).returning(BridgeNonce.nonce)
    return len(db.session.execute(expired.execution_options(synchronize_session=False)).all())
