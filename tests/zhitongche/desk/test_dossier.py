"""The dossier at the desk: seen, asked for, taken away; and who may do none of that (ST-3.7, ST-5.1)."""

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.support.pages import Visitor, forms_of
from tests.zhitongche.desk.conftest import Office
from tests.zhitongche.documents.dossier.cases import handled
from zhitongche import documents, journal, outbox
from zhitongche.casework.queries import dossier as cases
from zhitongche.casework.tables import Attachment
from zhitongche.documents.dossier import asking, keeping, making
from zhitongche.kernel import clock as kernel_clock
from zhitongche.persistence import db, unit_of_work

WHY = "上级调阅，核对办理情况"


def worked() -> None:
    assert outbox.relay({**making.HANDLERS, **documents.HANDLERS}).failed == 0


def asked(office: Office, visitor: Visitor) -> str:
    """Ask for the dossier on its page; the address of the job's line."""
    page = visitor.see(f"{office.case}/dossier")
    assert visitor.fill(page, "why", why=WHY).status_code == 303
    return progress_of(visitor.see(f"{office.case}/dossier"))


def progress_of(page: str) -> str:
    return page.split('hx-get="')[1].split('"')[0]


@pytest.mark.clause("ST-3.7")
def test_a_dossier_is_asked_for_watched_and_taken_away(shantou: Office, clock: kernel_clock.Simulated) -> None:
    handled(shantou.play, clock)
    triage = shantou.at_desk("triage")
    assert "打开案卷" in triage.see(shantou.case)
    line = asked(shantou, triage)
    assert 'hx-trigger="every 2s"' in triage.see(line)
    worked()
    told = triage.see(line)
    # Once it is done the line no longer asks for itself.
    assert "hx-trigger" not in told
    assert "已完成" in told
    pdf, bag = triage.get(f"{line}/pdf"), triage.get(f"{line}/zip")
    assert pdf.data.startswith(b"%PDF")
    assert "attachment" in pdf.headers["Content-Disposition"]
    assert any(name.endswith("/verify.py") for name in zipfile.ZipFile(io.BytesIO(bag.data)).namelist())


@pytest.mark.clause("ST-5.1")
def test_every_opening_and_export_is_visible_in_the_case_with_its_reason(shantou: Office, clock: kernel_clock.Simulated) -> None:
    handled(shantou.play, clock, uploads=[])
    triage = shantou.at_desk("triage")
    line = asked(shantou, triage)
    worked()
    triage.get(f"{line}/zip")
    page = shantou.at_desk("supervision").see(f"{shantou.case}/dossier")
    assert "谁查看过本件" in page
    assert f"案卷（PDF 和归档包）：{WHY}" in page
    assert f"下载案卷归档包：{WHY}" in page
    assert WHY in shantou.at_desk("jiaotong").see(shantou.case)


def test_a_purpose_that_is_missing_is_asked_for_beside_its_field(shantou: Office) -> None:
    shantou.play.hand_in()
    triage = shantou.at_desk("triage")
    answer = triage.fill(triage.see(f"{shantou.case}/dossier"), "why", why="")
    assert answer.status_code == 422
    assert 'id="error-why"' in answer.get_data(as_text=True)
    assert asking.of_petition(shantou.play.id, shantou.play.actor("triage")) == []


def addresses(office: Office) -> list[str]:
    """Everything of the case that an address names, but for what is made for one person."""
    attachment = db.session.scalars(select(Attachment.id).where(Attachment.petition_id == office.play.id)).first()
    paper = documents.papers_of_petition(office.play.id)[0].id
    return [
        office.case, f"{office.case}/dossier", f"{office.case}/files/{attachment}",
        *(f"/desk/papers/{paper}{rest}" for rest in ("", "/pdf", "/docx", "/page-1.png")),
    ]  # fmt: skip


def approved(office: Office, who: str) -> None:
    official = office.at_desk(who)
    assert official.fill(official.see("/desk/disclosures"), "purpose", number=office.play.petition.number, purpose=WHY, until="2026-03-20").status_code == 303
    leader = office.at_desk("leader")
    form = next(one for one in forms_of(leader.see("/desk/disclosures")) if one.action.endswith("/decide"))
    assert leader.send(form, agreed="yes").status_code == 303


@contextmanager
def unchanged(office: Office) -> Iterator[None]:
    """Nothing is written of what was refused."""
    before = len(cases.reads(office.play.id)), len(journal.entries(office.play.id))
    yield
    db.session.expire_all()
    assert (len(cases.reads(office.play.id)), len(journal.entries(office.play.id))) == before


