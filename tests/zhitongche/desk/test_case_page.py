"""The case page holds everything on a petition, for those with a duty in it, and remembers who looked."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select, text

from tests.support.database import Database
from tests.support.stage import CREDIT_CODES
from tests.zhitongche.desk.conftest import Office
from tests.zhitongche.desk.test_inbox import HANDLER, accept
from zhitongche.casework.tables import ReadLog
from zhitongche.kernel import clock as kernel_clock
from zhitongche.kernel import ids
from zhitongche.persistence import db


def buttons(page: str) -> dict[str, str]:
    """Actions offered, with the clause that each rests on."""
    found = re.findall(r'/do/(\w+)">[^<]*(?:<i[^>]*></i>)?[^<]*</a>\s*<small>(?:<a[^>]*>依据 ([\w.-]+))?', page)
    return dict(found)


def test_every_button_says_on_which_clause_it_rests(raoping: Office) -> None:
    raoping.play.hand_in()
    accept(raoping)
    assert buttons(raoping.at_desk("triage").see(raoping.case)) == {"urge": "RP-2.9"}
    assert buttons(raoping.at_desk(HANDLER).see(raoping.case)) == {"receive": "RP-2.3.b", "object": "RP-2.3.c", "contact": "RP-2.9"}


def test_what_a_guard_forbids_stays_visible_with_reason_and_clause(raoping: Office) -> None:
    raoping.play.hand_in()
    accept(raoping, co=("huanggang",))
    raoping.play.act("receive", HANDLER)
    page = raoping.at_desk(HANDLER).see(raoping.case)
    assert "reply" not in buttons(page)
    greyed = page[page.index('class="act-refused"') :]
    assert "现在不能提交办理意见" in greyed
    assert "还有协办单位未提交意见" in greyed
    assert "依据 RP-2.3.d" in greyed


def test_everything_of_a_long_case_stands_on_its_page(shantou: Office, clock: kernel_clock.Simulated) -> None:
    play = shantou.play
    lead = next(u.code for u in play.pack.units if u.kind == "department" and "handler" in u.roles)
    co = next(u.code for u in play.pack.units if u.kind == "district" and "handler" in u.roles)
    play.hand_in(category="difficulty")
    play.act("propose", "triage", accept_ground=next(iter(play.pack.grounds_accept)), category="difficulty", proposed=play.unit(lead))
    play.act("confirm", lead)
    play.act("fix", "triage", lead=play.unit(lead), co=[play.unit(co)], opinion="请会同属地制定方案。", leader_needed=True)
    play.act("approve", "leader", verdict="agree", opinion="同意，请抓紧。")
    play.act("issue", "triage")
    play.act("contact", lead, how="phone", happened=clock.now(), with_whom="陈静", text="电话联系，约定现场会。")
    due = (kernel_clock.today() + timedelta(days=30)).isoformat()
    play.act("plan", lead, text="分三步修复路面。", due=due, milestones=[{"text": "勘测设计", "due": due}])
    page = shantou.at_desk("triage").see(shantou.case)
    for shown in ("甲公司", CREDIT_CODES[0], "13800001234", "与法人库一致", "转办意见（呈批）", play.petition.letter_number, "电话联系，约定现场会。",
                  "分三步修复路面。", "勘测设计", "同意，请抓紧。", "协办：", "未提交意见", "哈希链逐条核验完整", "依据 ST-3.3.a", "本地设定"):  # fmt: skip
        assert shown in page, shown


@pytest.mark.clause("ST-5.1")
def test_every_opening_of_a_dossier_is_logged_with_the_duty_and_shown_to_who_watches(raoping: Office) -> None:
    raoping.play.hand_in()
    accept(raoping)
    raoping.at_desk(HANDLER).see(raoping.case)
    watcher = raoping.at_desk("supervision").see(raoping.case)
    assert [row.why for row in db.session.scalars(select(ReadLog).order_by(ReadLog.at))] == ["查看诉求件（主办单位）", "查看诉求件（督查部门）"]
    assert "查看诉求件（主办单位）" in watcher
    assert "阅卷记录" not in raoping.at_desk(HANDLER).see(raoping.case)


@pytest.mark.clause("ST-5.1")
def test_a_case_that_is_not_mine_is_answered_like_one_that_does_not_exist(raoping: Office) -> None:
    raoping.play.hand_in()
    stranger = raoping.at_desk("zhujian")
    foreign, missing = stranger.get(raoping.case), stranger.get(f"/desk/petitions/{ids.new_id()}")
    assert foreign.status_code == missing.status_code == 404
    bodies = [re.sub(r'name="csrf_token" value="[^"]+"', "", answer.get_data(as_text=True)) for answer in (foreign, missing)]
    assert bodies[0] == bodies[1]
    assert db.session.scalars(select(ReadLog)).all() == []


@pytest.mark.parametrize("bent", ["update journal_entry set clause = 'RP-9.9'", "delete from journal_entry where seq = 2"])
def test_a_bent_or_shortened_journal_is_told_on_the_page_instead_of_hidden(raoping: Office, tenant_db: Database, bent: str) -> None:
    raoping.play.hand_in()
    accept(raoping)
    with tenant_db.superuser.begin() as connection:
        connection.execute(text("set local session_replication_role = replica"))
        connection.execute(text(bent))
    page = raoping.at_desk("triage").see(raoping.case)
    assert "办理记录未通过核验" in page
    assert "哈希链逐条核验完整" not in page


@pytest.mark.clause("RP-2.2.b")
def test_a_mismatched_registration_is_flagged_and_its_reviewer_finds_it_in_his_inbox(raoping: Office) -> None:
    raoping.play.hand_in(mismatched=True)
    assert "与法人库不一致" in raoping.at_desk("triage").see(raoping.case)
    reviewer = raoping.at_desk("reviewer")
    assert "登记核验" in reviewer.see("/desk/")
    assert reviewer.fill(reviewer.see(raoping.do("verify")), "verdict", verdict="agree").status_code == 303
    assert raoping.play.petition.stage == "screening"


def test_a_script_in_the_enterprises_words_is_shown_as_words(raoping: Office) -> None:
    raoping.play.hand_in(title="<script>alert(1)</script>", content="<img src=x onerror=alert(1)> 请协调修复道路。")
    page = raoping.at_desk("triage").see(raoping.case)
    assert "<script>alert" not in page
    assert "<img src=x" not in page


def test_a_way_that_was_cut_short_shows_only_where_it_has_been(raoping: Office) -> None:
    raoping.play.hand_in()
    raoping.play.act("refuse", "triage", refusal_ground="lawsuit", reason="该事项已由法院立案审理")
    page = raoping.at_desk("triage").see(raoping.case)
    steps = page[page.index('class="steps"') : page.index("</ol>", page.index('class="steps"'))]
    assert "不予受理" in steps
    assert "部门办理" not in steps
    assert "答复评价" not in steps
    assert "已办结" not in page


def test_a_limit_is_near_on_the_case_page_when_it_is_near_in_the_inbox(shantou: Office, clock: kernel_clock.Simulated) -> None:
    shantou.play.hand_in()
    official = shantou.at_desk("triage")
    assert "pill near" not in official.see("/desk/") + official.see(shantou.case)
    clock.set(shantou.play.running()["analyse"].near_at + timedelta(minutes=1))
    assert "pill near" in official.see("/desk/")
    assert "pill near" in official.see(shantou.case)
