"""Petition texts as enterprises write them: composed from trade, place, problem, history, sum and wish."""

from dataclasses import dataclass, replace
from datetime import date
from random import Random
from typing import Final

from zhitongche.kernel import clock
from zhitongche.simulation.enterprises import Enterprise, Place
from zhitongche.simulation.grammar import Slots, Speech, load, tidy
from zhitongche.simulation.problems import Problem, fitting
from zhitongche.simulation.problems import problem as problem_of
from zhitongche.simulation.typing_habits import typed_on_a_phone, with_other_words
from zhitongche.simulation.vocabulary import vocabulary

SHORTEST: Final = 40
LONGEST: Final = 600
_PRESSING: Final = ("difficulty", "complaint")
_LENGTHS: Final = {
    "difficulty": (14, 22, 36, 28),
    "complaint": (18, 24, 34, 24),
    "consultation": (30, 40, 26, 4),
    "suggestion": (10, 34, 44, 12),
}


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a text was made of, so that it can be told again or answered to the point."""

    problem: str
    slots: Slots
    place: str


@dataclass(frozen=True, slots=True)
class PetitionText:
    """A petition in words: title, content, wish (诉求), its category, topic and the kind of unit it needs."""

    title: str
    content: str
    wish: str
    category: str
    matter: str
    tags: tuple[str, ...]
    wants_unit_kind: str
    recipe: Recipe


def compose(
    rng: Random, place: Place, enterprise: Enterprise, category: str, *, today: date | None = None
) -> PetitionText:
    """A petition of `category`; dates in it lie before `today` (China; the clock's day by default)."""
    found = rng.choice(fitting(enterprise.industry, enterprise.staff, category))
    slots = vocabulary(rng, enterprise, found.facts, today or clock.today())
    return _write(Speech(rng, slots), found, category, Recipe(found.key, slots, place.name))


def rephrase(rng: Random, text: PetitionText) -> PetitionText:
    """The same problem told again: mostly the old words touched up, else written anew with the same facts."""
    found = problem_of(text.recipe.problem)
    speech = Speech(rng, text.recipe.slots)
    lead = speech.pick(load("frames")["重提"])
    if rng.random() < 0.4:
        again = _write(speech, found, text.category, text.recipe)
        return replace(again, content=_clip(lead + again.content))
    content = with_other_words(rng, text.content)
    return replace(text, title=speech.pick(found.titles), content=_clip(lead + content))


def supplement(rng: Random, text: PetitionText) -> str:
    """Additional material to a petition that is already in."""
    about = {"事": text.recipe.problem, "加一句": load("frames")["加一句"]}
    kinds = load("frames")["补充"]
    pressing = kinds["pressing"] if text.category in _PRESSING else []
    return Speech(rng, {**text.recipe.slots, **about}).pick([*kinds["any"], *pressing])


def refusable(
    rng: Random, place: Place, ground_number: int, *, enterprise: Enterprise, today: date | None = None
) -> PetitionText:
    """A petition that falls under refusal ground 1–10 (ST-2.b). Raises KeyError for any other number."""
    ground = load("refusable")[ground_number]
    slots = vocabulary(rng, enterprise, {"额": "3000-46000/100"}, today or clock.today())
    speech = Speech(rng, slots)
    told = "".join(_sentence(part) for part in speech.all(ground["tells"]))
    content = told if ground_number in (6, 7) else speech.pick(load("frames")["称呼"]) + told
    return PetitionText(
        title=speech.pick(ground["titles"]),
        content=content
        if len(content) >= SHORTEST or ground_number in (6, 7)
        else content + "请政府帮忙解决一下，谢谢。",
        wish=speech.say("(请帮忙解决|请予处理|请领导安排|希望得到答复)"),
        category=rng.choice(("difficulty", "complaint")),
        matter="其他",
        tags=(),
        wants_unit_kind="政务服务",
        recipe=Recipe(f"ground-{ground_number}", slots, place.name),
    )


def _write(speech: Speech, found: Problem, category: str, recipe: Recipe) -> PetitionText:
    style = speech.rng.choices((_phone, _brief, _normal, _long), weights=_LENGTHS[category])[0]
    wishes = speech.rng.sample(found.wishes, k=min(len(found.wishes), speech.rng.choice((1, 1, 2))))
    return PetitionText(
        title=_title(speech, found, category),
        content=_clip(_long_enough(speech, style(speech, found, category))),
        wish="；".join(speech.all(wishes)) + speech.rng.choice(("。", "。", "")),
        category=category,
        matter=found.topic,
        tags=found.tags,
        wants_unit_kind=found.unit_kind,
        recipe=recipe,
    )


def _title(speech: Speech, found: Problem, category: str) -> str:
    """A title must not call itself a complaint where the petition is none."""
    foreign = {
        "complaint": (),
        "difficulty": ("投诉",),
        "consultation": ("投诉", "建议"),
        "suggestion": ("投诉", "咨询"),
    }
    fit = [title for title in found.titles if not any(word in title for word in foreign[category])]
    own = {"consultation": "咨询", "suggestion": "建议"}.get(category, "")
    named = [title for title in fit if own in title]
    return speech.pick(named or fit or found.titles)


def _phone(speech: Speech, found: Problem, category: str) -> str:
    rng, frames = speech.rng, load("frames")
    kept = len(found.tells) if category == "consultation" else rng.choice((1, 1, 2))
    text = speech.pick(frames["短开头"][category]) + _told(speech, found.tells[:kept])
    while len(text) < SHORTEST and kept < len(found.tells):
        text, kept = text + _told(speech, found.tells[kept : kept + 1]), kept + 1
    text += _occasion(speech, category)
    tail = speech.pick(frames["口语尾"]) if category in _PRESSING else "谢谢"
    return typed_on_a_phone(rng, text, tail if rng.random() < 0.6 else "")


def _brief(speech: Speech, found: Problem, category: str) -> str:
    rng, frames = speech.rng, load("frames")
    opening = _opening(speech) if rng.random() < 0.5 else ""
    kept = len(found.tells) if category == "consultation" else 2
    return (
        opening
        + _told(speech, found.tells[:kept])
        + _occasion(speech, category)
        + speech.pick(frames["收尾"][category])
    )


def _normal(speech: Speech, found: Problem, category: str) -> str:
    rng, frames = speech.rng, load("frames")
    parts = [
        speech.pick(frames["称呼"]) if rng.random() < 0.55 else "",
        _opening(speech),
        _told(speech, found.tells),
    ]
    if category in _PRESSING and rng.random() < 0.6:
        parts.append(_told(speech, [rng.choice((*found.tried, *frames["经过"]))]))
    return "".join([*parts, _occasion(speech, category)]) + speech.pick(frames["收尾"][category])


def _long(speech: Speech, found: Problem, category: str) -> str:
    rng, frames = speech.rng, load("frames")
    paragraphs = [_opening(speech) + _told(speech, found.tells[:1]), _told(speech, found.tells[1:])]
    if category in _PRESSING:
        tried = [*found.tried, *rng.sample(frames["经过"], k=rng.choice((2, 3, 3, 5)))]
        paragraphs += [_told(speech, tried), _told(speech, _hardships(rng, found))]
    if category == "complaint":
        paragraphs.append(_told(speech, [rng.choice(frames["投诉语"])]))
    wishes = rng.sample(found.wishes, k=rng.choice((1, len(found.wishes))))
    asked = _told(speech, wishes) if len(wishes) == 1 else _numbered(speech.all(wishes))
    paragraphs.append(asked + speech.pick(frames["收尾"][category]))
    return _laid_out(rng, speech.pick(frames["称呼"]), paragraphs)


def _occasion(speech: Speech, category: str) -> str:
    """Why somebody asks or suggests just now; those in difficulty have said it already."""
    occasions = load("frames")["缘由"].get(category, ())
    return _told(speech, [speech.rng.choice(occasions)]) if occasions and speech.rng.random() < 0.65 else ""


def _hardships(rng: Random, found: Problem) -> list[str]:
    """One to three hardships, which tell of the orders once at most."""
    of_orders: list[str] = []
    others: list[str] = []
    for part in load("frames")["难处"]:
        (of_orders if "{订单影响}" in part else others).append(part)
    told_before = "{订单影响}" in "".join(found.tells)
    known = others if told_before else [rng.choice(of_orders), *others]
    return rng.sample(known, k=rng.choice((1, 2, 3)))


def _numbered(wishes: list[str]) -> str:
    return "为此：" + "；".join(f"{at}.{wish}" for at, wish in enumerate(wishes, start=1)) + "。"


def _laid_out(rng: Random, greeting: str, paragraphs: list[str]) -> str:
    """As one block, as paragraphs, or with 一、二、三 as those write who are used to reports."""
    said, form = [part for part in paragraphs if part], rng.random()
    if form < 0.3:
        return greeting + "".join(said)
    if form < 0.8:
        return "\n".join([f"{greeting[:-1]}：", *said])
    return "\n".join(
        [f"{greeting[:-1]}：", *(f"{'一二三四五六'[at]}、{part}" for at, part in enumerate(said))]
    )


def _opening(speech: Speech) -> str:
    """How the enterprise introduces itself, without an age that its own story would belie."""
    openings = load("frames")["开头"]
    if speech.slots["新办"]:
        openings = [part for part in openings if "{成立}" not in part and "{十几}" not in part]
    return speech.pick(openings)


def _told(speech: Speech, templates: list[str] | tuple[str, ...]) -> str:
    return "".join(_sentence(said) for said in speech.all(templates))


def _sentence(said: str) -> str:
    return said if said[-1] in "。！？" else said + "。"


def _long_enough(speech: Speech, text: str) -> str:
    text = tidy(text)
    return text if len(text) >= SHORTEST else _opening(speech) + text


def _clip(text: str) -> str:
    """At most LONGEST characters, cut after a sentence."""
    text = tidy(text)
    if len(text) <= LONGEST:
        return text
    head = text[:LONGEST]
    return head[: max(head.rfind(mark) for mark in "。！？") + 1]
