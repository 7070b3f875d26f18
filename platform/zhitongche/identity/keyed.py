"""Hashes that nobody can try out without the installation's secret key."""

import hashlib
import hmac

from flask import current_app

from zhitongche.persistence import current_tenant


def digest(purpose: str, *parts: str) -> str:
    """HMAC-SHA-256 (hex) over tenant, purpose and parts; raises RuntimeError where no SECRET_KEY is set.

    A mobile number or a code of six digits is guessed at once from a plain hash. RFC 2104.
    """
    secret = current_app.secret_key
    if not secret:
        raise RuntimeError("缺少 SECRET_KEY，无法计算摘要。")
    key = secret.encode() if isinstance(secret, str) else secret
    message = "\x1f".join((current_tenant(), purpose, *parts))
    return hmac.new(key, message.encode(), hashlib.sha256).hexdigest()
