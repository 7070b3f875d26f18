"""A tenant with its people, for tests that play a case: `play.act("accept", "triage", lead="…")`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import select

from zhitongche.casework import clocks, register, sweep
from zhitongche.casework.case import facts_now, load
from zhitongche.casework.door import perform
from zhitongche.casework.facts import open_clocks
from zhitongche.casework.intake import clean_intake
from zhitongche.casework.tables import Clock, Petition
from zhitongche.flow.facts import SYSTEM, Actor
from zhitongche.identity import enterprises, units
from zhitongche.identity.enterprises import EnterpriseForm
from zhitongche.identity.tables import Person, Unit
from zhitongche.kernel import clock
from zhitongche.kernel.ids import new_id
from zhitongche.persistence import db, unit_of_work
from zhitongche.tenancy import current, versions
from zhitongche.tenancy.pack import Pack

__all__ = ["Play", "clocks"]

CREDIT_CODES = ("91440500617540496Q", "91445122MA4UQ12A06", "91440507MA51AB3C10")
"""Real form, valid check digits; which enterprise they belong to does not matter here."""

ROLES = ("triage", "leader", "office", "supervision", "reviewer", "window", "hotline", "admin")
"""One official of each works in every tenant."""

TEXT = {
    "title": "厂区门口道路破损影响货车进出",
    "content": "我司厂区门口约二百米道路破损严重，雨天积水，货车进出困难，多次报修未果，请协调修复。",
    "wish": "尽快修复路面",
    "contact_name": "陈静",
    "contact_mobile": "13800001234",
}


@dataclass
class Play:
    """One case of one tenant, played by anyone. Every act is a unit of work, as at the edge."""

    pack: Pack
    people: dict[str, Actor] = field(default_factory=dict)
    petition_id: UUID | None = None

    @classmethod
    def open(cls, pack: Pack) -> Play:
        """Units and one official per role; enterprise `one` with its person."""
        play = cls(pack)
        with unit_of_work():
            versions.keep(pack)
            units.sync(pack)
            # All homes are looked up before there is anybody to write down: one statement then writes them all.
            homes = [(role, _home(role)) for role in ROLES]
            play.people |= {role: play._official(role, home) for role, home in homes}
            play.people["enterprise"] = play.enterprise_person(CREDIT_CODES[0], "甲公司", "13800001234")
        return play

    def _official(self, role: str, unit: Unit | None) -> Actor:
        home = unit or _home(role)
        person = Person(
            id=new_id(), kind="official", login=f"{role}-{new_id().hex[-8:]}", name=f"{role}某", mobile="13900001234",
            unit_id=home.id if home else None, roles=[role],
        )  # fmt: skip
        db.session.add(person)
        return Actor(
            "official",
            person.name,
            person.id,
            person.unit_id,
            home.kind if home else "",
            None,
            frozenset({role}),
        )

    def enterprise_person(self, code: str, name: str, mobile: str) -> Actor:
        """An enterprise with one person who acts for it; registered as the register says it is."""
        made = enterprises.enrol(EnterpriseForm(code, name, "陈静", mobile))
        made.enterprise.match, made.enterprise.matched_at = "matched", clock.now()
        return Actor("enterprise", "陈静", made.person.id, enterprise_id=made.enterprise.id)

    def handler(self, unit_code: str) -> Actor:
        """The handler of a unit, made when first asked for."""
        if unit_code not in self.people:
            with unit_of_work():
                self.people[unit_code] = self._official("handler", units.by_code(unit_code))
        return self.people[unit_code]

    def unit(self, code: str) -> str:
        """A unit's id as a form sends it."""
        return str(units.by_code(code).id)

    def hand_in(
        self, who: str = "enterprise", *, source: str = "web", mismatched: bool = False, **form: Any
    ) -> Petition:
        """Hand in a petition; it becomes the play's case."""
        enterprise_id = self.people["enterprise"].enterprise_id
        assert enterprise_id
        with unit_of_work():
            enterprise = enterprises.by_id(enterprise_id)
            enterprise.match = "mismatched" if mismatched else "matched"
            intake = clean_intake(
                self.pack,
                {**TEXT, "category": next(iter(self.pack.categories)), **form},
                enterprise_id=enterprise_id,
                source=source,
            )
            petition = register.register(intake, self.people[who])
            self.petition_id = petition.id
        return petition

    def act(self, action: str, who: str | Actor, *, version: int | None = None, **form: Any) -> Petition:
        """One action by the one named (a role, or a unit's code) in a unit of work of its own."""
        actor = self.actor(who)
        with unit_of_work():
            return perform(self.id, action, actor, form, version=version, through=self._through(action))

    def _through(self, action: str) -> str | None:
        known = self.pack.flow.actions.get(action)
        return known.through if known else None

    def actor(self, who: str | Actor) -> Actor:
        """The actor of that name."""
        if isinstance(who, Actor):
            return who
        if who == "system":
            return SYSTEM
        return self.people[who] if who in self.people else self.handler(who)

    @property
    def id(self) -> UUID:
        """The case in play."""
        assert self.petition_id
        return self.petition_id

    @property
    def petition(self) -> Petition:
        """The case as it stands in the database."""
        db.session.expire_all()
        return load(self.id)

    @property
    def facts(self):
        """What the flow knows now."""
        return facts_now(self.petition)

    def clock(self, code: str) -> Clock:
        """The newest clock of that code."""
        query = (
            select(Clock).where(Clock.petition_id == self.id, Clock.code == code).order_by(Clock.id.desc())
        )
        found = db.session.scalars(query.limit(1)).first()
        assert found is not None, f"no clock {code}"
        return found

    def running(self) -> dict[str, Clock]:
        """Running clocks by code."""
        db.session.expire_all()
        return {c.code: c for c in open_clocks(self.id)}

    def sweep(self) -> None:
        """What beat does at this moment."""
        waiting = sweep.waiting()
        for act, ids in ((sweep.tell_near, waiting.near), (sweep.pass_due, waiting.past)):
            for one in ids:
                with unit_of_work():
                    act(one)


def _home(role: str) -> Unit | None:
    return next(iter(units.of_role(role)), None)


def play_of(code: str) -> Callable[[], Play]:
    """For fixtures: a play of the tenant in scope."""
    return lambda: Play.open(current.registry()[code])
