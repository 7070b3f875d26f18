import io
import zipfile

import pytest
from openpyxl import Workbook, load_workbook

from tests.zhitongche.identity import world
from zhitongche.flow.facts import SYSTEM
from zhitongche.identity import actors, official_sheet, officials, people, sign_in, words
from zhitongche.identity.enterprises import EnterpriseForm, enrol
from zhitongche.identity.officials import OfficialForm
from zhitongche.kernel.errors import Forbidden, Invalid, NotFound
from zhitongche.persistence import TenantSession, db, unit_of_work

HEADER = list(official_sheet.COLUMNS.values())
GOOD_ROW = ["lin.wen", "林文", "示例县交通运输局", "承办经办人、分管领导", 13900000001, "科长"]


def faults(form: OfficialForm) -> dict[str, str]:
    with pytest.raises(Invalid) as refused:
        officials.create(form, by=SYSTEM)
    return refused.value.errors


def sheet(*rows: list[object], header: list[str] = HEADER) -> io.BytesIO:
    book = Workbook()
    book.active.append(header)
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    out.seek(0)
    return out


def refused_file(file: io.BytesIO) -> dict[str, str]:
    with pytest.raises(Invalid) as refused, unit_of_work():
        official_sheet.import_rows(file, by=SYSTEM)
    return refused.value.errors


def test_the_administrator_makes_an_account_whose_first_password_must_be_changed(
    tenant: TenantSession,
) -> None:
    form = OfficialForm("Lin.Wen", "林文", ("handler",), "roads", "139 0000 0001", "科长")
    made = officials.create(form, by=world.admin())
    assert (made.person.login, made.person.mobile, made.person.title) == ("lin.wen", "13900000001", "科长")
    assert made.person.must_change_password
    assert sign_in.official("lin.wen", made.password) is made.person


def test_nobody_else_makes_accounts(tenant: TenantSession) -> None:
    clerk = actors.actor_of(world.official("wu", "triage"))
    for act in (
        lambda: officials.create(OfficialForm("x1", "某", ("admin",)), by=clerk),
        lambda: officials.reset_password(clerk.person_id, by=clerk),
        lambda: officials.deactivate(clerk.person_id, by=clerk),
        lambda: official_sheet.import_rows(sheet(GOOD_ROW), by=clerk),
    ):
        with pytest.raises(Forbidden):
            act()


def test_all_faults_of_an_account_are_told_at_once(tenant: TenantSession) -> None:
    assert set(faults(OfficialForm("林", " ", (), "nowhere", "123"))) == {
        "login",
        "name",
        "roles",
        "unit",
        "mobile",
    }


def test_a_login_is_used_once_however_it_is_written(tenant: TenantSession) -> None:
    world.official("lin", "triage")
    assert faults(OfficialForm("ＬＩＮ", "林", ("admin",))) == {
        "login": words.LOGIN_TAKEN.format(login="lin")
    }


def test_a_role_is_held_only_where_the_pack_lets_the_unit_hold_it(tenant: TenantSession) -> None:
    assert set(faults(OfficialForm("lin", "林", ("triage",), "roads"))) == {"roles"}
    assert set(faults(OfficialForm("lin", "林", ("handler",)))) == {"unit"}
    assert set(faults(OfficialForm("lin", "林", ("province",)))) == {"unit"}, "nobody is made the province's without its unit"
    assert officials.create(
        OfficialForm("lin", "林", ("handler", "admin"), "roads"), by=SYSTEM
    ).person.roles == [
        "admin",
        "handler",
    ]


def test_an_account_is_changed_and_keeps_its_own_login(tenant: TenantSession) -> None:
    lin = world.official("lin", "triage")
    officials.update(lin.id, OfficialForm("lin", "林晓", ("handler",), "roads"), by=world.admin())
    assert (lin.name, lin.roles) == ("林晓", ["handler"])


