"""Passwords (密码): their rules and their hashes."""

import secrets
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from zhitongche.identity import words
from zhitongche.kernel.errors import Invalid

MINIMUM = 10
MAXIMUM = 128
# Without 0 O 1 l I: a first password is read aloud over the telephone.
_LETTERS = "abcdefghjkmnpqrstuvwxyz"
_DIGITS = "23456789"
_COMMON = (
    "password",
    "qwerty",
    "abc123",
    "admin",
    "123456",
    "111111",
    "000000",
    "iloveyou",
    "woaini",
    "a1b2c3",
)

_hasher = PasswordHasher()


def check_rules(password: str, *, personal: tuple[str | None, ...] = (), field: str = "password") -> None:
    """Refuse a weak password; raises Invalid on `field`. GB/T 22239-2019 8.1.4.1, NIST SP 800-63B 5.1.1."""
    if fault := _fault(password, [word.lower() for word in personal if word]):
        raise Invalid({field: fault})


def hashed(password: str) -> str:
    """The argon2id hash with the library's parameters. RFC 9106 section 4, second recommendation."""
    return _hasher.hash(password)


def verify(stored: str | None, password: str) -> bool:
    """Whether the password is the one; takes as long where there is none, so that time tells nothing."""
    # An endless password would cost hashing time without end.
    endless = len(password) > MAXIMUM
    try:
        _hasher.verify(stored or _nobodys(), password[:MAXIMUM])
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None and not endless


def needs_rehash(stored: str) -> bool:
    """Whether the hash was made with weaker parameters than today's."""
    return _hasher.check_needs_rehash(stored)


def invented() -> str:
    """A first password that keeps the rules: three groups of four, easy to read out; about 57 bits."""
    while True:
        groups = ["".join(secrets.choice(_LETTERS + _DIGITS) for _ in range(4)) for _ in range(3)]
        password = "-".join(groups)
        if _fault(password, []) is None:
            return password


@cache
def _nobodys() -> str:
    return _hasher.hash(secrets.token_hex(16))


def _fault(password: str, personal: list[str]) -> str | None:
    lower = password.lower()
    if len(password) < MINIMUM:
        return words.TOO_SHORT.format(length=MINIMUM)
    if len(password) > MAXIMUM:
        return words.TOO_LONG.format(length=MAXIMUM)
    if not any(c.isalpha() for c in password) or not any(c.isdigit() for c in password):
        return words.NOT_MIXED
    if any(word in lower for word in personal):
        return words.TOO_PERSONAL
    if any(word in lower for word in _COMMON) or len(set(lower)) < 5:
        return words.TOO_COMMON
    return None
