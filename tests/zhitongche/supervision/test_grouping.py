"""What makes a repeated problem: the rule alone, without a database."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from zhitongche.kernel import limits, text
from zhitongche.kernel.ids import new_id
from zhitongche.supervision import grouping
from zhitongche.tenancy.repeated import Repeated

NOW = datetime(2026, 6, 30, 2, tzinfo=UTC)
RULE = Repeated("ST-1.1.4", days=90, least=5, times=2, alike=4, answer=limits.parse("10 wd"))
LONG_AGO = NOW - timedelta(days=400)
UNIT, OTHER = new_id(), new_id()


def unlike(seed: UUID) -> str:
    """Words that have nothing in common with any other's."""
    chance = random.Random(seed.int)
    return "".join(chr(chance.randrange(0x4E00, 0x9000)) for _ in range(20))


@dataclass
class Got:
    days: float
    unit_id: UUID | None = UNIT
    area: str = "东区"
    subject: str = "road"
    words: str = ""
    enterprise_id: UUID = field(default_factory=new_id)
    id: UUID = field(default_factory=new_id)

    @property
    def at(self) -> datetime:
        return NOW - timedelta(days=self.days)


def found(*seen: Got, first: datetime = LONG_AGO, known: tuple[UUID, ...] = ()) -> list[grouping.Group]:
    ordered = sorted(seen, key=lambda one: one.at)
    words = {one.id: one.words or unlike(one.id) for one in seen}
    return grouping.groups(ordered, RULE, grouping.span(RULE, NOW, first), lambda ids: {one: words[one] for one in ids}, known)


def test_a_count_clearly_above_the_units_own_earlier_rate_is_proposed_with_its_ground() -> None:
    (group,) = found(Got(100), *(Got(day) for day in range(1, 8)))
    assert (group.unit_id, group.subject, len(group.petitions), group.ground) == (UNIT, "road", 7, "近90天7件，前90天1件")


def test_as_many_as_before_is_no_problem_and_neither_is_what_chance_scatters() -> None:
    assert found(*(Got(day) for day in range(1, 8)), *(Got(day) for day in range(100, 106))) == []
    assert found(*(Got(day) for day in range(1, 7)), *(Got(day) for day in range(100, 103))) == []


def test_a_place_without_an_earlier_time_has_no_earlier_rate() -> None:
    assert found(*(Got(day) for day in range(1, 8)), first=NOW - timedelta(days=80)) == []
    assert found(*(Got(day) for day in range(1, 8)), first=NOW - timedelta(days=150))


def test_similar_words_are_a_problem_however_many_came_before() -> None:
    same = "厂区门口道路破损积水，货车进出困难"
    before = [Got(day) for day in range(100, 140)]
    near = [Got(day, words=f"{same}，第{day}次") for day in range(1, 5)]
    (group,) = found(*before, *near, Got(6, words="办理环评手续时间过长请协调"))
    assert (set(group.petitions), group.ground) == ({one.id for one in near}, "近90天4件，内容相近")


def test_one_enterprise_that_asks_again_and_again_is_no_problem_of_a_place() -> None:
    me = new_id()
    assert found(*(Got(day, enterprise_id=me, words="道路破损积水请尽快修复") for day in range(1, 9))) == []


def test_an_areas_problem_is_told_only_where_it_is_not_one_units_already() -> None:
    (group,) = found(*(Got(day) for day in range(1, 7)))
    assert group.unit_id == UNIT
    spread = [Got(day, unit_id=UNIT if day % 2 else OTHER) for day in range(1, 9)]
    assert [(one.unit_id, one.area) for one in found(*spread)] == [(None, "东区")]


def test_what_a_finding_has_told_of_is_not_counted_again() -> None:
    seen = [Got(day) for day in range(1, 8)]
    assert found(*seen, known=tuple(one.id for one in seen[:4])) == []


@given(st.lists(st.tuples(st.floats(0, 179), st.booleans(), st.sampled_from("ab"), st.sampled_from(("道路破损积水", "用电报装受阻", ""))), max_size=30))
def test_every_group_is_of_one_place_and_subject_within_the_days_and_names_no_petition_twice(told) -> None:
    seen = [Got(days, UNIT if unit else OTHER, area, "road", words) for days, unit, area, words in told]
    by_id = {one.id: one for one in seen}
    for group in found(*seen):
        members = [by_id[one] for one in group.petitions]
        assert len(set(group.petitions)) == len(members) >= RULE.alike
        assert all(one.at >= NOW - timedelta(days=RULE.days) for one in members)
        assert all(one.unit_id == group.unit_id if group.unit_id else one.area == group.area for one in members)
        assert len({one.enterprise_id for one in members}) > 1


def test_alike_are_those_around_one_text_and_nothing_is_like_an_empty_one() -> None:
    texts = ["道路破损积水严重", "用电报装受阻", "道路破损积水", "道路破损，积水！", "", ""]
    assert text.alike(texts, 0.5) == [0, 2, 3]
    assert text.alike(["", ""], 0.5) == []
    assert text.alike([], 0.5) == []
