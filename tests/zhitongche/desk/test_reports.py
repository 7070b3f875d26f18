"""Reports at the desk: asked for with a form, made while the page shows how far it is, opened and taken away (RP-2.10.d)."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.support.pages import Visitor
from tests.zhitongche.desk.conftest import Office
from zhitongche.kernel import clock as kernel_clock
from zhitongche.persistence import db, unit_of_work
from zhitongche.statistics.reports import making, scheduling
from zhitongche.statistics.reports.tables import FigureReport

WANTED = {"first": "2026-03-01", "last": "2026-03-06", "parts": ["overview", "late"], "formats": ["xlsx"]}


def ask(visitor: Visitor, **more: str) -> TestResponse:
    """Fill in the form and send it."""
    return visitor.fill(visitor.see("/desk/reports"), "formats", **(WANTED | more))


def asked() -> FigureReport:
    return db.session.scalars(select(FigureReport)).one()


@pytest.mark.clause("RP-2.10.d")
def test_a_leader_asks_for_a_report_sees_how_far_it_is_opens_it_and_takes_it_away(raoping: Office) -> None:
    raoping.play.hand_in()
    leader = raoping.at_desk("leader")
    answer = ask(leader)
    assert answer.status_code == 303
    page = leader.get("/desk/reports").text
    assert "<progress" in page
    assert "每月25日" in page
    making.make(asked().id)
    line = leader.get(f"/desk/reports/{asked().id}/progress").text
    assert "<progress" not in line
    assert "Excel" in line
    page = leader.get(f"/desk/reports/{asked().id}").text
    assert "本期收到企业诉求1件" in page
    assert "二、超期和催办情况" in page
    taken = leader.get(f"/desk/reports/{asked().id}/xlsx")
    assert taken.data.startswith(b"PK")
    assert "attachment" in taken.headers["Content-Disposition"]
    assert leader.get(f"/desk/reports/{asked().id}/pdf").status_code == 404


def test_what_is_wrong_is_told_beside_the_field_and_nothing_typed_is_lost(raoping: Office) -> None:
    answer = ask(raoping.at_desk("leader"), first="2026-03-05", last="2026-03-01")
    assert answer.status_code == 422
    assert "截止日不早于起始日" in answer.text
    assert 'value="2026-03-05"' in answer.text


def test_a_usual_period_fills_the_form(raoping: Office) -> None:
    page = raoping.at_desk("triage").get("/desk/reports?first=2026-02-01&last=2026-02-28").text
    assert 'value="2026-02-01"' in page
    assert 'value="2026-02-28"' in page


def test_the_calendars_reports_are_for_all_supervisors_and_ones_own_for_oneself(raoping: Office, clock: kernel_clock.Simulated) -> None:
    ask(raoping.at_desk("leader"))
    own = asked().id
    making.make(own)
    for path in ("", "/progress", "/xlsx"):
        assert raoping.at_desk("triage").get(f"/desk/reports/{own}{path}").status_code == 404
    clock.set(kernel_clock.on(kernel_clock.day_of("2026-03-25"), kernel_clock.local(kernel_clock.now()).time().replace(hour=18)))
    with unit_of_work():
        scheduling.open_due()
        month = db.session.scalars(select(FigureReport.id).where(FigureReport.kind == "month")).one()
    making.make(month)
    assert raoping.at_desk("triage").get(f"/desk/reports/{month}").status_code == 200
    assert "2026年第3期" in raoping.at_desk("supervision").get(f"/desk/reports/{month}").text


@pytest.mark.parametrize("who", ["window", "admin", "reviewer"])
def test_others_do_not_see_reports(raoping: Office, who: str) -> None:
    visitor = raoping.at_desk(who)
    assert visitor.get("/desk/reports").status_code == 403
    assert "统计报告" not in visitor.get("/desk/").text
