"""The Merkle tree over entries' hashes: one root seals them all, a short proof shows that one is among them. RFC 6962 section 2.1, SHA-256."""

from collections.abc import Sequence
from hashlib import sha256


def root(leaves: Sequence[bytes]) -> bytes:
    """The tree's head; of no leaves the hash of nothing."""
    if not leaves:
        return sha256().digest()
    level = [_leaf(one) for one in leaves]
    while len(level) > 1:
        level = _above(level)
    return level[0]


def proof(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """The audit path of the leaf at `index`, from the bottom up; raises IndexError. RFC 6962 section 2.1.1."""
    if not 0 <= index < len(leaves):
        raise IndexError(index)
    level, path = [_leaf(one) for one in leaves], list[bytes]()
    while len(level) > 1:
        if index ^ 1 < len(level):
            path.append(level[index ^ 1])
        level, index = _above(level), index >> 1
    return path


def holds(leaf: bytes, index: int, size: int, path: Sequence[bytes], head: bytes) -> bool:
    """Whether the path proves the leaf to be the one at `index` of `size` under `head`. RFC 9162 section 2.1.3.2."""
    if not 0 <= index < size:
        return False
    last, found = size - 1, _leaf(leaf)
    for one in path:
        if last == 0:
            return False
        if index & 1 or index == last:
            found = _node(one, found)
            while not index & 1 and index:
                index, last = index >> 1, last >> 1
        else:
            found = _node(found, one)
        index, last = index >> 1, last >> 1
    return last == 0 and found == head


def _leaf(data: bytes) -> bytes:
    return sha256(b"\x00" + data).digest()


def _node(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


def _above(level: list[bytes]) -> list[bytes]:
    # Pairing up from the left, an odd one rising as it is, gives the RFC's tree: its left part is the largest power of two.
    paired = [_node(level[at], level[at + 1]) for at in range(0, len(level) - 1, 2)]
    return paired + level[len(paired) * 2 :]
