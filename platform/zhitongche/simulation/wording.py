"""Who says what with which action: the texts of forms, by verb."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Final

from zhitongche.simulation import officials, texts
from zhitongche.simulation.grammar import Speech, load
from zhitongche.simulation.story import Scene

Words = Callable[[Scene], str]


def said(scene: Scene, phrase: str, **slots: str) -> str:
    """One of the desk's short phrases."""
    return Speech(scene.rng, {"单位": scene.unit, **slots}).pick(load("desk")[phrase])


def reply(scene: Scene) -> str:
    """An answer to the enterprise in the unit's name."""
    return officials.reply(scene.rng, scene.story.text, scene.unit, scene.today.date() - timedelta(days=1))


def contact(scene: Scene) -> str:
    """A note of a contact that took place today."""
    return officials.contact_note(scene.rng, scene.story.text, scene.unit, scene.today.date())


def visit(scene: Scene) -> str:
    """A note of a visit in the last days: the note speaks of up to three days after the day given."""
    return officials.visit_note(scene.rng, scene.story.text, scene.unit, scene.today.date() - timedelta(days=3))


def call_back(scene: Scene) -> str:
    """A note of what the enterprise said when asked."""
    day = scene.today.date() - timedelta(days=3)
    satisfied = scene.story.satisfaction != "unsatisfied"
    return officials.call_back_note(scene.rng, scene.story.text, scene.unit, satisfied=satisfied, on=day)


def objection(scene: Scene) -> str:
    """Why it is not ours."""
    return officials.objection(scene.rng, scene.story.text, scene.unit).reason


def refusal(scene: Scene) -> str:
    """Why it is not taken."""
    return officials.refusal(scene.rng, scene.story.text, scene.story.script.ground or "elsewhere")


def _transfer(scene: Scene) -> str:
    return officials.transfer_opinion(scene.rng, scene.story.text, scene.unit)


def _phrase(name: str) -> Words:
    return lambda scene: said(scene, name)


TEXTS: Final[dict[tuple[str, str], Words]] = {
    ("verify", "reason"): lambda s: officials.register_review(s.rng, s.story.text, confirmed=True),
    ("refuse", "reason"): refusal,
    ("assign", "opinion"): _transfer,
    ("propose", "opinion"): _transfer,
    ("fix", "opinion"): _transfer,
    ("object", "reason"): objection,
    ("decline", "reason"): objection,
    ("give_up", "opinion"): lambda s: officials.unresolvable(s.rng, s.story.text, s.unit),
    ("contact", "text"): contact,
    ("note", "text"): visit,
    ("progress", "text"): lambda s: officials.progress(s.rng, s.story.text, s.unit),
    ("call_back", "text"): call_back,
    ("reply_part", "reply"): lambda s: officials.opinion(s.rng, s.story.text, s.unit),
    ("supplement", "text"): lambda s: texts.supplement(s.rng, s.story.text),
    ("finalise", "reply"): lambda s: said(s, "finalise", 答复=reply(s)),
    ("rate", "text"): lambda s: said(s, s.story.satisfaction or "satisfied"),
    **{(verb, "text"): _phrase(verb) for verb in ("confirm", "urge", "milestone")},
    **{
        (verb, "reason"): _phrase(verb)
        for verb in ("join", "send_back", "withdraw", "propose_key", "commend", "report_fault")
    },
    ("pass_on", "opinion"): _phrase("pass_on"),
}
"""(verb, need) → what is written; whatever is not here is a decision with its own words, or a note."""

FALLBACK: Final[dict[str, Words]] = {
    "reply": reply,
    "opinion": _transfer,
    "reason": objection,
    "text": contact,
}
"""What any other verb of a pack writes."""


def text(scene: Scene, need: str) -> str:
    """What the scene's actor writes in a field of this need."""
    return (TEXTS.get((scene.verb, need)) or FALLBACK[need])(scene)
