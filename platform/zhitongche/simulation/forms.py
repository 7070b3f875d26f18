"""Filling in the forms of actions, need by need: any pack's actions are made of these."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from zhitongche.kernel import clock
from zhitongche.simulation import assigning, grounds, officials, wording
from zhitongche.simulation.enterprises import Standing

if TYPE_CHECKING:
    from zhitongche.flow.definition import Action
    from zhitongche.simulation.cast import Cast
    from zhitongche.simulation.story import Scene
    from zhitongche.tenancy.pack import Pack

_AGREES: Final = {"settle": 0.55, "approve": 0.93, "settle_plan": 0.85, "raise_level": 0.7, "approve_key": 0.8}
_LEFT_OUT: Final = 0.35
_ALWAYS: Final = frozenset({"category", "matter", "co", "lead", "leader_needed", "should_be", "reason"})


class FormFiller:
    """Knows the pack and its people; writes what an actor would."""

    def __init__(self, pack: Pack, cast: Cast) -> None:
        self._pack = pack
        self._cast = cast

    def fill(self, action: Action, scene: Scene) -> dict[str, Any]:
        """A form for the action. Optional fields are sometimes left out, as people do."""
        form = _planned(scene) if scene.verb == "plan" else {}
        for need in sorted(action.needs, key=lambda need: need.name != "verdict"):
            if need.name in form:
                continue
            spared = not need.required and need.name not in _ALWAYS and form.get("verdict") != "disagree"
            if spared and scene.rng.random() < _LEFT_OUT:
                continue
            make = _MAKERS.get(need.name)
            value = make(self, scene, form) if make else None
            if value not in (None, "", []):
                form[need.name] = value
        return form

    def _verdict(self, scene: Scene, _form: dict[str, Any]) -> str:
        if scene.verb == "raise_level" and scene.story.script.hard:
            agreed = True
        elif scene.verb == "verify":
            agreed = scene.story.client.enterprise.standing is not Standing.ELSEWHERE
        else:
            agreed = scene.rng.random() < _AGREES.get(scene.verb, 0.8)
        return "agree" if agreed else "disagree"

    def _lead(self, scene: Scene, form: dict[str, Any]) -> str | None:
        story = scene.story
        if scene.verb == "hand_out":
            return None
        if scene.verb == "settle":
            return self._reassigned(scene) if form.get("verdict") == "agree" else None
        story.lead = scene.facts.proposed or assigning.lead_for(scene.rng, self._pack, self._cast, story)
        return str(story.lead)

    def _reassigned(self, scene: Scene) -> str:
        now, wanted = scene.facts.lead, scene.story.should_be
        if wanted is None or wanted == now:
            wanted = assigning.lead_for(scene.rng, self._pack, self._cast, scene.story, but={now} if now else ())
        scene.story.lead = wanted
        return str(wanted)

    def _proposed(self, scene: Scene, _form: dict[str, Any]) -> str:
        story = scene.story
        if story.should_be and story.should_be not in story.turned_away:
            return str(story.should_be)
        return str(assigning.lead_for(scene.rng, self._pack, self._cast, story, but=story.turned_away))

    def _co(self, scene: Scene, form: dict[str, Any]) -> list[str]:
        lead = scene.story.lead
        if lead is None or str(lead) != form.get("lead"):
            return []
        chance = 0.3 if scene.story.text.category == "difficulty" else 0.08
        return [str(u) for u in assigning.helpers_for(scene.rng, self._cast, scene.story, lead, chance)]

    def _should_be(self, scene: Scene, _form: dict[str, Any]) -> str:
        scene.story.should_be = assigning.proposal_of(self._cast, scene)
        return str(scene.story.should_be)

    def words(self, need: str, scene: Scene, form: dict[str, Any]) -> str:
        """What is written in a field of this need, in keeping with the decision where there is one."""
        verdict = form.get("verdict")
        if verdict is None or scene.verb == "verify":
            return self._own_words(scene, need)
        phrase = scene.verb if verdict == "agree" else f"{scene.verb}_no"
        return wording.said(scene, phrase, 拟改=self._name(form.get("lead")))

    def _own_words(self, scene: Scene, need: str) -> str:
        if scene.verb == "verify":
            confirmed = scene.story.client.enterprise.standing is not Standing.ELSEWHERE
            return officials.register_review(scene.rng, scene.story.text, confirmed=confirmed)
        if scene.verb == "hand_out":
            return wording.said(scene, "hand_out", 主办=self._name(scene.facts.lead))
        if scene.verb == "answer" and scene.story.answer:
            return scene.story.answer
        text = wording.text(scene, need)
        if scene.verb == "reply":
            scene.story.answer = text
        return text

    def _name(self, unit_id: object) -> str:
        return next((office.name for office in self._cast.offices if str(office.id) == str(unit_id)), "其他单位")

    def _accept_ground(self, scene: Scene, _form: dict[str, Any]) -> str:
        return grounds.accepting(scene.rng, self._pack, scene.story.text.category)

    def _refusal_ground(self, scene: Scene, _form: dict[str, Any]) -> str:
        return grounds.refusing(self._pack, scene.story.script.ground)

    def _category(self, scene: Scene, _form: dict[str, Any]) -> str | None:
        return scene.story.text.category if scene.story.text.category in self._pack.categories else None

    def _matter(self, scene: Scene, _form: dict[str, Any]) -> str:
        return assigning.matter_of(self._pack, scene.story.text.matter)


def _planned(scene: Scene) -> dict[str, Any]:
    """A plan whose date is that of its last step."""
    plan = officials.plan(scene.rng, scene.story.text, scene.unit)
    days = [(scene.today.date() + timedelta(days=step.days)).isoformat() for step in plan.milestones]
    steps = [{"text": step.title, "due": day} for step, day in zip(plan.milestones, days, strict=True)]
    return {"text": plan.summary, "due": days[-1], "milestones": steps}


def _due(_filler: FormFiller, scene: Scene, _form: dict[str, Any]) -> str:
    return (scene.today.date() + timedelta(days=scene.rng.randrange(12, 40))).isoformat()


def _satisfaction(_filler: FormFiller, scene: Scene, _form: dict[str, Any]) -> str:
    story = scene.story
    if story.script.hard and scene.petition.opinion_due is None:
        return "unsatisfied"
    if not story.satisfaction:
        temper = story.client.temper
        chance = temper.dissatisfied_when_not if story.answered_badly else temper.dissatisfied_when_resolved
        story.satisfaction = "unsatisfied" if story.rng.random() < chance else "satisfied"
    return story.satisfaction


def _resolution(_filler: FormFiller, scene: Scene, _form: dict[str, Any]) -> str:
    story, rng = scene.story, scene.rng
    if story.script.hard and scene.petition.opinion_due is None:
        story.resolution = "unresolved"
    elif story.text.category in {"consultation", "suggestion"}:
        story.resolution = "explained"
    elif scene.official and rng.random() < scene.official.temper.resolves:
        story.resolution = rng.choice(("resolved", "resolved", "resolved", "explained"))
    else:
        story.resolution = rng.choice(("partly", "partly", "unresolved"))
    story.satisfaction = ""
    return story.resolution


def _with_whom(_filler: FormFiller, scene: Scene, _form: dict[str, Any]) -> str:
    told = scene.story.client.person
    return f"{told.name}（{told.title}）"


def _happened(_filler: FormFiller, scene: Scene, _form: dict[str, Any]) -> str:
    moment = max(clock.now() - timedelta(minutes=scene.rng.randrange(5, 90)), scene.story.received)
    return moment.isoformat()


def _how(_filler: FormFiller, scene: Scene, _form: dict[str, Any]) -> str:
    return scene.rng.choices(("phone", "visit", "talk", "online"), weights=(68, 14, 8, 10))[0]


def _leader_needed(_filler: FormFiller, scene: Scene, _form: dict[str, Any]) -> bool:
    return scene.story.text.category == "difficulty" and scene.rng.random() < 0.2


def _written(need: str) -> Callable[[FormFiller, Scene, dict[str, Any]], str]:
    return lambda filler, scene, form: filler.words(need, scene, form)


_MAKERS: Final[dict[str, Callable[[FormFiller, Scene, dict[str, Any]], Any]]] = {
    "verdict": FormFiller._verdict,
    "lead": FormFiller._lead,
    "proposed": FormFiller._proposed,
    "co": FormFiller._co,
    "should_be": FormFiller._should_be,
    "accept_ground": FormFiller._accept_ground,
    "refusal_ground": FormFiller._refusal_ground,
    "category": FormFiller._category,
    "matter": FormFiller._matter,
    "leader_needed": _leader_needed,
    "due": _due,
    "milestone": lambda _filler, scene, _form: str(scene.ref or min(scene.facts.open_milestones)),
    "into": lambda _filler, scene, _form: str(scene.story.repeats.id) if scene.story.repeats else None,
    "satisfaction": _satisfaction,
    "resolution": _resolution,
    "with_whom": _with_whom,
    "happened": _happened,
    "how": _how,
    **{need: _written(need) for need in ("reason", "opinion", "text", "reply")},
}
"""Need → how it is filled in. Attachments are not simulated."""
