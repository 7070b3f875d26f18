"""What the administrator keeps: accounts, units, calendar, texts, register; never a petition's contents."""

import re
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook
from werkzeug.datastructures import FileStorage

from tests.support.pages import Visitor, forms_of
from tests.zhitongche.desk.conftest import Office
from tests.zhitongche.desk.test_inbox import HANDLER, accept
from tests.zhitongche.desk.test_supervision import handle
from zhitongche import journal
from zhitongche.casework import replay
from zhitongche.identity import people, units
from zhitongche.identity.actors import AccountUser
from zhitongche.kernel import clock as kernel_clock
from zhitongche.kernel.errors import Forbidden, Invalid
from zhitongche.notices import overrides
from zhitongche.persistence import db, unit_of_work
from zhitongche.tenancy import calendar, current

AT = "/desk/admin"
PAGES = ("people", "people/new", "people-sheet", "units", "calendar", "texts", "texts/assigned", "stand-ins", "register", "pack")


def new_official(admin: Visitor, **values: object):
    form = admin.see(f"{AT}/people/new")
    given = {"login": "linxm", "name": "林晓敏", "unit": HANDLER, "roles": ["handler"], "mobile": "13900008888", "title": "科员"}
    return admin.fill(form, "login", **(given | values))


@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_for_the_administrator_and_for_nobody_else(raoping: Office, page: str) -> None:
    raoping.at_desk("admin").see(f"{AT}/{page}")
    for who in ("triage", "leader", "supervision", HANDLER):
        assert raoping.at_desk(who).get(f"{AT}/{page}").status_code == 403


@pytest.mark.clause("ST-5.1")
def test_no_page_of_the_administrator_shows_contents_of_a_petition(raoping: Office) -> None:
    raoping.play.hand_in(title="机密标题不得外露", content="只有承办人员才能看到的诉求正文内容。")
    accept(raoping)
    admin = raoping.at_desk("admin")
    day = kernel_clock.local_date(kernel_clock.now()).replace(day=9).isoformat()
    preview = admin.fill(admin.see(f"{AT}/calendar"), "day", day=day, kind="off", name="台风停工").get_data(as_text=True)
    shown = [admin.see(f"{AT}/{page}") for page in PAGES] + [preview, admin.see("/desk/operator/notices"), admin.see("/desk/operator/state")]
    assert raoping.play.petition.number in preview
    assert not [page for page in shown if "机密标题不得外露" in page or "诉求正文" in page or "13800001234" in page]
    assert admin.get(raoping.case).status_code == 404


def test_a_first_password_is_shown_once_and_works_until_it_is_changed(raoping: Office) -> None:
    answer = new_official(raoping.at_desk("admin"))
    page = answer.get_data(as_text=True)
    assert answer.headers["Cache-Control"] == "no-store"
    password = re.search(r'first-password">([^<]+)<', page)
    assert password
    person = people.by_login("linxm")
    assert person
    assert person.must_change_password
    assert password[1] not in raoping.at_desk("admin").see(f"{AT}/people/{person.id}")
    stranger = raoping.visitor()
    assert stranger.fill(stranger.see("/desk/sign-in"), "password", login="linxm", password=password[1]).status_code == 303
    assert stranger.get("/desk/").headers["Location"].endswith("/desk/account/password")


def test_all_faults_of_an_account_stand_beside_their_fields_and_nothing_typed_is_lost(raoping: Office) -> None:
    answer = new_official(raoping.at_desk("admin"), login="大写 ABC", unit="", mobile="123", roles=["handler"])
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "账号须为2至32个小写字母" in text or "手机" in text
    assert "林晓敏" in text
    twice = new_official(raoping.at_desk("admin"), unit="", mobile="")
    assert "都必须选择所属单位" in twice.get_data(as_text=True)
    assert people.by_login("linxm") is None


def test_only_roles_that_somebody_here_may_hold_are_offered(raoping: Office) -> None:
    page = raoping.at_desk("admin").see("/desk/admin/people/new")
    assert "受理专员" in page
    assert "省级管理员" not in page


