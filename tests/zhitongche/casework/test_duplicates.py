"""Likely duplicates: open petitions of the same enterprise with similar words (ST-2.c)."""

import pytest

from tests.support.stage import CREDIT_CODES, Play
from zhitongche.casework.queries import duplicates
from zhitongche.persistence import unit_of_work

ROAD = {"title": "厂区门口道路破损", "content": "厂区门口道路破损严重，雨天积水，货车进出困难，请协调修复。"}
AGAIN = {"title": "门口道路破损未修", "content": "厂区门口道路破损严重，雨天积水，货车进出十分困难，仍未修复，请协调。"}
SCHOOL = {"title": "员工子女入学", "content": "今年镇中心小学名额不足，二十三名员工子女无法入学，希望增加学位。"}


@pytest.mark.clause("ST-2.c")
def test_the_most_alike_stands_first_and_only_what_is_alike_is_called_likely(shantou: Play) -> None:
    shantou.hand_in(**SCHOOL)
    shantou.hand_in(**ROAD)
    original = shantou.id
    shantou.hand_in(**AGAIN)
    found = duplicates.of(shantou.petition, shantou.actor("triage"))
    assert found[0].petition_id == original
    assert [one.likely for one in found] == [True, False]


def test_another_enterprises_same_words_are_no_duplicate(shantou: Play) -> None:
    shantou.hand_in(**ROAD)
    with unit_of_work():
        shantou.people["enterprise"] = shantou.enterprise_person(CREDIT_CODES[1], "乙公司", "13800005678")
    shantou.hand_in(**ROAD)
    assert duplicates.of(shantou.petition, shantou.actor("triage")) == []


def test_a_closed_petition_is_no_duplicate_and_none_is_shown_to_who_may_not_read_it(shantou: Play) -> None:
    shantou.hand_in(**ROAD)
    shantou.act("withdraw", "enterprise", reason="已自行解决。")
    shantou.hand_in(**ROAD)
    assert duplicates.of(shantou.petition, shantou.actor("triage")) == []
    enterprise = shantou.actor("enterprise").enterprise_id
    assert enterprise
    assert duplicates.like(enterprise, ROAD["title"], ROAD["content"], shantou.actor("triage"))
    stranger = next(u.code for u in shantou.pack.units if u.kind == "department" and "handler" in u.roles)
    assert duplicates.like(enterprise, ROAD["title"], ROAD["content"], shantou.actor(stranger)) == []
