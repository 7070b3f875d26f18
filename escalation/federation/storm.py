"""The storm: deployments over a bad line, their processes killed at random, cases rising and coming back all the while."""

from __future__ import annotations

import threading
import time
from collections import Counter
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from functools import partial
from random import Random
from typing import TYPE_CHECKING, Final

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from escalation.federation import figures, ladder, verdict
from escalation.federation.camp import Camp
from escalation.federation.clerks import Clerks, Stuck
from escalation.federation.figures import Figures
from escalation.federation.processes import PARTS, of_part
from zhitongche.kernel.errors import ZhitongcheError

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from escalation.federation.house import House
    from escalation.federation.proxy import Luck

DATABASE_EVERY: Final = 9
"""Every so many kills, the whole database server of a deployment is the one."""
CALM_SECONDS: Final = 300.0
"""After the wind has fallen, so long may go by without any progress."""
AT_ONCE: Final = 40
"""So many cases of a tenant are in its people's hands at once; the next begins when one has ended."""
_ORDER: Final = ("web", "worker", "worker", "beat")


@dataclass
class Storm:
    """One storm over a running house: faults for `minutes` at most, a kill about every `pace` seconds; `say` tells how it goes."""

    house: House
    luck: Luck
    cases: int
    minutes: float
    pace: float
    seed: int
    say: Callable[[str], None] = print
    kills: Counter[str] = field(default_factory=Counter)
    broken: Counter[str] = field(default_factory=Counter)
    """What people met while they worked: a line that broke, somebody who was first."""
    windy: bool = True
    """Whether faults happen, and further cases are begun."""
    _over: threading.Event = field(default_factory=threading.Event)

    def run(self) -> Figures:
        """From the main thread, which also keeps the deployments alive."""
        with ExitStack() as stack:
            camps = [stack.enter_context(Camp.of(site, self.house.root(site.code))) for site in self.house.sites]
            drivers = self._people(camps)
            self.say(f"  {sum(len(driver.cases) for driver in drivers)} 件诉求已到上报前一步，风暴开始")
            started = time.monotonic()
            self._blow(camps, drivers)
            calm = time.monotonic()
            stuck = self._settle(camps, drivers)
            ended = time.monotonic()
            return self._told(camps, drivers, calm - started, ended - calm, stuck)

    def _clerks(self, camp: Camp, tenant: str) -> Clerks:
        with camp.tenant(tenant):
            return Clerks(f"{tenant}/{self.seed}")

    def _people(self, camps: list[Camp]) -> list[_Driver]:
        """Everybody who works, the cases spread over the tenants that have somebody above them here, the first ones about to rise."""
        people = [(camp, tenant, self._clerks(camp, tenant)) for camp in camps for tenant in camp.site.tenants]
        served = {tenant for _, tenant, _ in people}
        lower = [tenant for _, tenant, clerks in people if any(way.to in served for way in clerks.pack.escalation)]
        share = Counter(lower[number % len(lower)] for number in range(self.cases))
        drivers = [_Driver(self, camp, tenant, clerks, share[tenant]) for camp, tenant, clerks in people]
        for driver in drivers:
            driver.prepare(self.house.tend)
        return drivers

    def _blow(self, camps: list[Camp], drivers: list[_Driver]) -> None:
        chance, end, next_kill = Random(self.seed), time.monotonic() + 60 * self.minutes, 0.0  # noqa: S311
        for driver in drivers:
            driver.start()
        while time.monotonic() < end and not all(driver.idle for driver in drivers):
            if time.monotonic() >= next_kill:
                self._strike(camps, chance)
                next_kill = time.monotonic() + chance.uniform(0.5, 1.5) * self.pace
            self._tend(camps)

    def _strike(self, camps: list[Camp], chance: Random) -> None:
        camp, part = chance.choice(camps), chance.choice(_ORDER)
        if sum(self.kills.values()) % DATABASE_EVERY == DATABASE_EVERY - 1:
            part = "database"
        if camp.kill(part, chance):
            self.kills[part] += 1

    def _settle(self, camps: list[Camp], drivers: list[_Driver]) -> bool:
        """No more faults; everybody finishes, then nothing may be under way any more. Whether it got stuck instead."""
        self.windy = False
        self.luck.calm()
        self.say("  风停，等待平静")
        seen, last = 0, time.monotonic()
        while not (quiet := self._is_quiet(camps, drivers)) and time.monotonic() - last < CALM_SECONDS:
            self._tend(camps)
            if (now := _progress(camps)) != seen:
                seen, last = now, time.monotonic()
        self._over.set()
        for driver in drivers:
            driver.join()
        return not quiet

    def _is_quiet(self, camps: list[Camp], drivers: list[_Driver]) -> bool:
        if not all(driver.idle for driver in drivers) or not all(of_part(c.root, part) for c in camps for part in PARTS):
            return False
        with suppress(DBAPIError):
            return verdict.quiet(camps)
        return False

    def _tend(self, camps: list[Camp]) -> None:
        self.house.tend()
        for camp in camps:
            # Its database may be the one that was killed just now, or its queue.
            with suppress(Exception):
                camp.let_time_pass()
        time.sleep(0.3)

    def _told(self, camps: list[Camp], drivers: list[_Driver], storm: float, calm: float, stuck: bool) -> Figures:
        faults = [*verdict.check(camps)]
        if stuck:
            faults.append(f"{CALM_SECONDS:.0f} 秒内没有任何进展：{dict(self.broken)}")
        rises = sum(camp.rows("select count(*) from escalation")[0][0] for camp in camps)
        return Figures(
            seed=self.seed, cases=sum(driver.begun for driver in drivers), rises=rises, seconds_storm=storm, seconds_calm=calm,
            kills=dict(self.kills), line=dict(self.luck.met), broken_acts=sum(self.broken.values()), faults=tuple(faults),
            **figures.of_messages(camps),
        )  # fmt: skip

    @property
    def over(self) -> bool:
        """Whether people may go home."""
        return self._over.is_set()


