"""One schedule: houses, a network and disasters drawn from a seed, then calm, then the verdict."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from random import Random
from typing import TYPE_CHECKING, Final

from escalation.protocol import healing
from escalation.simulation import verdict
from escalation.simulation.house import House
from escalation.simulation.network import Faults, Network
from escalation.simulation.signing import Keys

if TYPE_CHECKING:
    from escalation.protocol.reply import Reply
    from escalation.protocol.rows import Outgoing

START: Final = datetime(2026, 3, 2, tzinfo=UTC)
HOUR: Final = 3600.0
DAY: Final = 24 * HOUR
REST: Final = 36 * HOUR
"""So long after the last fault everything must have come to rest."""
_SWEEP: Final = 60.0
_LONGEST_NAP: Final = 600.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a schedule ended; `faults` is empty where every promise held. Seconds are of the simulated time."""

    seed: int
    faults: tuple[str, ...]
    houses: int
    messages: int
    crashes: int
    restores: int
    applied: int
    seconds: float = field(compare=False)


def run(seed: int) -> Outcome:
    """Play the schedule of this seed."""
    return Schedule(seed).play()


class Schedule:
    """Everything is drawn from one seed: the same seed is the same schedule."""

    def __init__(self, seed: int) -> None:
        self.seed, self.random = seed, Random(seed)  # noqa: S311
        draw = self.random
        keys = Keys(START, timedelta(hours=draw.uniform(0, 24)))
        self.faults = Faults(draw.choice((0.0, 0.1, 0.3)), draw.choice((0.0, 0.3)), draw.choice((0.0, 0.3)), draw.choice((5.0, 90.0)))
        self.network = Network(START, draw, self.faults)
        self.houses = {house.code: house for house in _houses(draw, keys)}
        self.active = draw.choice((0.5, 1.0, 2.0)) * HOUR
        self.naps = dict.fromkeys(self.houses, _SWEEP)

    def play(self) -> Outcome:
        """Faults while people work, then calm."""
        for house in self.houses.values():
            house.crash_before, house.crash_after = self.random.choice(((0.0, 0.0), (0.03, 0.03), (0.1, 0.05)))
            self._live(house)
        self._disasters()
        self.network.run(self.active)
        self.faults.calm()
        for house in self.houses.values():
            house.crash_before = house.crash_after = 0.0
        self._rest()
        found = (*self.network.untrue, *verdict.faults(self.houses))
        every = self.houses.values()
        applied = sum(len(heard) for house in every for heard in house.bureau.heard.values())
        return Outcome(
            self.seed, found, len(self.houses), self.network.messages, self.network.crashes,
            sum(house.restored for house in every), applied, self.network.seconds,
        )  # fmt: skip

    def _rest(self) -> None:
        end = self.network.seconds + REST
        while self.network.seconds < end:
            self.network.run(self.network.seconds + 2 * healing.EVERY.total_seconds())
            if not any(self.network.cut.values()) and not any(verdict.at_rest(self.houses)):
                return
            self.network.cut = {pair: until for pair, until in self.network.cut.items() if until > self.network.seconds}

    def _live(self, house: House) -> None:
        draw, later = self.random, self.network.later
        for _ in range(draw.choice((1, 1, 2)) if house.parent else 0):
            later(draw.uniform(0, self.active / 2), house.open_case)
        for _ in range(draw.randint(4, 10)):
            later(draw.uniform(0, self.active), lambda: self._work(house))
        later(draw.uniform(0, _SWEEP), lambda: self._sweep(house))
        for peer in self._neighbours(house):
            later(draw.uniform(0, 900), partial(self._compare, house, peer))

    def _disasters(self) -> None:
        draw, later, codes = self.random, self.network.later, sorted(self.houses)
        for _ in range(draw.choice((0, 1, 1, 2))):
            house = self.houses[draw.choice(codes)]
            at = draw.uniform(0, self.active)
            later(at, partial(self._back_up, house, draw.uniform(0, self.active - at)))
        if draw.random() < 0.3:
            pair = frozenset(draw.sample(codes, 2))
            length = draw.choice((HOUR / 2, DAY))
            later(draw.uniform(0, self.active), lambda: self.network.cut.update({pair: self.network.seconds + length}))

    def _back_up(self, house: House, until: float) -> None:
        backup = house.backup()
        self.network.later(until, lambda: house.restore(backup))

    def _work(self, house: House) -> None:
        if house.work(self.network.now(house)):
            self.naps[house.code] = _SWEEP
            self.network.later(0.1, lambda: self._send(house))

    def _sweep(self, house: House) -> None:
        nap = self.naps[house.code]
        self.naps[house.code] = min(nap * 1.5, _LONGEST_NAP)
        self.network.later(nap, lambda: self._sweep(house))
        now = self.network.now(house)
        for request in house.ask(lambda books: healing.gaps(books, house.pen, now), now):
            self._ask(house, request)
        self._send(house)

    def _send(self, house: House) -> None:
        for row in house.claim(self.network.now(house)):
            envelope = house.pen.fresh(row.envelope)
            self.network.ask(
                house, self.houses[row.peer], envelope,
                partial(self._took, house, row), partial(self._unanswered, house, row),
            )  # fmt: skip

    def _took(self, house: House, row: Outgoing, reply: Reply) -> None:
        house.take(row, reply, self.network.now(house))
        self.network.later(0.1, lambda: self._send(house))

    def _unanswered(self, house: House, row: Outgoing) -> None:
        house.unanswered(row, self.network.now(house))

    def _compare(self, house: House, peer: str) -> None:
        self.network.later(healing.EVERY.total_seconds(), lambda: self._compare(house, peer))
        now = self.network.now(house)
        for request in house.ask(lambda books: healing.begin(books, house.pen, peer, now), now):
            self._ask(house, request)

    def _ask(self, house: House, request: healing.Request) -> None:
        def answered(reply: Reply) -> None:
            for further in house.answered(request, reply, self.network.now(house)):
                self._ask(house, further)

        self.network.ask(house, self.houses[request.peer], request.envelope, answered, lambda: None)

    def _neighbours(self, house: House) -> list[str]:
        below = [one.code for one in self.houses.values() if one.parent == house.code]
        return [*below, *([house.parent] if house.parent else [])]


def _houses(draw: Random, keys: Keys) -> list[House]:
    """Two or more levels: a chain or a tree."""
    count = draw.choice((2, 2, 3, 3, 4))
    parents = [None, *(f"t{draw.choice((number - 1, draw.randrange(number)))}" for number in range(1, count))]
    return [House(f"t{n}", parent, keys, draw, timedelta(seconds=draw.uniform(-120, 120))) for n, parent in enumerate(parents)]
