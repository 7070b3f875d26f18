"""Supervision at the desk: periodic urging, repeated problems, several key items at once, silence, what became of proposals."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from tests.support.pages import Visitor, forms_of
from tests.zhitongche.desk.conftest import Office
from tests.zhitongche.desk.test_inbox import HANDLER, accept
from tests.zhitongche.desk.test_supervision import AT, DEPARTMENT, answered, handle, row_of, titles
from tests.zhitongche.supervision.test_findings import LEAD, several
from zhitongche import outbox
from zhitongche.kernel import clock as kernel_clock
from zhitongche.persistence import unit_of_work
from zhitongche.supervision import problems, proposing, rounds, run_routines
from zhitongche.worker import tasks

MONDAY = datetime(2026, 3, 16, 2, tzinfo=UTC)


def relay() -> None:
    outbox.relay(tasks.handlers())


def turn() -> None:
    """The machine's turn."""
    with unit_of_work():
        run_routines()


def follow(visitor: Visitor, page: str, pattern: str) -> str:
    """Open the page's link of that form."""
    found = re.search(f'href="([^"]*{pattern})"', page)
    assert found, pattern
    return visitor.see(found[1].replace("&amp;", "&"))


@pytest.mark.clause("RP-3.4.b")
def test_the_section_goes_over_the_list_takes_out_puts_back_and_issues(raoping: Office, clock: kernel_clock.Simulated) -> None:
    for title in ("甲件道路破损", "乙件道路破损"):
        raoping.play.hand_in(title=title)
        accept(raoping)
    official = raoping.at_desk("supervision")
    assert "还没有催办名单" in official.see(f"{AT}/urging")
    clock.set(MONDAY)
    turn()
    page = official.see(f"{AT}/urging")
    assert "超期6个工作日" in row_of(page, "甲件道路破损")
    key = next(text for name, text in re.findall(r'name="(item)" value="([^"]+)"', page) if text)
    official.fill(page, "why", item=key, why=" ")
    page = official.see(f"{AT}/urging")
    assert "请写明不催办的理由" in page
    official.fill(page, "why", item=key, why="企业要求缓办")
    page = official.see(f"{AT}/urging")
    assert "企业要求缓办" in page
    back = next(form for form in forms_of(page) if form.action.endswith("/put-back"))
    official.send(back, item=key)
    page = official.see(f"{AT}/urging")
    assert "企业要求缓办" not in page
    official.fill(page, "why", item=key, why="企业要求缓办")
    official.fill(official.see(f"{AT}/urging"), "text", text="请三天内反馈。")
    assert "正在逐件催办" in official.see(f"{AT}/urging")
    relay()
    page = official.see(f"{AT}/urging")
    assert "饶府办催〔2026〕1号" in page
    assert {"不催办", "已催办"} <= set(re.findall("不催办|已催办", page))
    handler = raoping.at_desk(HANDLER)
    assert handler.get(f"{AT}/urging").status_code == 403
    assert "催办通知" in handler.see("/desk/papers")
    leader = raoping.at_desk("leader").see(f"{AT}/urging")
    assert 'name="why"' not in leader


