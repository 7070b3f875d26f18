"""The bridge id of a case: random to everyone else, and the same again after the database was restored."""

from __future__ import annotations

import hashlib
import hmac
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from flask import current_app

from zhitongche.kernel.secret_key import kept_secret

if TYPE_CHECKING:
    from zhitongche.casework.escalations import Rise


def bridge_id(tenant: str, rise: Rise) -> UUID:
    """The id of the tenant's rise: an HMAC, so that an escalation done over again is recognised above (decision 0009)."""
    secret = kept_secret(Path(current_app.config["DATA_DIR"]) / "bridge" / "secret")
    named = f"{tenant}/{rise.petition_id}/{rise.number}".encode()
    return UUID(bytes=hmac.digest(bytes.fromhex(secret), named, hashlib.sha256)[:16])
