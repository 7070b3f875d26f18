"""The signature algorithms that this version can do. The trust list names one for each key, a message never does.

Adding one (SM2 with SM3 for 密评) is one entry here, with a private key as its raw bytes.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)


@dataclass(frozen=True, slots=True)
class Algorithm:
    """How keys (raw bytes) of one kind are made, read, and used; `load_*` give None for other kinds' PEM."""

    generate: Callable[[], bytes]
    public: Callable[[bytes], bytes]
    sign: Callable[[bytes, bytes], bytes]
    """(private, message) → signature"""
    verify: Callable[[bytes, bytes, bytes], bool]
    """(public, message, signature) → whether it holds; never raises"""
    dump: Callable[[bytes], str]
    load: Callable[[str], bytes | None]
    dump_public: Callable[[bytes], str]
    load_public: Callable[[str], bytes | None]


@lru_cache(maxsize=64)
def _private(secret: bytes) -> Ed25519PrivateKey:
    # Reading a key costs as much as signing with it.
    return Ed25519PrivateKey.from_private_bytes(secret)


def _sign(private: bytes, message: bytes) -> bytes:
    return _private(private).sign(message)


@lru_cache(maxsize=1024)
def _handle(public: bytes) -> Ed25519PublicKey:
    return Ed25519PublicKey.from_public_bytes(public)


def _verify(public: bytes, message: bytes, signature: bytes) -> bool:
    try:
        _handle(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def _dump(private: bytes) -> str:
    return _private(private).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode("ascii")


def _load(pem: str) -> bytes | None:
    try:
        key = load_pem_private_key(pem.encode(), None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        return None
    return key.private_bytes_raw() if isinstance(key, Ed25519PrivateKey) else None


def _dump_public(public: bytes) -> str:
    return _handle(public).public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode("ascii")


def _load_public(pem: str) -> bytes | None:
    try:
        key = load_pem_public_key(pem.encode())
    except (ValueError, UnsupportedAlgorithm):
        return None
    return key.public_bytes_raw() if isinstance(key, Ed25519PublicKey) else None


def _generate() -> bytes:
    return Ed25519PrivateKey.generate().private_bytes_raw()


@lru_cache(maxsize=64)
def _public(private: bytes) -> bytes:
    return _private(private).public_key().public_bytes_raw()


ALGORITHMS: Final[dict[str, Algorithm]] = {
    "ed25519": Algorithm(_generate, _public, _sign, _verify, _dump, _load, _dump_public, _load_public),  # RFC 8032
}