@pytest.mark.clause("ST-1.1.4")
def test_a_repeated_problem_goes_from_the_proposal_to_the_units_answer_and_a_verdict(shantou: Office, clock: kernel_clock.Simulated) -> None:
    several(shantou.play)
    triage, leader, unit = (shantou.at_desk(who) for who in ("triage", "leader", LEAD))
    page = triage.see(f"{AT}/repeated")
    triage.send(next(form for form in forms_of(page) if form.action.endswith("/search")))
    page = triage.see(f"{AT}/repeated")
    assert "近90天4件，内容相近" in page
    here = f"{AT}/repeated/{problems.waiting()[0].id}"
    page = triage.see(here)
    assert len([title for title in titles(page) if "家反映" in title]) == 4
    form = follow(triage, page, "/write")
    assert triage.fill(form, "suggestion", text="", suggestion="").status_code == 422
    assert triage.fill(form, "suggestion", text="道路没有移交。", suggestion="明确养护单位。").status_code == 303
    page = triage.see(here)
    letter = re.search(r'href="(/desk/papers/[^"/]+)"', page)
    assert letter
    triage.send(next(form for form in forms_of(triage.see(letter[1])) if form.action.endswith("/submit")))
    leader.send(next(form for form in forms_of(leader.see(letter[1])) if form.action.endswith("/approve")))
    page = unit.see("/desk/rectifying")
    assert "待单位反馈" in page
    assert unit.get(f"{AT}/repeated").status_code == 403
    form = follow(unit, page, "/desk/rectifying/[^\"]+")
    assert "明确养护单位。" in form
    assert unit.fill(form, "measures", measures="已移交。", person="林建明").status_code == 422
    assert unit.fill(form, "measures", measures="已移交城投公司养护。", person="林建明", done_by="2026-04-30").status_code == 303
    page = triage.see(here)
    assert "已移交城投公司养护。" in page
    report = next(form for form in forms_of(page) if form.action.endswith("/report"))
    assert "/desk/papers/" in triage.send(report).headers["Location"]
    form = follow(triage, page, "/close")
    assert triage.fill(form, "verdict", verdict="effective", text="三个月没有新增。").status_code == 303
    assert "整改有效" in triage.see(f"{AT}/repeated")
    assert "整改有效" in follow(unit, unit.see("/desk/rectifying"), "/desk/rectifying/[^\"]+")


def test_an_officer_mends_the_group_and_sets_it_aside_with_a_reason(shantou: Office, clock: kernel_clock.Simulated) -> None:
    several(shantou.play)
    shantou.play.hand_in(title="另一件道路破损")
    number, official = shantou.play.petition.number, shantou.at_desk("triage")
    with unit_of_work():
        proposing.nightly()
    here = f"{AT}/repeated/{problems.waiting()[0].id}"
    form = follow(official, official.see(here), "/add")
    assert "没有编号为ST000的诉求件" in official.fill(form, "number", number="ST000").get_data(as_text=True)
    assert official.fill(form, "number", number=number).status_code == 303
    page = official.see(here)
    assert "另一件道路破损" in page
    form = follow(official, page, "/out")
    assert official.fill(form, "reason", reason="不是同一条路").status_code == 303
    form = follow(official, official.see(here), "/aside")
    assert official.fill(form, "reason", reason="").status_code == 422
    assert official.fill(form, "reason", reason="已列入年度计划").status_code == 303
    assert "已搁置" in official.see(f"{AT}/repeated")
    assert "已列入年度计划" in official.see(here)
    other = shantou.at_desk("supervision")
    assert "/write" not in other.see(here)
    assert other.get(f"{here}/write").status_code == 403


@pytest.mark.clause("ST-3.5")
def test_what_the_machine_proposes_is_submitted_in_one_go_and_approved_in_one_go(shantou: Office, clock: kernel_clock.Simulated) -> None:
    for title in ("甲件滞后的道路", "乙件滞后的道路", "丙件滞后的道路"):
        shantou.play.hand_in(title=title)
        handle(shantou)
    clock.set(datetime(2026, 3, 24, 16, 30, tzinfo=UTC))
    shantou.play.hand_in(title="新近的一件诉求")
    handle(shantou)
    turn()
    official, leader = shantou.at_desk("triage"), shantou.at_desk("leader")
    page = official.see(f"{AT}/monthly")
    serious = page.split('id="serious"')[1].split("</form>")[0]
    assert sorted(titles(serious)) == sorted(("甲件滞后的道路", "乙件滞后的道路", "丙件滞后的道路"))
    items = re.findall(r'name="item" value="([^"]+)"', serious)
    assert official.fill(page, "item", item=items[:2], text="企业多次反映").status_code == 303
    assert "已提请2件" in official.see(f"{AT}/monthly")
    page = leader.see(f"{AT}/key")
    assert "满5个工作日为严重滞后）。企业多次反映" in page
    leader.fill(page, "verdict", item=items[:2])
    page = leader.see(f"{AT}/key")
    assert "请选择同意或不同意" in page
    leader.fill(page, "verdict", item=items[:2], verdict="agree", opinion="同意列入")
    page = leader.see(f"{AT}/key")
    assert "已审批2件" in page
    assert "重点督办清单" in page
    shantou.play.petition_id = type(shantou.play.id)(items[0])
    assert shantou.play.petition.key_state == "approved"
    assert official.send(forms_of(official.see(f"{AT}/register"))[-1], to=f"{AT}/key/decide", item=items[0], verdict="agree").status_code == 403


