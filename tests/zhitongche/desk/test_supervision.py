"""What supervisors see and do: every unit's work, the register, the monthly and the key list, reports, calls back."""

import re
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook
from werkzeug.test import TestResponse

from tests.zhitongche.desk.conftest import Office
from tests.zhitongche.desk.test_inbox import HANDLER, accept, tile
from zhitongche.casework.queries import oversight
from zhitongche.kernel import clock as kernel_clock
from zhitongche.persistence import unit_of_work
from zhitongche.supervision import run_routines

AT = "/desk/supervision"
PAGES = ("overview", "overview/posts", "register", "monthly", "key", "reports", "quality")
DEPARTMENT = "gongxin"


def handle(office: Office, unit: str = DEPARTMENT, category: str = "complaint") -> None:
    """Bring the city's case to its unit, by letter."""
    play = office.play
    play.act("propose", "triage", accept_ground=next(iter(play.pack.grounds_accept)), category=category, proposed=play.unit(unit))
    play.act("confirm", unit)
    play.act("fix", "triage", lead=play.unit(unit), opinion="请认真办理。")
    play.act("issue", "triage")


def answered(office: Office, unit: str = DEPARTMENT) -> None:
    """Bring the case in handling to its answer."""
    now = kernel_clock.now()
    office.play.act("contact", unit, how="phone", happened=now, text="已电话联系企业。")
    office.play.act("reply", unit, reply="已经解决。", resolution="resolved")


def row_of(page: str, text: str) -> str:
    """The table row in which the text stands, without its tags."""
    rows = [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", row)) for row in re.findall(r"<tr role=\"row\".*?</tr>", page, re.DOTALL)]
    return next(row for row in rows if text in row)


def titles(page: str) -> list[str]:
    """Titles of the tables' rows, in order."""
    return re.findall(r'<th scope="row"[^>]*>.*?<a href="[^"]+">([^<]+)</a>', page, re.DOTALL)


def cells(answer: TestResponse) -> list[tuple[object, ...]]:
    """The rows of a spreadsheet."""
    return list(load_workbook(BytesIO(answer.get_data())).worksheets[0].iter_rows(values_only=True))


@pytest.mark.parametrize("who", ["triage", "supervision", "leader", "office"])
@pytest.mark.parametrize("page", PAGES)
def test_each_page_opens_for_each_supervisor_of_either_tenant(raoping: Office, page: str, who: str) -> None:
    raoping.play.hand_in()
    accept(raoping)
    raoping.at_desk(who).see(f"{AT}/{page}")


@pytest.mark.parametrize("who", [HANDLER, "admin", "window"])
def test_who_supervises_nothing_is_kept_out(raoping: Office, who: str) -> None:
    official = raoping.at_desk(who)
    assert [official.get(f"{AT}/{page}").status_code for page in PAGES] == [403] * len(PAGES)
    assert f'href="{AT}' not in official.see("/desk/")


@pytest.mark.clause("ST-1.1.3")
def test_the_overview_tells_open_late_and_finished_of_every_unit_and_district(shantou: Office, clock: kernel_clock.Simulated) -> None:
    shantou.play.hand_in(title="甲件道路破损")
    handle(shantou)
    shantou.play.hand_in(title="乙件道路破损")
    handle(shantou)
    answered(shantou)
    shantou.play.act("call_back", "triage", how="phone", happened=kernel_clock.now(), with_whom="陈静", satisfaction="satisfied")
    shantou.play.hand_in(title="丙件道路破损")
    handle(shantou, "longhu")
    clock.advance(timedelta(days=5))
    page = shantou.at_desk("supervision").see(f"{AT}/overview")
    named = {unit.code: unit.name for unit in shantou.play.pack.units}
    assert "1 件 1 件 0 1 件" in row_of(page, named[DEPARTMENT])
    assert "1 件 1 件 0 0" in row_of(page, named["longhu"])
    places, departments = page.split("<h2>部门</h2>")
    assert named["longhu"] in places
    assert named[DEPARTMENT] in departments
    assert (tile(page, "在办"), tile(page, "已超期"), tile(page, "已办结")) == (2, 2, 1)
    link = re.search(r'class="figure-late" href="([^"]+)"', departments)
    assert link
    assert titles(shantou.at_desk("supervision").see(link[1].replace("&amp;", "&"))) == ["甲件道路破损"]


@pytest.mark.clause("ST-1.1.3")
def test_the_overview_counts_only_what_was_received_in_the_period(shantou: Office, clock: kernel_clock.Simulated) -> None:
    shantou.play.hand_in()
    handle(shantou)
    official = shantou.at_desk("triage")
    assert tile(official.see(f"{AT}/overview", since="2026-03-06", until="2026-03-06"), "在办") == 1
    assert tile(official.see(f"{AT}/overview", since="2026-03-07"), "在办") == 0
    assert tile(official.see(f"{AT}/overview", until="2026-03-05"), "在办") == 0