@pytest.mark.clause("ST-5.1")
def test_an_outsider_opens_nothing_before_all_during_and_nothing_after_an_approved_request(shantou: Office, clock: kernel_clock.Simulated) -> None:
    handled(shantou.play, clock)
    outsider, where = shantou.at_desk("zhujian"), addresses(shantou)
    with unchanged(shantou):
        assert {outsider.get(one).status_code for one in where} == {404}
        assert asks(shantou, outsider) == 404
    approved(shantou, "zhujian")
    before = len(cases.reads(shantou.play.id))
    assert {one: outsider.get(one).status_code for one in where} == dict.fromkeys(where, 200)
    assert len(cases.reads(shantou.play.id)) >= before + len(where) - 1
    line = asked(shantou, outsider)
    worked()
    mine = [line, f"{line}/pdf", f"{line}/zip"]
    assert {outsider.get(one).status_code for one in mine} == {200}
    clock.advance(timedelta(days=15))
    with unit_of_work():
        assert len(keeping.expired()) == 1
    with unchanged(shantou):
        assert {outsider.get(one).status_code for one in (*where, *mine)} == {404}
        assert asks(shantou, outsider) == 404


def asks(office: Office, visitor: Visitor) -> int:
    """The status of an attempt to ask for the dossier without having seen its page."""
    form = next(one for one in forms_of(visitor.see("/desk/disclosures")) if "purpose" in one.names)
    return visitor.send(form, to=f"{office.case}/dossier", why=WHY).status_code


@pytest.mark.clause("ST-5.1")
def test_a_made_dossier_is_closed_to_its_asker_when_his_time_is_over(shantou: Office, clock: kernel_clock.Simulated) -> None:
    handled(shantou.play, clock, uploads=[])
    approved(shantou, "zhujian")
    clock.advance(timedelta(days=13))
    outsider = shantou.at_desk("zhujian")
    line = asked(shantou, outsider)
    worked()
    assert outsider.get(f"{line}/pdf").status_code == 200
    clock.advance(timedelta(days=2))
    # The file is still kept; the right to it is not.
    assert {outsider.get(one).status_code for one in (line, f"{line}/pdf", f"{line}/zip")} == {404}


@pytest.mark.clause("ST-5.1")
def test_nobody_takes_away_what_was_made_for_another(shantou: Office, clock: kernel_clock.Simulated) -> None:
    handled(shantou.play, clock, uploads=[])
    line = asked(shantou, shantou.at_desk("triage"))
    worked()
    for who in ("leader", "supervision", "jiaotong", "zhujian", "admin"):
        assert {shantou.at_desk(who).get(one).status_code for one in (line, f"{line}/pdf", f"{line}/zip")} == {404}, who


def test_who_else_read_is_shown_to_those_alone_who_watch_over_it(shantou: Office, clock: kernel_clock.Simulated) -> None:
    handled(shantou.play, clock, uploads=[])
    approved(shantou, "zhujian")
    for who in ("zhujian", "jiaotong"):
        assert "谁查看过本件" not in shantou.at_desk(who).see(f"{shantou.case}/dossier")


@pytest.mark.clause("ST-3.7")
def test_a_volume_is_bound_from_its_page(shantou: Office, clock: kernel_clock.Simulated) -> None:
    handled(shantou.play, clock, uploads=[])
    triage = shantou.at_desk("triage")
    assert "案卷汇编" in triage.see("/desk/")
    page = triage.see("/desk/volumes")
    assert triage.fill(page, "year", year="2026", unit=shantou.play.unit("jiaotong"), why="年度归档").status_code == 303
    line = progress_of(triage.see("/desk/volumes"))
    worked()
    assert triage.get(f"{line}/pdf").data.startswith(b"%PDF")
    empty = triage.fill(page, "year", year="2026", unit=shantou.play.unit("zhujian"), why="年度归档")
    assert empty.status_code == 422
    assert "没有符合条件的已办结诉求件" in empty.get_data(as_text=True)


def test_a_volume_is_not_for_everyone(shantou: Office) -> None:
    for who in ("leader", "jiaotong", "admin"):
        assert shantou.at_desk(who).get("/desk/volumes").status_code == 403


def test_a_year_without_closed_cases_offers_no_volume(shantou: Office) -> None:
    assert "还没有办结的诉求件" in shantou.at_desk("triage").see("/desk/volumes")