@pytest.mark.clause("ST-3.4.b")
def test_silence_is_told_by_unit_since_when_and_how_often_in_a_row_and_urged_from_there(shantou: Office, clock: kernel_clock.Simulated) -> None:
    shantou.play.hand_in(title="久未报的一件")
    handle(shantou, "longhu")
    shantou.play.hand_in(title="补报了的一件")
    handle(shantou)
    for day in (12, 19):
        clock.set(datetime(2026, 3, day, 10, tzinfo=UTC))
        shantou.play.sweep()
    shantou.play.act("progress", DEPARTMENT, text="本周已现场踏勘。")
    official = shantou.at_desk("supervision")
    page = official.see(f"{AT}/reports")
    row = row_of(page, "久未报的一件")
    assert "连续 2 次" in row
    assert "自 2026年3月12日" in row
    assert "区（县）" in row
    clock.set(datetime(2026, 3, 26, 10, tzinfo=UTC))
    shantou.play.sweep()
    page = official.see(f"{AT}/reports")
    assert "1 件 3 次" in row_of(page.split('id="units"')[1], "龙湖区")
    item = re.findall(r'name="item" value="([^"]+)"', page)
    official.fill(page, "item", item=item[0], text="请今天补报。")
    page = official.see(f"{AT}/reports")
    assert "已催办1件" in page
    assert "催办 1 次" in row_of(page.split('id="missing"')[1], "久未报的一件")


@pytest.mark.clause("ST-3.6.b")
def test_a_proposal_is_decided_by_the_leader_and_what_became_of_it_is_told(shantou: Office, clock: kernel_clock.Simulated) -> None:
    shantou.play.hand_in(title="办得好的一件")
    handle(shantou)
    answered(shantou)
    shantou.play.act("call_back", "triage", how="phone", happened=kernel_clock.now(), with_whom="陈静", satisfaction="satisfied")
    shantou.play.act("commend", "triage", reason="三天协调四部门解决。")
    triage, leader = shantou.at_desk("triage"), shantou.at_desk("leader")
    page = triage.see(f"{AT}/quality")
    assert "典型事例：待领导决定" in page
    assert "/decide" not in page
    form = follow(leader, leader.see(f"{AT}/quality"), "/decide")
    assert leader.fill(form, "verdict", verdict="disagree").status_code == 422
    assert leader.fill(form, "verdict", verdict="agree", opinion="请宣传部门采访").status_code == 303
    assert leader.fill(form, "verdict", verdict="agree").status_code == 409
    form = follow(triage, triage.see(f"{AT}/quality"), "/result")
    assert triage.fill(form, "result", result="4月2日在政务公众号刊发").status_code == 303
    page = leader.see(f"{AT}/quality")
    assert "4月2日在政务公众号刊发" in page
    assert "典型事例：4月2日在政务公众号刊发" in triage.see(shantou.case)


def test_lists_of_urging_and_problems_are_offered_only_where_the_mechanism_knows_them(raoping: Office) -> None:
    page = raoping.at_desk("supervision").see("/desk/")
    assert f"{AT}/urging" in page
    assert f"{AT}/repeated" not in page


def test_the_list_that_waits_is_told_in_the_rail(raoping: Office, clock: kernel_clock.Simulated) -> None:
    raoping.play.hand_in()
    accept(raoping)
    clock.set(MONDAY + timedelta(hours=1))
    assert not rounds.waits()
    turn()
    assert rounds.waits()
    assert re.search(r"定期催办.{0,200}1", raoping.at_desk("supervision").see("/desk/"), re.DOTALL)


