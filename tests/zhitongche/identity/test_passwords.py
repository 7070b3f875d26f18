import pytest
from argon2 import PasswordHasher

from zhitongche.identity import passwords, words
from zhitongche.kernel.errors import Invalid


def fault(password: str, *personal: str) -> str:
    with pytest.raises(Invalid) as refused:
        passwords.check_rules(password, personal=personal)
    return refused.value.errors["password"]


def test_a_password_is_kept_as_argon2id_and_never_twice_the_same() -> None:
    first, second = passwords.hashed("gu-hai-2847x"), passwords.hashed("gu-hai-2847x")
    assert first.startswith("$argon2id$")
    assert first != second
    assert passwords.verify(first, "gu-hai-2847x")
    assert not passwords.verify(first, "gu-hai-2847X")


def test_outside_of_tests_a_hash_costs_what_the_rfc_recommends(shipped_hasher: PasswordHasher) -> None:
    # RFC 9106 section 4, second recommendation.
    assert (shipped_hasher.time_cost, shipped_hasher.memory_cost, shipped_hasher.parallelism) == (3, 64 * 1024, 4)


def test_nobody_signs_in_to_an_account_without_a_password_or_with_a_broken_hash() -> None:
    assert not passwords.verify(None, "")
    assert not passwords.verify("$argon2id$broken", "gu-hai-2847x")


def test_an_endless_password_is_not_hashed() -> None:
    stored = passwords.hashed("x" * passwords.MAXIMUM)
    assert not passwords.verify(stored, "x" * 1_000_000)


@pytest.mark.parametrize(
    ("password", "told"),
    [
        ("ab1-xyz7q", words.TOO_SHORT.format(length=10)),
        ("ab1" * 60, words.TOO_LONG.format(length=128)),
        ("abcdefghijkl", words.NOT_MIXED),
        ("748291650374", words.NOT_MIXED),
        ("PassWord-2026", words.TOO_COMMON),
        ("a1a1a1a1a1a1", words.TOO_COMMON),
        ("13800001234ab", words.TOO_PERSONAL),
    ],
)
def test_a_weak_password_is_refused_with_its_reason(password: str, told: str) -> None:
    assert fault(password, "13800001234") == told


def test_invented_passwords_keep_the_rules_and_differ() -> None:
    invented = {passwords.invented() for _ in range(50)}
    assert len(invented) == 50
    for password in invented:
        passwords.check_rules(password)