def test_a_closed_account_is_signed_out_at_once_and_may_be_opened_again(raoping: Office) -> None:
    new_official(raoping.at_desk("admin"))
    person = people.by_login("linxm")
    assert person
    with unit_of_work():
        person.must_change_password = False
    session_id = AccountUser(person).get_id()
    assert raoping.visitor(session_id).get("/desk/").status_code == 200
    admin = raoping.at_desk("admin")
    page = admin.see(f"{AT}/people/{person.id}")
    close = next(form for form in forms_of(page) if form.action.endswith("/close"))
    assert admin.send(close).status_code == 303
    assert raoping.visitor(session_id).get("/desk/").status_code == 302
    reopen = next(form for form in forms_of(admin.see(f"{AT}/people/{person.id}")) if form.action.endswith("/open"))
    assert admin.send(reopen).status_code == 303
    db.session.expire_all()
    assert people.by_id(person.id).active


def test_an_administrator_cannot_close_the_own_account(raoping: Office) -> None:
    admin, me = raoping.at_desk("admin"), raoping.play.actor("admin").person_id
    page = admin.see(f"{AT}/people/{me}")
    assert not [form for form in forms_of(page) if form.action.endswith("/close")]
    admin.send(forms_of(page)[-1], to=f"{AT}/people/{me}/close")
    assert "不能停用自己的账号" in admin.see(f"{AT}/people/{me}")


def test_standing_in_for_the_administrator_gives_no_power_over_accounts(raoping: Office) -> None:
    admin = raoping.at_desk("admin")
    values = {"absent": str(raoping.play.actor("admin").person_id), "stand_in": str(raoping.play.actor("triage").person_id)}
    answer = admin.fill(admin.see(f"{AT}/stand-ins"), "absent", since="2026-03-06T09:00", until="2026-03-09T18:00", reason="外出培训", **values)
    assert answer.status_code == 303
    assert "代办中" in admin.see(f"{AT}/stand-ins")
    stand_in = raoping.at_desk("triage")
    act = next(form for form in forms_of(stand_in.see("/desk/account")) if "act-for" in form.action)
    assert stand_in.send(act).status_code == 303
    assert stand_in.get(f"{AT}/people").status_code == 403


def sheet(*rows: tuple[str, ...]) -> FileStorage:
    book = Workbook()
    for row in (("账号", "姓名", "单位", "角色", "手机号", "职务"), *rows):
        book.worksheets[0].append(row)
    out = BytesIO()
    book.save(out)
    return FileStorage(BytesIO(out.getvalue()), "人员.xlsx")


def test_a_sheet_with_a_fault_is_told_by_row_and_column_and_nobody_is_made(raoping: Office) -> None:
    admin = raoping.at_desk("admin")
    file = sheet(("chenyi", "陈怡", "县交通运输局", "承办经办人", "13900001111", ""), ("huangb", "黄兵", "没有这个局", "承办经办人", "139", ""))
    answer = admin.fill(admin.see(f"{AT}/people-sheet"), "file", file=file)
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "第3行“单位”" in text
    assert "没有“没有这个局”这个单位" in text
    assert "第3行“手机号”" in text
    assert "第2行" not in text
    assert people.by_login("chenyi") is None


def test_a_good_sheet_makes_every_account_and_shows_each_first_password(raoping: Office) -> None:
    admin = raoping.at_desk("admin")
    name = units.by_code(HANDLER).name
    file = sheet(("chenyi", "陈怡", name, "承办经办人", "13900001111", ""), ("huangb", "黄兵", name, "承办经办人", "", "科长"))
    text = admin.fill(admin.see(f"{AT}/people-sheet"), "file", file=file).get_data(as_text=True)
    assert len(re.findall("first-password", text)) == 2
    assert people.by_login("huangb")
    template = admin.get(f"{AT}/people-sheet/template")
    assert name in [row[0] for row in load_workbook(BytesIO(template.get_data())).worksheets[1].iter_rows(values_only=True)]


@pytest.mark.clause("RP-2.3.n", "ST-1.2", "ST-1.3")
def test_a_unit_keeps_its_own_contact_and_no_other_units(raoping: Office, clock: kernel_clock.Simulated) -> None:
    handler, other = raoping.at_desk(HANDLER), units.by_code("zhujian")
    page = handler.see("/desk/unit")
    assert "还没有经单位核实" in page
    values = {"contact_name": "吴联络", "contact_mobile": "13911112222", "contact_phone": "0768-1234567"}
    assert handler.fill(page, "contact_name", **values).status_code == 303
    db.session.expire_all()
    unit = units.by_code(HANDLER)
    assert (unit.contact_name, unit.contact_mobile, unit.contact_confirmed_at) == ("吴联络", "13911112222", clock.now())
    assert "还没有经单位核实" not in handler.see("/desk/unit")
    assert handler.get(f"{AT}/units/{other.id}").status_code == 403
    assert raoping.at_desk("triage").get("/desk/unit").status_code == 403


