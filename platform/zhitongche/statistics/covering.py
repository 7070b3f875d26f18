"""No count below five is shown, and none can be worked out from the sums shown beside it. Pure.

Whoever knows the sums may shift one from one hidden cell to another as long as every sum stays as it is: cells are the
edges of a network whose nodes are the sums. A hidden count stays unknown if and only if such a shift through it exists
(the bounds are whole numbers, and so are the corners of a network's polytope), so what is covered beside it is made sure
of, not hoped for. Complementary suppression: Willenborg & de Waal, Elements of Statistical Disclosure Control, ch. 4.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from itertools import count
from typing import TYPE_CHECKING, Final, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

MINIMUM: Final = 5
"""The smallest count that those above may see (shared/trust.md, isolation 7)."""
FEW: Final = "few"
"""Less than MINIMUM, nought included: few may be none."""
COVERED: Final = "covered"
"""At least MINIMUM, hidden so that no small one can be worked out."""

_GROUND: Final = -1
_SCARCE: Final = 10**12
K = TypeVar("K", bound="Hashable")


def cover(counts: Mapping[K, int], lines: Sequence[tuple[K, Sequence[K]]], *, least: int = 0) -> dict[K, str]:
    """Which cells must not be shown, and why: few or covered. Each line is a sum that is shown, with what it is the sum of.

    `least`: what a small count is known to be at least. A cell may stand in two lines at most, as in a table with sums of rows and of columns, and sums of those. Raises ValueError
    for lines that are no such table.
    """
    table = _Table(counts, lines, least)
    for cell in [cell for cell, n in counts.items() if n < MINIMUM]:
        for covered in table.needed(cell):
            table.hidden[covered] = COVERED
    return table.hidden


class _Table(Generic[K]):
    def __init__(self, counts: Mapping[K, int], lines: Sequence[tuple[K, Sequence[K]]], least: int) -> None:
        self.counts, self.least = counts, least
        self.hidden: dict[K, str] = {cell: FEW for cell, n in counts.items() if n < MINIMUM}
        self.ends = _ends(counts, lines)
        self.at: dict[int, list[K]] = defaultdict(list)
        for cell, ends in self.ends.items():
            for node in ends:
                self.at[node].append(cell)

    def needed(self, cell: K) -> list[K]:
        """What must be covered beside a small cell, so that it could be another; nothing where it could be already."""
        if cell not in self.ends:
            return []
        plus, minus = self.ends[cell]
        ways = [self._way(plus, minus, cell)] if self._room(cell, up=True) else []
        ways += [self._way(minus, plus, cell)] if self._room(cell, up=False) else []
        found = [way for way in ways if way is not None]
        # Nothing would do where all is small: then all is hidden.
        return min(found)[2] if found else [other for other in self.counts if other not in self.hidden]

    def _way(self, start: int, goal: int, without: K) -> tuple[int, int, list[K]] | None:
        """The cheapest shift of one from `start` to `goal`: what is hidden costs nothing, what is shown as much as it says."""
        turn = count()
        queue: list[tuple[int, int, int, list[K]]] = [(0, next(turn), start, [])]
        done: set[int] = set()
        while queue:
            cost, number, node, covered = heapq.heappop(queue)
            if node == goal:
                return cost, number, covered
            if node in done:
                continue
            done.add(node)
            for cell in self.at[node]:
                plus, minus = self.ends[cell]
                up = minus == node
                if cell != without and self._room(cell, up=up):
                    new = [] if cell in self.hidden else [cell]
                    heapq.heappush(queue, (cost + sum(self._cost(one, up=up) for one in new), next(turn), plus if up else minus, covered + new))
        return None

    def _room(self, cell: K, *, up: bool) -> int:
        """How far a cell could be from what it is, hidden (as it would be)."""
        n = self.counts[cell]
        if n < MINIMUM:
            return MINIMUM - 1 - n if up else n - self.least
        return _SCARCE if up else n - MINIMUM

    def _cost(self, cell: K, *, up: bool) -> int:
        # One with little room would leave few possible values to what it covers.
        return self.counts[cell] + (0 if self._room(cell, up=up) >= MINIMUM - 1 else _SCARCE)


def _ends(counts: Mapping[K, int], lines: Sequence[tuple[K, Sequence[K]]]) -> dict[K, tuple[int, int]]:
    """The two nodes of each cell: where one more of it adds, and where it takes away."""
    places: dict[K, list[tuple[int, int]]] = defaultdict(list)
    for number, (total, members) in enumerate(lines):
        for cell, sign in [(total, -1), *((member, 1) for member in members)]:
            if cell in counts:
                places[cell].append((number, sign))
    if any(len(found) > 2 for found in places.values()):
        raise ValueError("a cell in more than two lines")
    turned = _turned(len(lines), [found for found in places.values() if len(found) == 2])
    return {cell: _directed([(line, sign * turned[line]) for line, sign in found]) for cell, found in places.items()}


def _directed(found: list[tuple[int, int]]) -> tuple[int, int]:
    (first, sign), *rest = found
    other = rest[0][0] if rest else _GROUND
    return (first, other) if sign > 0 else (other, first)


def _turned(size: int, shared: Sequence[Sequence[tuple[int, int]]]) -> list[int]:
    """The sign of each line, so that every cell adds at one of its lines and takes away at the other."""
    beside: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for (one, sign), (other, other_sign) in shared:
        beside[one].append((other, -sign * other_sign))
        beside[other].append((one, -sign * other_sign))
    turned = [0] * size
    for begin in range(size):
        ahead = [] if turned[begin] else [(begin, 1)]
        while ahead:
            line, sign = ahead.pop()
            if turned[line] not in (0, sign):
                raise ValueError("lines that are no table")
            if not turned[line]:
                turned[line] = sign
                ahead += [(other, sign * factor) for other, factor in beside[line]]
    return turned
