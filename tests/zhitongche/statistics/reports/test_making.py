"""Reports are ordered by the calendar once a period, and made by the worker whatever happens to it (RP-2.10.d)."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import ProgrammingError

from tests.support.database import Database
from tests.support.threads import start
from tests.zhitongche.statistics.reports.conftest import TENANT, County
from zhitongche.casework.tables import ReadLog
from zhitongche.kernel import clock as kernel_clock
from zhitongche.kernel.errors import Forbidden, Invalid, NotFound, ZhitongcheError
from zhitongche.notices.tables import Notice
from zhitongche.persistence import db, tenant_scope, unit_of_work
from zhitongche.statistics import Period, figures
from zhitongche.statistics.reports import asking, gathering, keeping, making, scheduling, words
from zhitongche.statistics.reports.tables import FigureReport, FigureReportMade
from zhitongche.statistics.tables import NIL, FigureIncrement

CLOSING = datetime(2026, 3, 6, 9, 30, tzinfo=UTC)
FIRST, LAST = date(2026, 3, 1), date(2026, 3, 6)


def opened() -> None:
    with unit_of_work():
        scheduling.open_due()


def ordered() -> list[tuple[str, str, str]]:
    query = select(FigureReport.kind, FigureReport.first, FigureReport.last).order_by(FigureReport.last)
    with unit_of_work():
        return [(kind, first.isoformat(), last.isoformat()) for kind, first, last in db.session.execute(query)]


def states() -> list[tuple[str, int, int]]:
    with unit_of_work():
        return [(row.state, row.done, row.total) for row in db.session.scalars(select(FigureReport))]


def made() -> list[FigureReportMade]:
    return list(db.session.scalars(select(FigureReportMade)))


@pytest.mark.clause("RP-2.10.d")
def test_a_report_is_ordered_on_its_day_as_the_offices_close(county: County, clock: kernel_clock.Simulated) -> None:
    opened()
    past = [("month", "2026-01-26", "2026-02-25"), ("week", "2026-02-21", "2026-02-27")]
    assert ordered() == past
    clock.set(CLOSING - timedelta(seconds=1))
    opened()
    assert ordered() == past
    clock.set(CLOSING)
    opened()
    assert ordered() == [*past, ("week", "2026-02-28", "2026-03-06")]


@pytest.mark.clause("RP-2.10.d")
def test_on_the_25th_the_month_is_reported_and_in_march_the_quarter_too(county: County, clock: kernel_clock.Simulated) -> None:
    clock.set(datetime(2026, 3, 25, 9, 30, tzinfo=UTC))
    opened()
    assert [one for one in ordered() if one[0] != "week"] == [("month", "2026-02-26", "2026-03-25"), ("quarter", "2025-12-26", "2026-03-25")]


def test_of_the_time_before_the_tenant_was_there_nothing_is_reported(county: County, clock: kernel_clock.Simulated) -> None:
    with kernel_clock.at(datetime(2026, 1, 5, 3, tzinfo=UTC)):
        opened()
    assert ordered() == []


@pytest.mark.clause("RP-2.10.d")
def test_of_two_workers_one_orders_the_report(county: County, clock: kernel_clock.Simulated) -> None:
    clock.set(CLOSING)
    together = threading.Barrier(4)

    def turn() -> None:
        together.wait()
        opened()
        opened()

    with ThreadPoolExecutor(4) as pool:
        for one in [start(pool, county.app, TENANT, turn) for _ in range(4)]:
            one.result()
    assert len(ordered()) == 2


@pytest.mark.clause("RP-2.10.d")
def test_those_whom_the_pack_names_are_told_once(county: County, clock: kernel_clock.Simulated) -> None:
    opened()
    assert county.work() == county.work() == 0
    told = select(Notice).where(Notice.channel == "site", Notice.person_id == county.actor("leader").person_id)
    with unit_of_work():
        notices = list(db.session.scalars(told))
        assert [notice.message for notice in notices] == ["report_made"]
        assert "运行月报（2026年2月）”已生成" in notices[0].text


@pytest.mark.clause("RP-2.10.d")
def test_figures_of_the_same_day_are_in_the_report(county: County) -> None:
    report = county.ask(FIRST, LAST)
    with unit_of_work():
        db.session.add(FigureIncrement(edition=1, day=LAST, unit_id=NIL, kind="received", key="web", bucket=0, n=1000))
    county.work()
    with unit_of_work():
        now = figures.read(["received"], Period.of(FIRST, LAST))["received"]
        assert now.numerator > 1000
        told = asking.made(report.id, county.actor("leader")).content["sections"][0]["paragraphs"][0]
        assert f"收到企业诉求{now.text}件" in told


class Killed(BaseException):
    """The process is gone."""


@pytest.mark.parametrize("step", ["gather", "compose", "rendered", "keep", "_finish"])
@pytest.mark.clause("RP-2.10.d")
def test_a_worker_killed_in_the_middle_leaves_nothing_half_and_the_next_one_makes_it(
    county: County, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    report = county.ask(FIRST, LAST, formats=("xlsx",))
    where = keeping if step == "keep" else making

    def killed(*_arguments: object, **_more: object) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(where, step, killed)
        with pytest.raises(Killed):
            making.make(report.id)
    assert made() == []
    assert [state for state, _, _ in states()] == ["working"]
    making.make(report.id)
    assert states() == [("done", 3, 3)]
    assert len(made()) == 1


def test_of_two_workers_on_the_same_report_one_is_kept_and_its_file_is_what_it_says(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    report = county.ask(FIRST, LAST, formats=("xlsx",))
    finish = making._finish

    def overtaken(*arguments: object) -> None:
        monkeypatch.setattr(making, "_finish", finish)
        making.make(report.id)
        finish(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(making, "_finish", overtaken)
    making.make(report.id)
    assert len(made()) == 1
    with unit_of_work():
        assert keeping.taken(report.id, "xlsx", county.actor("leader"))[0].startswith(b"PK")


def test_a_failure_is_told_and_tried_again(county: County, monkeypatch: pytest.MonkeyPatch, clock: kernel_clock.Simulated) -> None:
    county.ask(FIRST, LAST, formats=("xlsx",))
    with monkeypatch.context() as patched:
        patched.setattr(making, "gather", lambda _span: 1 / 0)
        assert county.work() == 1
    (job,) = _mine(county)
    assert (job.under_way, job.row.error) == (True, words.TROUBLE)
    clock.advance(timedelta(hours=2))
    assert county.work() == 0
    assert [(job.under_way, job.percent, job.row.error) for job in _mine(county)] == [(False, 100, "")]


def _mine(county: County) -> list[asking.Job]:
    db.session.expire_all()
    return asking.mine(county.actor("leader"))


def test_all_numbers_of_a_report_are_of_one_moment(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    report = county.ask(FIRST, LAST, formats=("xlsx",))
    trend = gathering._trend

    def act() -> None:
        with unit_of_work():
            db.session.add(FigureIncrement(edition=1, day=LAST, unit_id=NIL, kind="finished", key="", bucket=0, n=7))

    def meanwhile(span: object) -> object:
        with ThreadPoolExecutor(1) as pool:
            start(pool, county.app, TENANT, act).result()
        return trend(span)  # type: ignore[arg-type]

    monkeypatch.setattr(gathering, "_trend", meanwhile)
    making.make(report.id)
    (row,) = made()
    finished = next(one for one in row.content["figures"] if one["code"] == "finished")
    assert row.content["trend"][-1]["values"]["finished"]["numerator"] == finished["now"]["numerator"]


def test_a_report_stays_as_it_was_made(county: County, database: Database) -> None:
    report = county.ask(FIRST, LAST, formats=("pdf",))
    making.make(report.id)
    before = made()[0].content
    with unit_of_work():
        db.session.add(FigureIncrement(edition=1, day=LAST, unit_id=NIL, kind="received", key="web", bucket=0, n=3))
    making.make(report.id)
    db.session.expire_all()
    assert made()[0].content == before
    with pytest.raises(ProgrammingError, match="permission denied"), unit_of_work():
        db.session.execute(update(FigureReportMade).values(files=[]))


def test_a_changed_file_is_not_given_out(county: County) -> None:
    report = county.ask(FIRST, LAST, formats=("xlsx",))
    making.make(report.id)
    with unit_of_work():
        file = made()[0].files[0]
        keeping._path(report.id, file["sha256"], "xlsx").write_bytes(b"other")
        with pytest.raises(ZhitongcheError, match="校验值不符"):
            keeping.taken(report.id, "xlsx", county.actor("leader"))


@pytest.mark.parametrize("who", ["admin", "window", "reviewer", "zhengshu"])
def test_reports_are_not_for_those_without_a_duty_in_all_cases(county: County, who: str) -> None:
    with pytest.raises(Forbidden):
        asking.mine(county.actor(who))
    with pytest.raises(Forbidden), unit_of_work():
        asking.ask(FIRST, LAST, ["overview"], ["pdf"], county.actor(who))


def test_what_one_person_asked_for_is_no_other_persons(county: County) -> None:
    report = county.ask(FIRST, LAST, formats=("xlsx",))
    making.make(report.id)
    assert asking.made(report.id, county.actor("leader"))
    for look in (asking.one, asking.made):
        with pytest.raises(NotFound):
            look(report.id, county.actor("triage"))


def test_another_tenants_report_is_not_there(county: County) -> None:
    report = county.ask(FIRST, LAST, formats=("xlsx",))
    making.make(report.id)
    with tenant_scope("shantou"), pytest.raises(NotFound):
        asking.made(report.id, county.actor("leader"))


@pytest.mark.clause("ST-5.1")
def test_petitions_that_a_report_names_count_as_read_by_whoever_takes_it_away(county: County, clock: kernel_clock.Simulated) -> None:
    petition = county.play.hand_in()
    clock.advance(timedelta(days=20))
    report = county.ask(FIRST, kernel_clock.today(), formats=("xlsx",))
    making.make(report.id)
    with unit_of_work():
        keeping.taken(report.id, "xlsx", county.actor("leader"))
    reads = select(ReadLog.why).where(ReadLog.petition_id == petition.id, ReadLog.person_id == county.actor("leader").person_id)
    assert [why for why in db.session.scalars(reads) if "下载" in why]


@pytest.mark.parametrize(
    ("first", "last", "parts", "formats", "field"),
    [
        (LAST, FIRST, ["overview"], ["pdf"], "last"),
        (FIRST, date(2026, 3, 7), ["overview"], ["pdf"], "last"),
        (date(2020, 1, 1), LAST, ["overview"], ["pdf"], "first"),
        (FIRST, LAST, [], ["pdf"], "parts"),
        (FIRST, LAST, ["overview"], ["odt"], "formats"),
    ],
)
def test_a_faulty_order_is_told_beside_the_field(county: County, first: date, last: date, parts: list[str], formats: list[str], field: str) -> None:
    with pytest.raises(Invalid) as told, unit_of_work():
        asking.ask(first, last, parts, formats, county.actor("triage"))
    assert list(told.value.errors) == [field]
