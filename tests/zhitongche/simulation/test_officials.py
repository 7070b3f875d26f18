"""What simulated officials write."""

import re
from collections.abc import Callable
from datetime import date
from random import Random

import pytest

from zhitongche.simulation import officials, texts
from zhitongche.simulation.enterprises import Place, enterprise
from zhitongche.simulation.grammar import load
from zhitongche.simulation.problems import CATEGORIES, catalogue
from zhitongche.simulation.texts import PetitionText

LEFT_OVER = re.compile(r"[{}()|]|，，|。。|，。|：。|。，|None")
ON = date(2026, 3, 16)
KINDS: dict[str, Callable[[Random, PetitionText, str], str]] = {
    "opinion": officials.opinion,
    "reply": officials.reply,
    "progress": officials.progress,
    "contact": officials.contact_note,
    "visit": officials.visit_note,
    "unresolvable": officials.unresolvable,
    "transfer": officials.transfer_opinion,
    "satisfied": lambda rng, text, unit: officials.call_back_note(rng, text, unit, satisfied=True, on=ON),
    "dissatisfied": lambda rng, text, unit: officials.call_back_note(rng, text, unit, satisfied=False, on=ON),
    "plan": lambda rng, text, unit: officials.plan(rng, text, unit).summary,
    "objection": lambda rng, text, unit: officials.objection(rng, text, unit).reason,
}


def petitions(place: Place, count: int) -> list[PetitionText]:
    rng = Random(2)
    return [
        texts.compose(rng, place, enterprise(rng, place), rng.choice(CATEGORIES), today=ON)
        for _ in range(count)
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_writing_reads_differently_and_whole(place: Place, kind: str) -> None:
    rng = Random(4)
    said = [KINDS[kind](rng, text, "县某局") for text in petitions(place, 400)]
    assert not [line for line in said if LEFT_OVER.search(line)]
    assert all(line[-1] in "。！？" and 20 <= len(line) <= 500 for line in said)
    assert len(set(said)) > 150


@pytest.mark.parametrize("kind", KINDS)
def test_one_petition_can_be_written_of_in_fifteen_ways(place: Place, kind: str) -> None:
    text = next(text for text in petitions(place, 50) if text.category == "difficulty")
    rng = Random(6)
    assert len({KINDS[kind](rng, text, "县某局") for _ in range(200)}) >= 15


def test_a_reply_answers_the_very_problem(place: Place) -> None:
    rng = Random(8)
    for text in petitions(place, 200):
        problem = next(found for found in catalogue() if found.key == text.recipe.problem)
        firsts = {re.split(r"[({]", answer)[0] for answer in problem.answers}
        said = officials.reply(rng, text, "县某局", ON)
        assert any(first in said for first in firsts), (text.recipe.problem, said)


def test_the_day_told_in_a_reply_is_the_day_given(place: Place) -> None:
    said = {
        officials.contact_note(Random(seed), petitions(place, 1)[0], "县某局", ON)[:5] for seed in range(20)
    }
    assert said == {"3月16日"}


def test_a_plan_has_milestones_in_order(place: Place) -> None:
    rng = Random(10)
    for text in petitions(place, 100):
        days = [step.days for step in officials.plan(rng, text, "县某局").milestones]
        assert 3 <= len(days) <= 5
        assert days == sorted(set(days))
        assert days[0] > 0


def test_every_problem_has_what_officials_need_to_handle_it() -> None:
    assert set(load("handling")) == {problem.key for problem in catalogue()}
    assert all({"looks", "hard", "kind", "why"} == set(entry) for entry in load("handling").values())


def test_each_ground_of_refusal_is_explained(place: Place) -> None:
    rng = Random(12)
    text = petitions(place, 1)[0]
    for ground in range(1, 11):
        said = {officials.refusal(rng, text, ground) for _ in range(60)}
        assert len(said) >= 15
        assert not [line for line in said if LEFT_OVER.search(line)]
    assert re.search("登记|注册", officials.refusal(rng, text, "elsewhere"))
