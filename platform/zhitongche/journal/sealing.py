"""What an entry says, encrypted with its dossier's key: AES-256-GCM, NIST SP 800-38D."""

import json
import os
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from zhitongche.journal.chain import canonical

_NONCE = 12


def new_key() -> bytes:
    """A fresh dossier key, 256 bits."""
    return AESGCM.generate_key(256)


def seal(key: bytes, content: dict[str, Any], header: bytes) -> bytes:
    """Encrypt `content`, bound to the entry's header, so that no body can be moved to another entry."""
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, canonical(content), header)


def unseal(key: bytes, body: bytes, header: bytes) -> dict[str, Any]:
    """The content again; raises ValueError where body or header were changed."""
    try:
        content = AESGCM(key).decrypt(body[:_NONCE], body[_NONCE:], header)
    except InvalidTag:
        raise ValueError("body does not belong to this header and key") from None
    result: dict[str, Any] = json.loads(content)
    return result
