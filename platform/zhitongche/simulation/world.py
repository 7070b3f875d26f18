"""A tenant in simulated time: everybody does, through the very use cases, what limits and chance ask of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import TYPE_CHECKING

from sqlalchemy import select

from zhitongche.casework.case import load
from zhitongche.casework.door import perform
from zhitongche.casework.facts import open_clocks
from zhitongche.casework.tables import Clock, Petition
from zhitongche.flow.decide import available, blocked
from zhitongche.kernel import clock
from zhitongche.kernel.errors import ZhitongcheError
from zhitongche.persistence import db, unit_of_work
from zhitongche.simulation import hours, intake, texts, whims
from zhitongche.simulation.agenda import Agenda
from zhitongche.simulation.choosing import choose
from zhitongche.simulation.forms import FormFiller
from zhitongche.simulation.machine import Machine
from zhitongche.simulation.sessions import Sessions
from zhitongche.simulation.story import Scene, Script, Story

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from zhitongche.flow.definition import Action
    from zhitongche.flow.facts import Actor
    from zhitongche.kernel.working_days import Calendar
    from zhitongche.simulation.cast import Cast, Official
    from zhitongche.simulation.enterprises import Place
    from zhitongche.tenancy.pack import Pack

_TRIES = 30


@dataclass
class Tally:
    """What was done: by verb, what was refused and why, what was never managed."""

    done: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    given_up: int = 0


class World:
    """The people of one tenant and their petitions."""

    def __init__(self, tenant: str, pack: Pack, cast: Cast, place: Place, days: Calendar, seed: str) -> None:
        self.pack, self.cast, self.place, self._days, self._seed = pack, cast, place, days, seed
        self._filler = FormFiller(pack, cast)
        self._stories: dict[UUID, Story] = {}
        self._by_script: dict[str, Story] = {}
        self.agenda = Agenda()
        self.machine = Machine(tenant, pack, self.agenda, self._late)
        self.tally = Tally()
        self.sessions = Sessions(pack, cast, days, seed, self.machine, self._touched)

    def expect(self, script: Script) -> None:
        """Have a petition handed in at its time."""
        self.agenda.put(script.moment, lambda: self._hand_in(script))

    def _hand_in(self, script: Script) -> None:
        rng = Random(f"{self._seed}/{script.seed}")  # noqa: S311
        first = self._by_script.get(script.first.seed) if script.first else None
        text = self._text(rng, script, first)

        def begins(petition: Petition) -> None:
            story = Story(petition.id, text, script.client, script, rng, clock.now(), first)
            self._stories[petition.id] = self._by_script[script.seed] = story
            self._follow(story, petition)

        intake.hand_in(self.pack, self.cast, script, text, rng, begins)
        self.tally.done["register"] += 1

    def _text(self, rng: Random, script: Script, first: Story | None) -> texts.PetitionText:
        enterprise = script.client.enterprise
        if script.ground is not None:
            return texts.refusable(rng, self.place, script.ground, enterprise=enterprise)
        if first is not None:
            return texts.rephrase(rng, first.text)
        return texts.compose(rng, self.place, enterprise, script.category)

    def _follow(self, story: Story, petition: Petition) -> None:
        """After anything that happened: who owes something new plans it, and minds may be stirred."""
        moved = story.stage != petition.stage
        story.stage, story.open = petition.stage, petition.outcome is None
        rows = sorted(open_clocks(petition.id), key=lambda row: (row.due_at, row.id))
        story.running = {row.id for row in rows}
        for row in rows:
            if row.id not in story.planned:
                story.planned.add(row.id)
                self.machine.watch(row, partial(story.running_still, row.id))
                self._plan(story, row)
        if moved:
            self._stir(story, whims.IN_A_STAGE)

    def _plan(self, story: Story, row: Clock) -> None:
        rule = self.pack.flow.clocks[row.code]
        if rule.met and all(self.pack.flow.actions[code].through for code in rule.met):
            return
        bearer = self._bearer(row.owes, row.unit_id)
        if row.owes == "enterprise":
            moment = hours.enterprise_moment(story.rng, story.client.temper, row.due_at) if story.client.actor else None
        elif bearer is not None:
            weekly = rule.weekday is not None
            moment = hours.official_moment(story.rng, self._days, bearer.temper, row.due_at, weekly=weekly)
        else:
            moment = None
        if moment is not None:
            clock_id = row.id
            self.agenda.put(moment, lambda: self._meet(story, clock_id, 1))

    def _bearer(self, party: str, unit_id: UUID | None) -> Official | None:
        people = self.cast.by_unit.get(unit_id, []) if unit_id else self.cast.by_role.get(party, [])
        return people[0] if people else None

    def _meet(self, story: Story, clock_id: UUID, tries: int) -> None:
        """Somebody sits down to what he owes, if he still does."""
        with unit_of_work():
            row = db.session.scalar(select(Clock).where(Clock.id == clock_id, Clock.met_at.is_(None), Clock.lapsed_at.is_(None)))
            if row is None:
                return
            official = self._bearer(row.owes, row.unit_id)
            done = self._try(story, official, self.pack.flow.clocks[row.code].met, row.ref)
        if done:
            return
        if tries >= _TRIES:
            self.tally.given_up += 1
            return
        again = hours.at_work(story.rng, clock.now() + timedelta(days=story.rng.uniform(0.15, 1)), self._days)
        self.agenda.put(again, lambda: self._meet(story, clock_id, tries + 1))

    def _try(self, story: Story, official: Official | None, codes: frozenset[str], ref: UUID | None = None) -> bool:
        """Do one of the actions if it is possible; contact the enterprise first where that is what is missing."""
        actor = official.actor if official else story.client.actor
        if actor is None:
            return False
        scene = Scene(story, load(story.id), actor, official, ref)
        action = choose(self.pack, scene, self._open_to(scene, codes))
        if action is not None:
            return self._act(scene, action)
        flow = self.pack.flow
        wanting = [a for a, _ in blocked(flow, scene.facts, actor) if a.code in codes and "contacted" in a.guards]
        contact = next((a for a in available(flow, scene.facts, actor) if a.verb == "contact"), None)
        if wanting and contact and not scene.facts.contacted:
            self._act(scene, contact)
        return False

    def _open_to(self, scene: Scene, codes: frozenset[str]) -> list[Action]:
        """Which of the actions the flow opens to the actor now; it is only asked where a guard could forbid one."""
        mine = [a for a in self.pack.flow.actions.values() if a.code in codes and scene.petition.stage in a.sources and not a.through]
        if any(action.guards for action in mine):
            return [a for a in available(self.pack.flow, scene.facts, scene.actor) if a.code in codes]
        return mine

    def _act(self, scene: Scene, action: Action) -> bool:
        story, petition = scene.story, scene.petition
        form = self._filler.fill(action, replace(scene, verb=action.verb))
        try:
            perform(petition.id, action.code, scene.actor, form, version=petition.version)
        except ZhitongcheError as error:
            db.session.rollback()
            self.tally.refused[f"{action.code}: {error.message}"] += 1
            return False
        self.tally.done[action.verb] += 1
        self._remember(story, action, scene.actor)
        self._follow(story, petition)
        return True

    def _remember(self, story: Story, action: Action, actor: Actor) -> None:
        if action.verb in {"object", "decline"} and actor.unit_id:
            story.turned_away.append(actor.unit_id)
        if action.verb == "send_back":
            story.sent_back += 1
            story.satisfaction = ""

    def _stir(self, story: Story, table: dict[str, whims.Whim]) -> None:
        for action, days in whims.stirred(self.pack.flow, story, table):
            self._have_mind(story, action, clock.now() + timedelta(days=days))

    def _have_mind(self, story: Story, action: Action, moment: datetime) -> None:
        by_enterprise = "enterprise" in action.who
        when = hours.awake(story.rng, moment) if by_enterprise else hours.at_work(story.rng, moment, self._days)
        self.agenda.put(when, lambda: self._on_a_whim(story, action, by_enterprise))

    def _on_a_whim(self, story: Story, action: Action, by_enterprise: bool) -> None:
        with unit_of_work():
            petition = load(story.id)
            party = action.who[0]
            unit = {"lead": petition.lead_unit_id, "proposed": petition.proposed_unit_id}.get(party)
            official = None if by_enterprise else self._bearer(party, unit)
            if by_enterprise or official:
                self._try(story, official, frozenset({action.code}))

    def _touched(self, petitions: Iterable[UUID]) -> None:
        """A meeting has dealt with them: whoever owes something new plans it."""
        for petition_id in list(petitions):
            if (story := self._stories.get(petition_id)) is not None:
                with unit_of_work():
                    self._follow(story, load(petition_id))

    def _late(self, petition_id: UUID) -> None:
        """A limit has passed: weekly ones begin anew, and somebody may press."""
        story = self._stories.get(petition_id)
        if story is None:
            return
        with unit_of_work():
            self._follow(story, load(petition_id))
        self._stir(story, whims.WHEN_LATE)
