"""What officials write: opinions, replies, reports, notes, plans, objections, explanations; fitting the topic."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any, Final, Literal

from zhitongche.kernel import clock
from zhitongche.simulation.grammar import Speech, load, tidy
from zhitongche.simulation.problems import catalogue
from zhitongche.simulation.problems import problem as problem_of
from zhitongche.simulation.texts import PetitionText
from zhitongche.simulation.vocabulary import day_name

_WITHOUT_TOPIC: Final = "行政审批"
_WITHOUT_PROBLEM: Final = "多部门互为前置"


@dataclass(frozen=True, slots=True)
class Milestone:
    """A step of a plan (一企一策) and in how many days it is due."""

    title: str
    days: int


@dataclass(frozen=True, slots=True)
class Plan:
    """A written plan with its milestones, in order."""

    summary: str
    milestones: tuple[Milestone, ...]


@dataclass(frozen=True, slots=True)
class Objection:
    """Why a unit objects to an assignment, and which kind of unit (as characters of its name) it proposes."""

    reason: str
    proposed_unit_kind: str


def opinion(rng: Random, text: PetitionText, unit: str) -> str:
    """A unit's handling opinion (处理意见)."""
    return _say(rng, "opinion", text, unit)


def reply(rng: Random, text: PetitionText, unit: str, received: date | None = None) -> str:
    """A unit's answer to the enterprise; `received` is the day (China) it refers to."""
    return _say(rng, "reply", text, unit, received)


def progress(rng: Random, text: PetitionText, unit: str) -> str:
    """A weekly progress report."""
    return _say(rng, "progress", text, unit)


def contact_note(rng: Random, text: PetitionText, unit: str, on: date | None = None) -> str:
    """A note of the contact with the enterprise, which took place `on` a day (China)."""
    return _say(rng, "contact", text, unit, on)


def visit_note(rng: Random, text: PetitionText, unit: str, on: date | None = None) -> str:
    """A note of a visit to the enterprise."""
    return _say(rng, "visit", text, unit, on)


def call_back_note(
    rng: Random, text: PetitionText, unit: str, *, satisfied: bool, on: date | None = None
) -> str:
    """A note of a call-back (回访) and what the enterprise said."""
    return _say(rng, "callback_good" if satisfied else "callback_bad", text, unit, on)


def plan(rng: Random, text: PetitionText, unit: str) -> Plan:
    """A written plan with three to five milestones."""
    steps = _steps(text)
    first = rng.randrange(0, len(steps) - 2)
    days, milestones = 0, []
    for step in steps[first:]:
        days += rng.randrange(5, 22)
        milestones.append(Milestone(step, days))
    return Plan(_say(rng, "plan", text, unit), tuple(milestones))


def objection(rng: Random, text: PetitionText, unit: str) -> Objection:
    """An objection to an assignment that names who should have it."""
    kind, why = handling_of(text)["kind"], handling_of(text)["why"]
    named = {"镇": "属地镇政府", "园区": "园区管理机构"}.get(kind, f"{kind}部门")
    words = {"异议由": why, "建议单位": named}
    return Objection(_say(rng, "objection", text, unit, more=words), kind)


def unresolvable(rng: Random, text: PetitionText, unit: str) -> str:
    """Why a petition cannot be resolved at this level."""
    return _say(rng, "unresolvable", text, unit)


def transfer_opinion(rng: Random, text: PetitionText, unit: str) -> str:
    """The transfer opinion (拟办意见) that proposes `unit` to lead."""
    return _say(rng, "transfer", text, unit)


def refusal(rng: Random, text: PetitionText, ground: int | Literal["elsewhere"]) -> str:
    """The reason in words: ground 1–10 of ST-2.b, or `elsewhere` for one not registered here (RP-2.3.g)."""
    why = rng.choice(
        load("refusals")["elsewhere"] if ground == "elsewhere" else load("refusable")[ground]["reasons"]
    )
    return _say(rng, "refusal", text, "", more={"由": why})