class _Driver(threading.Thread):
    """The people of one tenant at work, until the storm is over; `idle` while there is nothing for them to do."""

    def __init__(self, storm: Storm, camp: Camp, tenant: str, clerks: Clerks, share: int) -> None:
        super().__init__(name=f"people-{tenant}", daemon=True)
        self._storm, self._camp, self._tenant, self._clerks, self._share = storm, camp, tenant, clerks, share
        self.cases: list[UUID] = []
        self.begun = 0
        self.idle = False

    def prepare(self, meanwhile: Callable[[], None]) -> None:
        """Before any fault: as many cases as are in hand at once, each brought to where it rises."""
        goal = ladder.before_rising(self._clerks.pack.flow) if self._share else frozenset()
        while self._room():
            with self._camp.tenant(self._tenant):
                petition = self._begin()
                while not self._clerks.stands_in(petition, goal):
                    self._clerks.towards(petition, goal)
                    meanwhile()

    def run(self) -> None:
        while not self._storm.over:
            self.idle = self._round()
            time.sleep(0.2)

    def _round(self) -> bool:
        """One step of each case; whether there was none to take."""
        if self._storm.windy and self._room():
            self._safely(self._begin)
        ended = {case for case in self.cases if self._safely(partial(ladder.below, self._clerks, case)) is True}
        self.cases = [case for case in self.cases if case not in ended]
        left = self._safely(partial(ladder.above, self._clerks))
        return not self.cases and left == 0 and not (self._storm.windy and self._room())

    def _room(self) -> bool:
        return self.begun < self._share and len(self.cases) < AT_ONCE

    def _begin(self) -> UUID:
        petition = self._clerks.hand_in(self.begun + 1)
        self.begun += 1
        self.cases.append(petition)
        return petition

    def _safely(self, act: Callable[[], object]) -> object:
        try:
            with self._camp.tenant(self._tenant):
                return act()
        except (SQLAlchemyError, ZhitongcheError, Stuck) as error:
            # As a person would: look again, press again. Only what lasts is a fault, and then it never gets quiet.
            self._storm.broken[f"{type(error).__name__}: {str(error)[:200]}"] += 1
            return None


def _progress(camps: list[Camp]) -> int:
    """Grows with every act and every receipt."""
    acts = "select (select coalesce(sum(version), 0) from petition) + (select count(*) from bridge_outgoing where receipted_at is not null)"
    with suppress(DBAPIError):
        return sum(int(camp.rows(acts)[0][0]) for camp in camps)
    return 0
