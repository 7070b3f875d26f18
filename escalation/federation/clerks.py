"""People of one tenant who carry any case of its flow towards a goal, one use case after another."""

from __future__ import annotations

from collections import deque
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING, Any, Final

from zhitongche.casework import register
from zhitongche.casework.case import load, pack_of
from zhitongche.casework.door import perform
from zhitongche.casework.fields import fields_of
from zhitongche.casework.intake import clean_intake
from zhitongche.identity import units
from zhitongche.kernel import clock
from zhitongche.kernel.errors import ZhitongcheError
from zhitongche.persistence import unit_of_work
from zhitongche.simulation import cast, clients
from zhitongche.simulation.places import place_of
from zhitongche.tenancy import current, versions

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from zhitongche.casework.fields import Field
    from zhitongche.casework.tables import Petition
    from zhitongche.flow.definition import Action, Flow
    from zhitongche.flow.facts import Actor

_SAID: Final = "已到现场核实，该企业反映的情况属实，本级多次协调仍有困难，按程序办理。"
# What ends or turns back a case is done on purpose only.
_DETOURS: Final = frozenset({"refuse", "join", "withdraw", "send_back", "return_report", "decline", "object", "withdrawn_below"})
_OTHERS: Final = frozenset({"system", "enterprise"})


class Stuck(Exception):
    """Nobody of the tenant could take the case a step further; the message says which case and why."""


class Clerks:
    """Everybody of a tenant; made, and asked, within the tenant's scope."""

    def __init__(self, seed: str) -> None:
        self.pack, self._rng = current.pack(), Random(seed)  # noqa: S311
        with unit_of_work():
            versions.keep(self.pack)
            units.sync(self.pack)
            self._cast = cast.gather(self.pack, self._rng)

    def hand_in(self, number: int) -> UUID:
        """A petition by a new enterprise, or for it at the window where the flow takes none from enterprises themselves."""
        place = place_of(self.pack, current.registry().folder(self.pack.code))
        with unit_of_work():
            client = clients.found(self._rng, place, 1)[0]
            actor = client.enrol()
            assert actor.enterprise_id
            form = {
                "title": f"厂区门口道路破损第{number}处", "category": next(iter(self.pack.categories)),
                "content": f"我司厂区门口第{number}处道路破损，雨天积水，货车进出困难，多次报修未果，请协调修复。",
                "contact_name": client.person.name, "contact_mobile": client.person.mobile,
            }  # fmt: skip
            itself = "enterprise" in self.pack.flow.by_verb("register").who
            source = "web" if itself else "window"
            intake = clean_intake(self.pack, form, enterprise_id=actor.enterprise_id, source=source)
            return register.register(intake, actor if itself else self._cast.by_role[source][0].actor).id

    def stands_in(self, petition_id: UUID, stages: frozenset[str]) -> bool:
        """Whether the case stands in one of the stages."""
        return load(petition_id).stage in stages

    def towards(self, petition_id: UUID, goals: frozenset[str]) -> None:
        """Take the case one step nearer to any of the stages; raises Stuck."""
        petition = load(petition_id)
        far = _distances(pack_of(petition).flow, goals)
        tried: list[str] = []
        for action in self._nearer(petition, far):
            try:
                return self.act(petition_id, action)
            except (ZhitongcheError, Stuck) as error:
                tried.append(f"{action.code}: {error}")
        raise Stuck(f"{petition.number} {petition.stage}: {'; '.join(tried)}")

    def act(self, petition_id: UUID, action: Action, **form: Any) -> None:
        """One action by the first who may, in a unit of work; raises what the last of them was told."""
        told: ZhitongcheError | None = None
        for actor in self._actors(load(petition_id), action):
            try:
                with unit_of_work():
                    petition = load(petition_id)
                    filled = self._filled(action, petition) | form
                    perform(petition_id, action.code, actor, filled, version=petition.version, through=action.through)
            except ZhitongcheError as error:
                told = error
            else:
                return
        raise told or Stuck(f"{petition_id} {action.code}: nobody")

    def _nearer(self, petition: Petition, far: dict[str, int]) -> Iterator[Action]:
        """Actions that lead nearer, the nearest first; then what must go before: talking with the enterprise."""
        flow, here = pack_of(petition).flow, petition.stage
        open_now = [a for a in flow.actions.values() if here in a.sources and not _OTHERS & set(a.who) and a.verb not in _DETOURS]
        leading = [(min(far.get(t.stage, 99) for t in a.targets), a) for a in open_now if any(t.stage != here for t in a.targets)]
        nearer = [a for length, a in sorted(leading, key=lambda one: one[0]) if length < far.get(here, 99)]
        yield from nearer
        yield from (a for a in open_now if a.verb == "contact")

    def _actors(self, petition: Petition, action: Action) -> Iterator[Actor]:
        here = {"lead": petition.lead_unit_id, "proposed": petition.proposed_unit_id}
        for party in action.who:
            if party == "enterprise":
                assert petition.submitted_by
                yield clients.acting(petition.submitted_by, petition.contact_name, petition.enterprise_id)
            unit = here.get(party)
            found = self._cast.by_unit.get(unit, []) if unit else self._cast.by_role.get(party, [])
            yield from (one.actor for one in found[:1])

    def _filled(self, action: Action, petition: Petition) -> dict[str, Any]:
        return {field.name: self._value(field) for field in fields_of(action, pack_of(petition), petition) if field.required}

    def _value(self, field: Field) -> Any:
        day = (clock.today() + timedelta(days=20)).isoformat()
        match field.kind:
            case "choice":
                return field.value or field.choices[0][0]
            case "unit":
                return field.value or str(self._rng.choice(sorted(self._cast.by_unit, key=str)))
            case "date":
                return day
            case "datetime":
                return clock.now() - timedelta(minutes=1)
            case "milestones":
                return [{"text": _SAID, "due": day}]
            case _:
                return _SAID


def _distances(flow: Flow, goals: frozenset[str]) -> dict[str, int]:
    """How many actions of people lie between each stage and the nearest goal."""
    back: dict[str, set[str]] = {}
    for action in flow.actions.values():
        if not _OTHERS & set(action.who) and action.verb not in _DETOURS:
            for target in action.targets:
                back.setdefault(target.stage, set()).update(action.sources)
    far, waiting = dict.fromkeys(goals, 0), deque(goals)
    while waiting:
        stage = waiting.popleft()
        for before in back.get(stage, set()) - far.keys():
            far[before] = far[stage] + 1
            waiting.append(before)
    return far