def register_review(rng: Random, text: PetitionText, *, confirmed: bool) -> str:
    """What the second review of a mismatch with the register found."""
    return _say(rng, "review" if confirmed else "review_no", text, "")


def topic_of(text: PetitionText) -> Mapping[str, Any]:
    """What is known of the petition's topic; that of 行政审批 where it has none."""
    topics: Mapping[str, Mapping[str, Any]] = load("topics")
    return topics.get(text.matter, topics[_WITHOUT_TOPIC])


def handling_of(text: PetitionText) -> Mapping[str, Any]:
    """What is looked into, what is hard and whose it may be, for the very problem."""
    known: Mapping[str, Mapping[str, Any]] = load("handling")
    return known.get(text.recipe.problem, known[_WITHOUT_PROBLEM])


def _say(
    rng: Random,
    kind: str,
    text: PetitionText,
    unit: str,
    on: date | None = None,
    more: Mapping[str, str] | None = None,
) -> str:
    speech = Speech(
        rng, {**text.recipe.slots, **_words(rng, text, unit, on or clock.today()), **(more or {})}
    )
    frames = load("officials")
    parts = frames.get(f"{kind}_{text.category}", frames[kind])
    return tidy("".join(_sentence(said) for said in speech.all(parts)))


def _words(rng: Random, text: PetitionText, unit: str, on: date) -> dict[str, str | list[str]]:
    topic, handling, frames = topic_of(text), handling_of(text), load("officials")
    done = _next_steps(rng, _steps(text))
    return {
        "单位": unit,
        "题": text.matter,
        "事项": _matter_named(rng, text),
        "成效": rng.choice(_answers(text)),
        "核查": rng.choice(handling["looks"]),
        "依据": rng.choice(topic["rests"]),
        "难点": handling["hard"],
        "诉求": _goal(text),
        "反映": {"consultation": "咨询", "suggestion": "提出"}.get(text.category, "反映"),
        "研究": frames["研究"],
        "联系": frames["联系"],
        "已做": done[0],
        "在做": done[1],
        "收件日": day_name(on, on),
        "约日": day_name(on + timedelta(days=rng.randrange(1, 4)), on),
        "职务": rng.choice(load("people")["titles"]["enterprise"]),
        "协办句": frames["协办句"],
    }


def _next_steps(rng: Random, steps: list[str]) -> tuple[str, str]:
    at = rng.randrange(len(steps) - 1)
    return steps[at], steps[at + 1]


def _goal(text: PetitionText) -> str:
    """What the enterprise wishes, where it says more than 盼复."""
    return max((*text.wish.rstrip("。").split("；"), "尽快给予明确答复"), key=len)


def _steps(text: PetitionText) -> list[str]:
    """The topic's own steps for a difficulty that is its standard case, else steps that fit anything."""
    standard = text.category == "difficulty" and text.recipe.problem in topic_of(text)["standard"]
    steps: list[str] = topic_of(text)["steps"] if standard else load("officials")["通用步骤"]
    return steps


def _answers(text: PetitionText) -> tuple[str, ...]:
    """The answers to the very problem; for a petition without one, those of its topic."""
    known = [found for found in catalogue() if found.key == text.recipe.problem]
    return known[0].answers if known else problem_of(_WITHOUT_PROBLEM).answers


def _matter_named(rng: Random, text: PetitionText) -> str:
    """By the enterprise's own title or by the name that offices give the problem."""
    key = text.recipe.problem
    if key.startswith("ground-"):
        return "所提事项"
    core = key.removesuffix("咨询").removesuffix("建议").removesuffix("等政策")
    noun = "有关事项" if text.category == "consultation" else "问题"
    by_title = f"“{text.title}”一事"
    return by_title if text.category == "suggestion" else rng.choice((by_title, f"{core}{noun}"))


def _sentence(said: str) -> str:
    return said if said[-1] in "。！？：" else f"{said.rstrip('，；')}。"
