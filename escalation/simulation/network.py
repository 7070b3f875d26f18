"""Time and the network between houses: what is sent may be lost, doubled, delayed, answered late or never."""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from escalation.simulation.house import Crash, House

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from random import Random

    from escalation.protocol.reply import Reply

TIMEOUT: Final = 30.0
"""Seconds until a sender takes it that nobody answers."""


@dataclass(slots=True)
class Faults:
    """Chances, each from 0 to 1, and the longest delay in seconds; in force until `calm` is called."""

    lost: float = 0.0
    doubled: float = 0.0
    slow: float = 0.0
    delay: float = 0.0

    def calm(self) -> None:
        """The network is good from now on."""
        self.lost = self.doubled = self.slow = self.delay = 0.0


class Network:
    """What happens when; seconds since `start`."""

    def __init__(self, start: datetime, random: Random, faults: Faults) -> None:
        self.start, self.random, self.faults = start, random, faults
        self.seconds = 0.0
        self.cut: dict[frozenset[str], float] = {}
        self.events: list[tuple[float, int, Callable[[], object]]] = []
        self.count = self.messages = self.crashes = 0
        self.untrue: list[str] = []

    def now(self, house: House) -> datetime:
        """The time by the house's own clock."""
        return self.start + timedelta(seconds=self.seconds) + house.skew

    def later(self, seconds: float, what: Callable[[], object]) -> None:
        """Let it happen after so many seconds."""
        self.count += 1
        heapq.heappush(self.events, (self.seconds + seconds, self.count, what))

    def run(self, until: float) -> None:
        """Let everything happen that is due before `until`; a crash ends what it happens in and nothing else."""
        while self.events and self.events[0][0] <= until:
            self.seconds, _, what = heapq.heappop(self.events)
            try:
                what()
            except Crash:
                self.crashes += 1
        self.seconds = until

    def ask(
        self, here: House, there: House, envelope: bytes, answered: Callable[[Reply], object], silent: Callable[[], object]
    ) -> None:
        """Carry an envelope; `answered` with each reply that comes back, `silent` where none did in time."""
        life, came = here.life, list[bool]()

        def back(reply: Reply) -> None:
            # A process that died awaits nothing any more.
            if here.life == life:
                came.append(True)
                answered(reply)

        for _ in range(2 if self._chance(self.faults.doubled) else 1):
            self._carry(here, there, lambda: self._reach(here, there, envelope, back))
        self.later(TIMEOUT, lambda: None if came or here.life != life else silent())

    def _reach(self, here: House, there: House, envelope: bytes, back: Callable[[Reply], None]) -> None:
        reply = there.receive(envelope, self.now(there))
        if reply.kind == "receipt" and not there.has(envelope):
            self.untrue.append(f"{there.code} gave a receipt for what is not in its books")
        self._carry(here, there, lambda: back(reply))

    def _carry(self, here: House, there: House, what: Callable[[], object]) -> None:
        self.messages += 1
        apart = self.cut.get(frozenset((here.code, there.code)), 0.0) > self.seconds
        if apart or self._chance(self.faults.lost):
            return
        slow = self._chance(self.faults.slow)
        self.later(self.random.uniform(0, self.faults.delay) if slow else self.random.uniform(0.01, 0.5), what)

    def _chance(self, chance: float) -> bool:
        return chance > 0 and self.random.random() < chance
