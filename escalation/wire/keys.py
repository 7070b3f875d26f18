"""Keys of tenants, deployments and the trust list's anchor. A key's id follows from the key itself."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Final

from escalation.wire.algorithms import ALGORITHMS
from escalation.wire.reasons import Rejected

_HEX: Final = 32
KEYID: Final = r"[a-z0-9]{1,20}-[0-9a-f]{32}"


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A public key, raw bytes of its algorithm; the algorithm may be one that this version cannot do."""

    algorithm: str
    raw: bytes

    @property
    def keyid(self) -> str:
        """`<algorithm>-<first 32 hex digits of sha256(raw)>`."""
        return f"{self.algorithm}-{hashlib.sha256(self.raw).hexdigest()[:_HEX]}"

    def verify(self, message: bytes, signature: bytes) -> bool:
        """Whether the signature is this key's over the message; raises Rejected `algorithm_unknown`."""
        if self.algorithm not in ALGORITHMS:
            raise Rejected("algorithm_unknown", self.algorithm)
        return ALGORITHMS[self.algorithm].verify(self.raw, message, signature)

    def to_pem(self) -> str:
        """SubjectPublicKeyInfo in PEM, as openssl reads it."""
        return ALGORITHMS[self.algorithm].dump_public(self.raw)


@dataclass(frozen=True, slots=True)
class PrivateKey:
    """A private key; it is shown nowhere, not even in a traceback."""

    algorithm: str
    secret: bytes = field(repr=False)

    @property
    def public(self) -> PublicKey:
        """Its public half."""
        return PublicKey(self.algorithm, ALGORITHMS[self.algorithm].public(self.secret))

    @property
    def keyid(self) -> str:
        """The id of its public half."""
        return self.public.keyid

    def sign(self, message: bytes) -> bytes:
        """The signature over the message, raw."""
        return ALGORITHMS[self.algorithm].sign(self.secret, message)

    def to_pem(self) -> str:
        """PKCS #8 in PEM, not encrypted: whoever keeps it guards the file."""
        return ALGORITHMS[self.algorithm].dump(self.secret)


def generate(algorithm: str = "ed25519") -> PrivateKey:
    """A new key; raises KeyError for an algorithm that this version cannot do."""
    return PrivateKey(algorithm, ALGORITHMS[algorithm].generate())


def from_pem(pem: str) -> PrivateKey:
    """The private key of a PEM text; raises ValueError where none of the algorithms knows it."""
    for name, algorithm in ALGORITHMS.items():
        if secret := algorithm.load(pem):
            return PrivateKey(name, secret)
    raise ValueError("不是可用的私钥文件")


def public_from_pem(pem: str) -> PublicKey:
    """The public key of a PEM text; raises ValueError where none of the algorithms knows it."""
    for name, algorithm in ALGORITHMS.items():
        if raw := algorithm.load_public(pem):
            return PublicKey(name, raw)
    raise ValueError("不是可用的公钥文件")


def fingerprint(public: PublicKey) -> str:
    """The key's id as it is read aloud or printed: eight groups of four hexadecimal digits."""
    digits = public.keyid.rpartition("-")[2]
    return " ".join(digits[at : at + 4] for at in range(0, _HEX, 4))