@pytest.mark.clause("ST-5.3")
def test_limits_are_counted_by_unit_and_by_person(shantou: Office, clock: kernel_clock.Simulated) -> None:
    shantou.play.hand_in()
    handle(shantou)
    clock.advance(timedelta(days=6))
    answered(shantou)
    unit, official = shantou.play.unit(DEPARTMENT), shantou.at_desk("supervision")
    handler = shantou.play.actor(DEPARTMENT)
    page = official.see(f"{AT}/overview/units/{unit}")
    # Confirmed in time; contact and answer came after their limits.
    assert f"{handler.name} 3 项 2 项" in row_of(page, handler.name)
    posts = official.see(f"{AT}/overview/posts")
    assert "triage某 3 项 0" in row_of(posts, "triage某")
    assert handler.name not in posts
    (figures,) = [one for one in oversight.by_unit() if str(one.unit_id) == unit]
    assert figures.limits_missed == 2


@pytest.mark.clause("RP-2.9")
def test_an_item_is_in_the_supervision_register_from_the_moment_it_is_handed_out(raoping: Office) -> None:
    raoping.play.hand_in(title="道路破损一件")
    official = raoping.at_desk("supervision")
    assert titles(official.see(f"{AT}/register")) == []
    accept(raoping)
    assert titles(official.see(f"{AT}/register")) == ["道路破损一件"]
    assert titles(official.see(f"{AT}/register", unit=raoping.play.unit(HANDLER))) == ["道路破损一件"]
    assert titles(official.see(f"{AT}/register", unit=raoping.play.unit("zhujian"))) == []


@pytest.mark.clause("RP-2.9")
def test_the_register_leaves_the_house_with_who_took_it_and_when_and_each_row_is_a_read(raoping: Office) -> None:
    raoping.play.hand_in(title="=1+1 公式标题")
    accept(raoping)
    rows = cells(raoping.at_desk("supervision").get(f"{AT}/register/export"))
    assert "导出人：supervision某" in str(rows[1][0])
    assert "2026-03-06 10:00" in str(rows[1][0])
    assert rows[2][:2] == ("诉求编号", "标题")
    assert rows[3][:2] == (raoping.play.petition.number, "=1+1 公式标题")
    with raoping.app.app_context():
        page = raoping.at_desk("triage").see(raoping.case)
    assert "导出督办台账" in page or "supervision某" in page


def test_several_late_items_are_urged_at_once_and_each_says_so_in_its_journal(raoping: Office, clock: kernel_clock.Simulated) -> None:
    cases = []
    for title in ("甲件道路破损", "乙件道路破损", "丙件道路破损"):
        raoping.play.hand_in(title=title)
        accept(raoping)
        cases.append(str(raoping.play.id))
    clock.advance(timedelta(days=3))
    official = raoping.at_desk("supervision")
    page = official.see(f"{AT}/register", state="late")
    assert official.fill(page, "item", item=cases[:2], text="请今天反馈。").status_code == 303
    page = official.see(f"{AT}/register")
    assert "已催办2件" in page
    assert ["催办 1 次" in row_of(page, title) for title in ("甲件道路破损", "乙件道路破损", "丙件道路破损")] == [True, True, False]
    raoping.play.petition_id = type(raoping.play.id)(cases[0])
    assert raoping.play.petition.version == 3
    assert "请今天反馈。" in official.see(raoping.case)


def test_urging_without_a_word_or_without_a_choice_is_told_and_does_nothing(raoping: Office) -> None:
    raoping.play.hand_in()
    accept(raoping)
    official = raoping.at_desk("supervision")
    page = official.see(f"{AT}/register")
    official.fill(page, "item", text="请抓紧。")
    assert "请先勾选" in official.see(f"{AT}/register")
    official.fill(page, "item", item=str(raoping.play.id), text=" ")
    assert "请填写" in official.see(f"{AT}/register")
    assert "催办 1 次" not in official.see(f"{AT}/register")


def test_a_leader_sees_the_register_but_cannot_urge(raoping: Office) -> None:
    raoping.play.hand_in()
    accept(raoping)
    leader, supervisor = raoping.at_desk("leader"), raoping.at_desk("supervision")
    assert 'name="item"' not in leader.see(f"{AT}/register")
    leader.fill(supervisor.see(f"{AT}/register"), "item", item=str(raoping.play.id), text="请抓紧。")
    assert "催办 1 次" not in supervisor.see(f"{AT}/register")


