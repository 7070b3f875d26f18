"""Petition texts, and that nobody would take them for a machine's."""

import re
from collections import defaultdict
from datetime import date
from random import Random

import pytest
from rapidfuzz import fuzz, process

from zhitongche.simulation import texts
from zhitongche.simulation.enterprises import Place, enterprise
from zhitongche.simulation.grammar import Speech, load
from zhitongche.simulation.problems import CATEGORIES, catalogue, unit_kinds
from zhitongche.simulation.texts import PetitionText

TODAY = date(2026, 3, 16)
LEFT_OVER = re.compile(r"[{}()|]|，，|。。|，。|？。|；。|None")


def compose(rng: Random, place: Place, category: str) -> PetitionText:
    return texts.compose(rng, place, enterprise(rng, place), category, today=TODAY)


@pytest.fixture(scope="module")
def many(place: Place) -> list[PetitionText]:
    rng = Random(20260101)
    return [compose(rng, place, rng.choice(CATEGORIES)) for _ in range(5_000)]


def test_there_are_more_than_sixty_problems_of_at_least_fourteen_topics() -> None:
    assert len({problem.key for problem in catalogue()}) == len(catalogue()) > 60
    assert len({problem.topic for problem in catalogue()}) >= 14


def test_every_problem_is_told_sooner_or_later(many: list[PetitionText]) -> None:
    assert {text.recipe.problem for text in many} == {problem.key for problem in catalogue()}


def test_every_topic_names_a_kind_of_unit() -> None:
    assert all(unit_kinds(problem.topic)[0] == problem.unit_kind for problem in catalogue())


def test_nothing_of_the_templates_is_left_in_a_text(many: list[PetitionText]) -> None:
    for text in many:
        for part in (text.title, text.content, text.wish):
            assert not LEFT_OVER.search(part), part


def test_texts_have_their_length_and_titles_theirs(many: list[PetitionText]) -> None:
    lengths = [len(text.content) for text in many]
    assert min(lengths) >= texts.SHORTEST
    assert max(lengths) <= texts.LONGEST
    assert sum(length < 90 for length in lengths) > 500
    assert sum(length > 250 for length in lengths) > 350
    assert all(4 <= len(text.title) <= 40 for text in many)


def test_texts_are_punctuated_as_sentences(many: list[PetitionText]) -> None:
    ended = sum(text.content[-1] in "。！？，" for text in many)
    assert ended / len(many) > 0.85
    assert all(re.search(r"[，。！？, ]", text.content) for text in many)


def test_hardly_any_text_is_like_another(many: list[PetitionText]) -> None:
    """Alike is an Indel similarity of 90 or more with an earlier text of the same problem."""
    by_problem: dict[str, list[str]] = defaultdict(list)
    alike = 0
    for text in many:
        earlier = by_problem[text.recipe.problem]
        alike += process.extractOne(text.content, earlier, scorer=fuzz.ratio, score_cutoff=90) is not None
        earlier.append(text.content)
    assert alike / len(many) < 0.05


def test_a_trade_has_only_the_problems_it_can_have(many: list[PetitionText], place: Place) -> None:
    rng = Random(3)
    found = [
        (which := enterprise(rng, place), texts.compose(rng, place, which, "difficulty", today=TODAY))
        for _ in range(900)
    ]
    assert all(which.industry == "化妆品" for which, text in found if text.recipe.problem == "化妆品备案")
    assert not any(text.matter == "用水" for which, text in found if which.industry == "软件")


def test_a_consultation_is_not_called_a_complaint(many: list[PetitionText]) -> None:
    assert not any("投诉" in text.title for text in many if text.category in ("consultation", "suggestion"))


def test_months_told_fit_the_date_told(place: Place) -> None:
    rng = Random(5)
    for _ in range(300):
        text = compose(rng, place, "complaint")
        if "月数" in text.recipe.slots:
            told = int(str(text.recipe.slots["月数"]))
            year, month = re.fullmatch(r"(今年|去年|\d{4}年)(\d+)月", str(text.recipe.slots["早"])).groups()  # type: ignore[union-attr]
            began = {"今年": 2026, "去年": 2025}.get(year) or int(year[:-1])
            assert abs((2026 - began) * 12 + 3 - int(month) - told) <= 1


def test_a_second_telling_keeps_the_facts_and_differs_in_words(many: list[PetitionText]) -> None:
    rng = Random(11)
    again = [(text, texts.rephrase(rng, text)) for text in many[:400]]
    assert all(a.matter == b.matter and a.recipe == b.recipe for a, b in again)
    assert sum(a.content != b.content for a, b in again) > 360
    near = [fuzz.ratio(a.content, b.content) for a, b in again]
    assert sum(score > 60 for score in near) > 240
    assert not any(LEFT_OVER.search(b.content) for _, b in again)


def test_additional_material_is_a_sentence_or_two(many: list[PetitionText]) -> None:
    rng = Random(12)
    added = {texts.supplement(rng, text) for text in many[:1_000]}
    assert len(added) > 150
    assert not any(LEFT_OVER.search(said) for said in added)
    assert all(12 <= len(said) <= 120 for said in added)


@pytest.mark.parametrize("ground", range(1, 11))
def test_each_refusal_ground_has_texts_that_fall_under_it(rng: Random, place: Place, ground: int) -> None:
    found = [
        texts.refusable(rng, place, ground, enterprise=enterprise(rng, place), today=TODAY) for _ in range(60)
    ]
    assert len({text.content for text in found}) >= 10
    assert not any(LEFT_OVER.search(text.content + text.title + text.wish) for text in found)


def test_the_same_seed_writes_the_same_text(place: Place) -> None:
    assert compose(Random(9), place, "difficulty") == compose(Random(9), place, "difficulty")


def test_a_word_that_is_not_at_hand_is_an_error_and_no_gap(rng: Random) -> None:
    with pytest.raises(KeyError):
        Speech(rng, {}).say("欠款{多少}万元")


def test_no_template_lacks_a_bracket() -> None:
    for problem in catalogue():
        for template in (*problem.titles, *problem.tells, *problem.wishes, *problem.answers, *problem.tried):
            assert template.count("(") == template.count(")"), template
            assert template.count("{") == template.count("}"), template
    for ground in load("refusable").values():
        assert len(ground["titles"]) >= 3
        assert len(ground["reasons"]) >= 2


@pytest.mark.parametrize("ground", sorted(load("refusable")))
def test_even_a_petition_to_be_refused_has_a_title_that_the_form_takes(ground: int) -> None:
    # The form asks for four characters (casework.intake).
    assert [title for title in load("refusable")[ground]["titles"] if len(title) < 4] == []
