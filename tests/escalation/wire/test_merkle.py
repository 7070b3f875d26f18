"""The tree is RFC 6962's: the vectors are those of Certificate Transparency's reference implementation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalation.wire import merkle

LEAVES = [bytes.fromhex(one) for one in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


@pytest.mark.parametrize("size", range(9))
def test_the_roots_are_those_of_certificate_transparency(size: int) -> None:
    assert merkle.root(LEAVES[:size]).hex() == ROOTS[size]


def test_the_path_is_that_of_certificate_transparency() -> None:
    told = [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]
    assert [one.hex() for one in merkle.proof(LEAVES, 5)] == told


@given(st.lists(st.binary(max_size=4), min_size=1, max_size=70), st.data())
def test_every_leaf_has_a_proof_and_no_other_leaf_place_or_size_has_it(leaves: list[bytes], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(leaves) - 1))
    head, path = merkle.root(leaves), merkle.proof(leaves, index)
    assert merkle.holds(leaves[index], index, len(leaves), path, head)
    assert not merkle.holds(leaves[index] + b"x", index, len(leaves), path, head)
    assert not merkle.holds(leaves[index], len(leaves), len(leaves), path, head)
    assert not merkle.holds(leaves[index], index, len(leaves), [*path, head], head)
    assert not path or not merkle.holds(leaves[index], index, len(leaves), path[:-1], head)


@given(st.lists(st.binary(min_size=1, max_size=4), min_size=2, max_size=20, unique=True), st.data())
def test_any_change_of_the_leaves_is_another_root(leaves: list[bytes], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(leaves) - 1))
    head = merkle.root(leaves)
    assert merkle.root([*leaves[:index], *leaves[index + 1 :]]) != head
    assert merkle.root([*leaves[:index], leaves[index] + b"\x00", *leaves[index + 1 :]]) != head
    assert merkle.root([*leaves[:index], leaves[index], *leaves[index:]]) != head