@pytest.mark.clause("ST-3.5")
def test_the_list_of_the_25th_shows_days_late_and_leads_to_the_key_list(shantou: Office, clock: kernel_clock.Simulated) -> None:
    shantou.play.hand_in(title="滞后件道路破损")
    handle(shantou)
    clock.set(datetime(2026, 3, 24, 2, tzinfo=UTC))
    official, leader = shantou.at_desk("triage"), shantou.at_desk("leader")
    with unit_of_work():
        run_routines()
    assert "还没有清单" in official.see(f"{AT}/monthly")
    clock.set(datetime(2026, 3, 25, 2, tzinfo=UTC))
    for _ in range(2):
        with unit_of_work():
            run_routines()
    page = official.see(f"{AT}/monthly")
    assert "共 1 件，其中已超期 1 件" in page
    listed = page.rpartition("</form>")[2]
    assert "已超期12个工作日（满5个工作日为严重滞后）" in row_of(page, "滞后件道路破损")
    assert "已超期 15 天" in row_of(listed, "滞后件道路破损")
    link = re.search(r'href="([^"]+/do/propose_key)"', page)
    assert link
    assert official.fill(official.see(link[1]), "reason", reason="逾期半月，企业多次反映。").status_code == 303
    assert "已提请" in row_of(official.see(f"{AT}/monthly"), "滞后件道路破损")
    assert "/do/approve_key" not in official.see(f"{AT}/key")
    waiting = leader.see(f"{AT}/key")
    link = re.search(r'href="([^"]+/do/approve_key)"', waiting)
    assert link
    assert leader.fill(leader.see(link[1]), "verdict", verdict="agree").status_code == 303
    page = official.see(f"{AT}/key")
    assert "重点督办清单" in page
    assert "待审批" not in page
    rows = cells(official.get(re.search(r'href="([^"]+/export)"', official.see(f"{AT}/monthly"))[1]))  # type: ignore[index]
    assert rows[3][2] == 15


@pytest.mark.clause("ST-3.4.b")
def test_a_report_that_was_not_made_by_thursday_is_listed_and_one_that_was_is_not(shantou: Office, clock: kernel_clock.Simulated) -> None:
    for title in ("报了进展的一件", "没报进展的一件"):
        shantou.play.hand_in(title=title)
        handle(shantou)
        if title == "报了进展的一件":
            shantou.play.act("progress", DEPARTMENT, text="本周已现场踏勘。")
    official = shantou.at_desk("supervision")
    assert titles(official.see(f"{AT}/reports").split('id="missing"')[1].split("<h2>")[1]) == []
    clock.set(datetime(2026, 3, 12, 10, tzinfo=UTC))
    shantou.play.sweep()
    missing = official.see(f"{AT}/reports").split('id="missing"')[1].split("<h2>")[1]
    assert titles(missing) == ["没报进展的一件"]
    assert "2026年3月12日" in row_of(missing, "没报进展的一件")


@pytest.mark.clause("ST-3.6.a", "ST-3.6.b")
def test_calls_back_owed_and_made_and_what_was_proposed_of_the_handling_are_listed(shantou: Office) -> None:
    shantou.play.hand_in(title="待回访的道路破损")
    handle(shantou)
    answered(shantou)
    official = shantou.at_desk("triage")
    page = official.see(f"{AT}/quality")
    assert "/do/call_back" in page
    assert (tile(page, "近90天办结"), tile(page, "已回访")) == (0, 0)
    shantou.play.act("call_back", "triage", how="phone", happened=kernel_clock.now(), with_whom="陈静", satisfaction="satisfied")
    shantou.play.act("commend", "triage", reason="三天协调四部门解决。")
    shantou.play.act("report_fault", "triage", reason="前期曾推诿一周。")
    page = official.see(f"{AT}/quality")
    assert "没有待回访" in page
    assert (tile(page, "近90天办结"), tile(page, "已回访"), tile(page, "回访满意")) == (1, 1, 1)
    row = row_of(page, "待回访的道路破损")
    assert "三天协调四部门解决。" in row
    assert "前期曾推诿一周。" in row


@pytest.mark.clause("ST-2.c")
def test_problems_that_come_again_are_listed_by_how_often(shantou: Office) -> None:
    shantou.play.hand_in(title="主件道路破损")
    handle(shantou)
    main = str(shantou.play.id)
    for _ in range(2):
        shantou.play.hand_in(title="又提一次道路破损")
        shantou.play.act("join", "triage", into=main)
    assert "主件道路破损" in (row := row_of(shantou.at_desk("triage").see(f"{AT}/quality"), "主件道路破损"))
    assert " 2 件" in row


def test_what_the_mechanism_does_not_know_is_not_offered(raoping: Office) -> None:
    page = raoping.at_desk("supervision").see("/desk/")
    assert f"{AT}/register" in page
    assert f"{AT}/monthly" not in page
    assert f"{AT}/key" not in page
    assert f"{AT}/reports" not in page