@pytest.mark.clause("RP-2.3.n")
def test_contacts_that_nobody_confirmed_for_long_stand_out(raoping: Office, clock: kernel_clock.Simulated) -> None:
    admin, unit = raoping.at_desk("admin"), units.by_code(HANDLER)
    values = {"contact_name": "吴联络", "contact_mobile": "13911112222"}
    assert admin.fill(admin.see(f"{AT}/units/{unit.id}"), "contact_name", **values).status_code == 303
    assert unit.name not in table(admin.see(f"{AT}/units", state="stale"))
    clock.set(datetime(2026, 6, 10, 2, tzinfo=UTC))
    assert unit.name in table(admin.see(f"{AT}/units", state="stale"))
    wrong = admin.fill(admin.see(f"{AT}/units/{unit.id}"), "contact_name", contact_mobile="12345")
    assert wrong.status_code == 422
    assert "手机" in wrong.get_data(as_text=True)


def table(page: str) -> str:
    return page[page.find("<tbody") :] if "<tbody" in page else ""


def set_day(admin: Visitor, day: str, kind: str = "off") -> str:
    """Set a day of one's own after seeing what it moves; answers the preview."""
    preview = admin.fill(admin.see(f"{AT}/calendar"), "day", day=day, kind=kind, name="台风停工").get_data(as_text=True)
    assert admin.fill(preview, "confirmed").status_code == 303
    return preview


def test_a_day_off_moves_the_running_limits_after_a_preview_and_the_journal_says_so(raoping: Office) -> None:
    raoping.play.hand_in()
    admin, before = raoping.at_desk("admin"), raoping.play.clock("screen").due_at
    assert kernel_clock.local(before).date() == date(2026, 3, 11)
    shown = admin.fill(admin.see(f"{AT}/calendar"), "day", day="2026-03-10", kind="off", name="台风停工").get_data(as_text=True)
    assert raoping.play.petition.number in shown
    assert calendar.own_days() == {}
    set_day(admin, "2026-03-10")
    moved = raoping.play.running()["screen"]
    assert kernel_clock.local(moved.due_at).date() == date(2026, 3, 12)
    assert raoping.play.petition.next_due_at == moved.due_at
    last = journal.entries(raoping.play.id)[-1]
    assert (last.action, last.body["before"], last.body["after"]) == ("recount", before.isoformat(), moved.due_at.isoformat())
    assert replay.broken(raoping.play.id) == []
    undo = next(form for form in forms_of(admin.see(f"{AT}/calendar")) if form.action.endswith("/unset"))
    assert admin.fill(admin.send(undo).get_data(as_text=True), "confirmed").status_code == 303
    assert raoping.play.running()["screen"].due_at == before
    assert calendar.own_days() == {}


def test_what_is_missed_already_stays_missed_whatever_the_calendar_becomes(raoping: Office, clock: kernel_clock.Simulated) -> None:
    raoping.play.hand_in()
    clock.set(datetime(2026, 3, 12, 2, tzinfo=UTC))
    raoping.play.sweep()
    missed = raoping.play.clock("screen")
    due = missed.due_at
    assert missed.missed_at
    assert raoping.play.petition.number not in set_day(raoping.at_desk("admin"), "2026-03-12")
    assert raoping.play.clock("screen").due_at == due


def test_a_closed_thursday_moves_the_report_to_the_day_before_but_never_to_a_day_that_has_passed(
    shantou: Office, clock: kernel_clock.Simulated
) -> None:
    shantou.play.hand_in()
    handle(shantou)
    admin = shantou.at_desk("admin")
    assert kernel_clock.local(shantou.play.clock("progress").due_at).date() == date(2026, 3, 12)
    set_day(admin, "2026-03-12")
    assert kernel_clock.local(shantou.play.running()["progress"].due_at).date() == date(2026, 3, 11)
    # An early report for this week: the next one is due the week after, also when the calendar moves again.
    shantou.play.act("progress", "gongxin", text="本周已报送进展。")
    assert kernel_clock.local(shantou.play.running()["progress"].due_at).date() == date(2026, 3, 19)
    set_day(admin, "2026-03-17")
    assert kernel_clock.local(shantou.play.running()["progress"].due_at).date() == date(2026, 3, 19)
    clock.set(datetime(2026, 3, 19, 1, tzinfo=UTC))
    set_day(admin, "2026-03-19")
    assert kernel_clock.local(shantou.play.running()["progress"].due_at).date() == date(2026, 3, 19)


