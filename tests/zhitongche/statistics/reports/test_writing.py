"""The sentences of a report are made from values by rules."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.zhitongche.statistics.reports.values import AT, readings, value, values
from zhitongche.statistics.reports import composing, words, writing
from zhitongche.statistics.reports.comparing import change
from zhitongche.statistics.reports.readings import LateOne, Section
from zhitongche.tenancy import packs
from zhitongche.tenancy.pack import Pack

TENANTS = Path(__file__).parents[4] / "tenants"


@pytest.fixture(scope="module")
def pack() -> Pack:
    return packs.load([TENANTS])["raoping"]


@pytest.mark.parametrize(
    ("now", "then", "told"),
    [
        (value("received", 412), value("received", 380), "比上期增加32件、增长8.4%"),
        (value("received", 380), value("received", 412), "比上期减少32件、下降7.8%"),
        (value("received", 12), value("received", 9), "比上期增加3件"),
        (value("received", 5), value("received"), "比上期增加5件"),
        (value("received", 7), value("received", 7), "与上期持平"),
        (value("received"), value("received"), ""),
        (value("on_time_rate", 412, 424), value("on_time_rate", 90, 100), "比上期提高7.2个百分点"),
        (value("on_time_rate", 90, 100), value("on_time_rate", 412, 424), "比上期下降7.2个百分点"),
        (value("on_time_rate", 90, 100), value("on_time_rate", 9000, 10001), "与上期持平"),
        (value("on_time_rate", 90, 100), value("on_time_rate"), ""),
        (value("handling_median", 8, hours=20.0), value("handling_median", 8, hours=24.5), "比上期缩短4.5个工时"),
    ],
)
def test_a_change_is_told_as_officials_write_it(now, then, told: str) -> None:
    assert change(now, then, "上期") == told


@pytest.mark.clause("RP-2.10.d")
def test_what_came_in_is_told_with_what_became_of_it() -> None:
    now = values(received=value("received", 412), accepted=value("accepted", 398), refused=value("refused", 14), duplicates=value("duplicates", 6),
                 finished=value("finished", 377), on_hand=value("on_hand", 120), overdue_now=value("overdue_now", 3))  # fmt: skip
    before = values(received=value("received", 380), accepted=value("accepted", 398), finished=value("finished", 400), on_hand=value("on_hand", 108))
    told = writing.overview(readings(now, before)).paragraphs
    assert told[0] == (
        "本期收到企业诉求412件，比上期增加32件、增长8.4%。受理398件，与上期持平；不予受理14件，并入在办件的重复诉求6件。"
        "办结377件，比上期减少23件、下降5.8%。"
    )  # fmt: skip
    assert told[1] == "截至2026年3月25日17时30分，在办120件（比上期末增加12件、增长11.1%），其中超期未办结3件。"


def test_last_year_is_compared_only_where_anything_was_counted_then() -> None:
    now, year = values(received=value("received", 20)), values(received=value("received", 10))
    assert "比去年同期增加10件、增长100.0%" in writing.overview(readings(now, year=year)).paragraphs[0]
    assert "去年" not in writing.overview(readings(now)).paragraphs[0]


def test_a_rate_has_its_denominator_in_sight_and_one_without_is_not_told() -> None:
    told = writing.quality(readings(values(on_time_rate=value("on_time_rate", 412, 424)))).paragraphs
    assert told == ["按时情况：按时率97.2%（412/424）。"]


def test_default_ratings_are_told_apart_from_given_ones() -> None:
    now = values(satisfaction_given=value("satisfaction_given", 8, 10), satisfaction_default=value("satisfaction_default", 30, 40))
    assert writing.quality(readings(now)).paragraphs == ["评价和回访：满意率（实际评价）80.0%（8/10）；默认评价占比75.0%（30/40）。"]


def test_what_is_late_is_told_by_unit_the_most_first() -> None:
    units = [(name, {code: value(code, late) if code == "overdue_now" else value(code) for code in ("handed", "finished", "on_hand", "overdue_now", "on_time_rate", "satisfaction_given")}) for name, late in (("县住建局", 1), ("县市监局", 2), ("县教育局", 0))]
    now = values(overdue_now=value("overdue_now", 3, left_out=1))
    one = LateOne("id", "RP2026000001", "县市监局", "单位办理", AT - timedelta(days=3), 3)
    section = writing.late(readings(now, units=units, late=[one]))
    assert section.paragraphs[0] == "截至2026年3月25日17时30分，超期未办结3件（比上期末增加3件）：县市监局2件、县住建局1件。另有1件次经裁定不计入。下表列超期最久的1件。"
    assert section.tables[0].rows == [["RP2026000001", "县市监局", "单位办理", "2026-03-22 17:30", "3"]]


def test_of_a_period_that_is_over_there_is_no_list_of_today() -> None:
    assert writing.late(readings(values(overdue_now=value("overdue_now", 3)))).paragraphs[0].endswith(words.NO_LIST)


def test_a_month_without_petitions_is_told_as_such() -> None:
    told = writing.overview(readings()).paragraphs[0]
    assert told.startswith("本期没有收到企业诉求。")
    assert writing.late(readings()).paragraphs[0] == "截至2026年3月25日17时30分，没有超期未办结的诉求件。"
    assert writing.refusals(readings()).paragraphs == ["本期没有不予受理的诉求。"]


def test_parts_with_nothing_to_say_are_left_out_and_the_others_numbered(pack: Pack) -> None:
    content = composing.compose(readings(), pack, words.PARTS, {})
    assert [one["heading"] for one in content["sections"]] == ["一、受理办结情况", "二、办理质效", "三、超期和催办情况", "四、不予受理情况", "五、指标口径"]


def test_rooms_above_add_sections_of_their_own(pack: Pack) -> None:
    added = {"repeated": lambda read: Section("repeated", ["道路破损类诉求近90天7件。"])}
    content = composing.compose(readings(), pack, ["overview", "repeated"], added)
    assert [one["heading"] for one in content["sections"]] == ["一、受理办结情况", "二、共性问题"]


def test_every_figure_is_kept_with_its_parts_and_its_definition(pack: Pack) -> None:
    content = composing.compose(readings(values(on_time_rate=value("on_time_rate", 412, 424, left_out=2))), pack, ["overview"], {})
    (line,) = [one for one in content["figures"] if one["code"] == "on_time_rate"]
    assert line["now"] == {"text": "97.2%", "amount": pytest.approx(97.17, abs=0.01), "numerator": 412, "denominator": 424, "left_out": 2}
    assert line["source"] == "ST-5.3"
    assert "时限" in line["meaning"]
