"""Cases played through the real use cases, from which the data set is multiplied."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from uuid import UUID

from tests.support.stage import Play
from zhitongche.casework import sweep
from zhitongche.kernel.clock import Simulated
from zhitongche.persistence import unit_of_work


@dataclass(frozen=True)
class Template:
    """One played case; `unit` is the code of the unit that leads it."""

    story: str
    unit: str
    petition_id: UUID
    closed: bool


@dataclass
class Teller:
    """Plays one case of the monthly-session county; every step takes some hours, as it does in offices."""

    play: Play
    clock: Simulated
    unit: str
    other: str
    rng: Random

    def tell(self, story: str) -> Template:
        """Play the story to where it stands; the clock is left at its last act."""
        self.play.petition_id = None
        self.play.hand_in(category=self.rng.choice(list(self.play.pack.categories)))
        STORIES[story](self)
        return Template(story, self.unit, self.play.id, self.play.petition.outcome is not None)

    def act(self, action: str, who: str, *, hours: int = 3, **form: object) -> None:
        """One act, some hours after the last."""
        self.clock.advance(timedelta(hours=hours, minutes=self.rng.randrange(50)))
        self.play.act(action, who, **form)

    def accept(self, *, co: bool = False) -> None:
        """Screened and assigned, with a co-organizer where asked."""
        beside = [self.play.unit(self.other)] if co else []
        ground = next(iter(self.play.pack.grounds_accept))
        self.act("accept", "triage", accept_ground=ground, lead=self.play.unit(self.unit), co=beside)

    def handle(self, *, co: bool = False) -> None:
        """Received, and the enterprise spoken to."""
        self.accept(co=co)
        self.act("receive", self.unit)
        self.contact()

    def contact(self) -> None:
        """A call to the enterprise, on the record."""
        self.act("contact", self.unit, how="phone", happened=self.clock.now(), text="已与企业电话沟通，核实情况，说明办理安排。")

    def reply(self, *, co: bool = False) -> None:
        """The lead unit's opinion, after the co-organizer's."""
        self.handle(co=co)
        if co:
            self.act("reply_part", self.other, reply="涉及我单位部分已核实，同意牵头单位意见。")
        self.act("reply", self.unit, hours=20, reply="经现场核实，已列入本月整改计划，月底前完成。", resolution="resolved")

    def answer(self, *, co: bool = False) -> None:
        """Answered to the enterprise, which may now rate."""
        self.reply(co=co)
        self.act("answer", "triage", reply="您反映的问题已核实，相关单位月底前完成整改，感谢您的监督。")

    def refuse(self) -> None:
        """Not accepted, on a listed ground."""
        ground = next(iter(self.play.pack.grounds_refuse))
        self.act("refuse", "triage", refusal_ground=ground, reason="经甄别属于已进入诉讼程序的事项，依规不予受理。")

    def withdraw(self) -> None:
        """The enterprise thinks better of it."""
        self.accept()
        self.act("withdraw", "enterprise", reason="问题已自行协商解决。")

    def satisfied(self, *, co: bool = False) -> None:
        """Rated, and closed."""
        self.answer(co=co)
        self.act("rate", "enterprise", satisfaction="satisfied", text="处理及时，谢谢。")

    def silent(self) -> None:
        """Never rated: the system rates when the time is over."""
        self.answer()
        self.clock.advance(timedelta(days=6))
        for row in self.play.running().values():
            with unit_of_work():
                sweep.pass_due(row.id)

    def unsatisfied(self) -> None:
        """Rated badly, and gone back to the lead unit."""
        self.answer()
        self.act("rate", "enterprise", satisfaction="unsatisfied", text="问题没有真正解决，请再协调。")
        self.act("pass_on", "triage", opinion="请主办单位再次与企业沟通。")

    def finalised(self) -> None:
        """The lead unit's last word."""
        self.unsatisfied()
        self.contact()
        self.act("finalise", self.unit, reply="经再次协调，已与企业达成一致处理意见。")

    def objected(self) -> None:
        """The unit says that it is another's."""
        self.accept()
        self.act("object", self.unit, should_be=self.play.unit(self.other), reason="该事项属其他单位职责范围。")

    def settled(self) -> None:
        """The objection was not shared; the same unit goes on and closes."""
        self.objected()
        self.act("settle", "triage", verdict="disagree", reason="经研究仍由原单位主办。")
        self.act("receive", self.unit)
        self.act("reply", self.unit, hours=20, reply="已按职责办理完毕。", resolution="resolved")
        self.act("answer", "triage", reply="您反映的问题已办理完毕。")
        self.act("rate", "enterprise", satisfaction="satisfied")

    def raised(self) -> None:
        """Beyond the unit's means: on the county's list."""
        self.handle()
        self.act("give_up", self.unit, opinion="涉及多个部门，建议列入县级协调。")
        self.act("review_county", "triage", verdict="agree", opinion="同意列入县级诉求。")


STORIES: dict[str, Callable[[Teller], None]] = {
    "screening": lambda teller: None,
    "assigned": Teller.accept,
    "assigned_co": lambda teller: teller.accept(co=True),
    "handling": Teller.handle,
    "objected": Teller.objected,
    "replied": Teller.reply,
    "answered": lambda teller: teller.answer(co=True),
    "reconsidering": Teller.unsatisfied,
    "county_level": Teller.raised,
    "satisfied": Teller.satisfied,
    "satisfied_co": lambda teller: teller.satisfied(co=True),
    "silent": Teller.silent,
    "finalised": Teller.finalised,
    "settled": Teller.settled,
    "refused": Teller.refuse,
    "withdrawn": Teller.withdraw,
}
"""What a case can be at when one looks; the closed ones in the second half."""


def tell_all(play: Play, clock: Simulated, rng: Random, *, units: int) -> list[Template]:
    """Every story led by each of the county's first `units` handling units."""
    codes = [unit.code for unit in play.pack.units if "handler" in unit.roles]
    told, began = [], clock.now()
    for at, unit in enumerate(codes[:units]):
        for story in STORIES:
            clock.set(began + timedelta(days=at, minutes=len(told)))
            told.append(Teller(play, clock, unit, codes[(at + 7) % len(codes)], rng).tell(story))
    return told