def test_a_closed_account_ends_its_sessions_and_opens_again(tenant: TenantSession) -> None:
    lin = world.official("lin", "triage")
    session_id = actors.AccountUser(lin).get_id()
    assert actors.load_user(session_id).person is lin
    officials.deactivate(lin.id, by=world.admin())
    assert actors.load_user(session_id) is None
    with pytest.raises(Forbidden):
        actors.actor_of(lin)
    officials.activate(lin.id, by=world.admin())
    assert actors.load_user(session_id) is None
    assert actors.load_user(actors.AccountUser(lin).get_id()).person is lin


def test_administrators_do_not_lock_themselves_out(tenant: TenantSession) -> None:
    boss = world.admin()
    with pytest.raises(Invalid):
        officials.deactivate(boss.person_id, by=boss)


def test_a_reset_password_ends_all_sessions_and_must_be_changed(tenant: TenantSession) -> None:
    lin = world.official("lin", "triage")
    session_id = actors.AccountUser(lin).get_id()
    password = officials.reset_password(lin.id, by=world.admin()).password
    db.session.commit()
    assert actors.load_user(session_id) is None
    assert sign_in.official("lin", password).must_change_password


def test_the_administrator_of_officials_touches_no_enterprises_account(tenant: TenantSession) -> None:
    person = enrol(EnterpriseForm(world.CREDIT, world.FIRM, "陈静", "13800001234")).person
    for act in (officials.deactivate, officials.activate, officials.reset_password):
        with pytest.raises(NotFound):
            act(person.id, by=SYSTEM)


def test_a_spreadsheet_makes_an_account_of_every_row(tenant: TenantSession) -> None:
    with unit_of_work():
        made = official_sheet.import_rows(
            sheet(GOOD_ROW, [None] * 6, ["wu", "吴", "政务局", "triage", None, None]), by=SYSTEM
        )
    assert [(one.person.login, one.person.mobile) for one in made] == [
        ("lin.wen", "13900000001"),
        ("wu", None),
    ]
    assert people.by_login("lin.wen").roles == ["handler", "leader"]
    assert sign_in.official("wu", made[1].password)


def test_one_faulty_cell_leaves_nothing_half_done_and_every_fault_is_named_by_row_and_column(
    tenant: TenantSession,
) -> None:
    errors = refused_file(
        sheet(
            GOOD_ROW,
            ["lin.wen", "林二", "交通局", "承办经办人", "12345", ""],
            ["wu", "", "不存在局", "皇帝", "", ""],
        )
    )
    assert set(errors) == {"第3行“账号”", "第3行“手机号”", "第4行“姓名”", "第4行“单位”", "第4行“角色”"}
    assert errors["第3行“账号”"] == words.SHEET_TWICE.format(row=2)
    assert people.officials() == []


def test_what_is_not_such_a_spreadsheet_is_refused_in_plain_words(
    tenant: TenantSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert refused_file(io.BytesIO(b"login,name")) == {"file": words.SHEET_UNREADABLE}
    assert refused_file(sheet()) == {"file": words.SHEET_EMPTY}
    assert refused_file(sheet(header=["账号"]))["file"].startswith("表头缺少：姓名")
    many = [[f"p{number}", "某", "政务局", "triage", "", ""] for number in range(official_sheet.MAX_ROWS + 1)]
    assert "文件过大" in refused_file(sheet(*many))["file"]
    assert "文件过大" in refused_file(io.BytesIO(b"x" * (2 * 1024 * 1024 + 1)))["file"]


def test_a_small_archive_that_unpacks_to_gigabytes_is_refused_unopened(tenant: TenantSession) -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (51 * 1024 * 1024))
    bomb.seek(0)
    assert len(bomb.getvalue()) < 100_000
    assert "文件过大" in refused_file(bomb)["file"]


def test_the_template_is_read_back_and_names_units_and_roles(tenant: TenantSession) -> None:
    book = load_workbook(io.BytesIO(official_sheet.template()))
    assert [cell.value for cell in book.worksheets[0][1]] == HEADER
    helping = {cell.value for row in book.worksheets[1].iter_rows() for cell in row}
    assert {"示例县交通运输局", "承办经办人", "受理专员"} <= helping
    assert refused_file(io.BytesIO(official_sheet.template())) == {"file": words.SHEET_EMPTY}
