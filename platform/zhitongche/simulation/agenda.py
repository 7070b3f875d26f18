"""What will happen when: the queue of a simulation."""

from collections.abc import Callable
from datetime import datetime
from heapq import heappop, heappush
from itertools import count

from zhitongche.kernel.clock import Simulated

Deed = Callable[[], None]


class Agenda:
    """Deeds by moment (UTC); those of one moment in the order in which they were put down."""

    def __init__(self) -> None:
        self._waiting: list[tuple[datetime, int, Deed]] = []
        self._order = count()

    def put(self, moment: datetime, deed: Deed) -> None:
        """Do it at `moment`, or at once where that has passed."""
        heappush(self._waiting, (moment, next(self._order), deed))

    def run(self, simulated: Simulated, until: datetime) -> None:
        """Let time pass up to `until`, deed by deed; what is later stays."""
        while self._waiting and self._waiting[0][0] <= until:
            moment, _, deed = heappop(self._waiting)
            simulated.set(max(moment, simulated.now()))
            deed()
        simulated.set(max(until, simulated.now()))
