"""不应计入 on the desk: objected to where the petition is counted, decided with a reason, seen beside the figure."""

import pytest

from tests.zhitongche.desk.conftest import Office
from tests.zhitongche.desk.figures.conftest import OTHER
from tests.zhitongche.desk.figures.test_pages import AT, links, text
from tests.zhitongche.desk.test_inbox import HANDLER

WHY = "交办当日全县停电，平台无法登录。"


def raise_it(office: Office) -> None:
    """The unit's handler objects to the late receipt, by the ways of the page."""
    handler = office.at_desk(HANDLER)
    page = handler.see(f"{AT}/response_rate/petitions", part="denominator")
    (way,) = [one for one in links(page) if one.partition("?")[0].endswith("/objection")]
    answer = handler.fill(handler.see(way), "reason", reason=WHY)
    assert answer.status_code == 303


@pytest.mark.clause("ST-5.3")
def test_an_agreed_objection_leaves_the_petition_out_and_the_figure_shows_how_many(late: Office) -> None:
    raise_it(late)
    triage = late.at_desk("triage")
    listed = triage.see(f"{AT}/objections")
    assert "待裁定" in listed
    (way,) = {one for one in links(listed) if one.startswith(f"{AT}/objections/")}
    page = triage.see(way)
    assert WHY in page
    wrong = triage.fill(page, "verdict", reason="")
    assert wrong.status_code == 422
    assert "请选择裁定" in wrong.get_data(as_text=True)
    assert triage.fill(page, "verdict", verdict="agree", reason="停电情况属实。").status_code == 303
    assert triage.fill(page, "verdict", verdict="agree", reason="停电情况属实。").status_code == 409
    definition = triage.see(f"{AT}/response_rate")
    assert "另有 1 件次 经裁定不计入" in text(definition)
    (left_out,) = {one for one in links(definition) if "part=left_out" in one}
    assert "厂区门口道路破损" in triage.see(left_out)
    told = late.at_desk(HANDLER).see(way)
    assert "停电情况属实。" in told
    assert 'name="verdict"' not in told
    behind = late.at_desk(HANDLER).see(f"{AT}/response_rate/petitions", part="left_out")
    assert "不计入" in behind
    assert "/objection?" not in behind


def test_only_the_units_own_handler_objects_and_only_who_may_decides(late: Office) -> None:
    raise_it(late)
    way = f"{AT}/response_rate/petitions/{late.play.id}/objection"
    (one,) = {found for found in links(late.at_desk("supervision").see(f"{AT}/objections")) if found.startswith(f"{AT}/objections/")}
    other, leader, handler = late.at_desk(OTHER), late.at_desk("leader"), late.at_desk(HANDLER)
    assert (other.get(way).status_code, late.at_desk("triage").get(way).status_code) == (404, 403)
    assert other.get(one).status_code == 404
    assert one not in other.see(f"{AT}/objections")
    for official in (leader, handler):
        page = official.see(one)
        assert 'name="verdict"' not in page
    token = handler.see(way)
    assert handler.fill(token, "reason", reason=WHY).status_code == 422
    form = late.at_desk("supervision").see(one)
    assert leader.fill(form, "verdict", verdict="agree", reason="停电情况属实。").status_code in {400, 403}
    assert "不计入申请" in late.at_desk("supervision").see("/desk/")