@pytest.mark.parametrize(
    ("day", "kind", "told"),
    [("2026-03-05", "off", "只能调整今天及以后"), ("2026-03-07", "off", "本来就是休息日"), ("2026-03-09", "working", "本来就是上班日"), ("2031-01-01", "off", "两年以内")],
)  # fmt: skip
def test_a_day_that_makes_no_sense_is_refused_beside_its_field(raoping: Office, day: str, kind: str, told: str) -> None:
    admin = raoping.at_desk("admin")
    answer = admin.fill(admin.see(f"{AT}/calendar"), "day", day=day, kind=kind, name="台风停工", confirmed="yes")
    assert answer.status_code == 422
    assert told in answer.get_data(as_text=True)
    assert calendar.own_days() == {}


def test_a_message_is_worded_anew_and_goes_back_to_the_packs_words(raoping: Office) -> None:
    admin, pack = raoping.at_desk("admin"), current.pack()
    page = admin.see(f"{AT}/texts/assigned")
    assert admin.fill(page, "text", text="新件 {number}，请24小时内接收。{link}").status_code == 303
    assert overrides.message(pack, "assigned") == "新件 {number}，请24小时内接收。{link}"
    restore = next(form for form in forms_of(admin.see(f"{AT}/texts/assigned")) if form.action.endswith("/restore"))
    assert admin.send(restore).status_code == 303
    assert overrides.message(pack, "assigned") == pack.messages["assigned"]
    assert len(overrides.history("assigned")) == 2


@pytest.mark.parametrize(
    ("code", "text", "told"),
    [("assigned", "请 {nobody} 办理", "不能使用填充项{nobody}"), ("assigned", "落单的 { 括号", "不能使用填充项"), ("sms_code", "请查收验证码", "必须含有填充项{text}"),
     ("sms_code", "{text} {number}", "不能使用填充项{number}"), ("assigned", "长" * 201, "200")],
)  # fmt: skip
def test_a_wording_with_a_hole_in_it_is_refused(raoping: Office, code: str, text: str, told: str) -> None:
    admin = raoping.at_desk("admin")
    answer = admin.fill(admin.see(f"{AT}/texts/{code}"), "text", text=text)
    assert answer.status_code == 422
    assert told in answer.get_data(as_text=True)
    assert overrides.in_force() == {}


def test_only_an_administrator_words_messages(raoping: Office) -> None:
    with pytest.raises(Forbidden):
        overrides.override(current.pack(), "assigned", "文字", by=raoping.play.actor("triage"))
    with pytest.raises(Invalid):
        overrides.override(current.pack(), "assigned", "  ", by=raoping.play.actor("admin"))


@pytest.mark.clause("RP-2.2.b")
def test_the_register_is_loaded_whole_or_not_at_all(raoping: Office) -> None:
    admin = raoping.at_desk("admin")
    head = "统一社会信用代码,企业名称\n"
    bad = FileStorage(BytesIO((head + "91440500617540496Q,甲公司\n123,乙公司\n").encode()), "法人库.csv")
    answer = admin.fill(admin.see(f"{AT}/register"), "file", file=bad)
    assert answer.status_code == 422
    assert "第3行" in answer.get_data(as_text=True)
    assert 'tile-value">0<' in admin.see(f"{AT}/register")
    good = FileStorage(BytesIO((head + "91440500617540496Q,甲公司\n").encode()), "法人库.csv")
    assert admin.fill(admin.see(f"{AT}/register"), "file", file=good).status_code == 303
    assert 'tile-value">1<' in admin.see(f"{AT}/register")


@pytest.mark.clause("RP-3.1")
def test_the_leading_group_and_its_office_are_the_tenants_organisation(raoping: Office) -> None:
    page = raoping.at_desk("admin").see(f"{AT}/pack")
    pack = raoping.play.pack
    assert pack.department in page
    assert all(leader.name in page and leader.title in page for leader in pack.leaders)
    assert any("组长" in leader.title for leader in pack.leaders)
    picture = raoping.at_desk("admin").get(f"{AT}/pack/flow.svg")
    assert picture.mimetype == "image/svg+xml"
    assert "sandbox" in picture.headers["Content-Security-Policy"]
