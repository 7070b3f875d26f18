"""What is measured: what people do all day, at a hundred thousand petitions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import cycle
from typing import Any
from urllib.parse import quote

import psycopg

from tests.bench.client import Answer
from tests.bench.dataset import TENANT, Dataset
from tests.bench.visitors import Ask, Visitor, sign_in

Right = Callable[[Answer], bool]


@dataclass
class Scenario:
    """One thing that somebody does; `asks` ends where what it needs is used up."""

    name: str
    who: Visitor
    asks: Iterator[Ask]
    right: Right


@dataclass
class Book:
    """Looks up, as the administrator, what there is to ask for."""

    connection: psycopg.Connection[Any]

    def column(self, query: Any, **values: object) -> list[Any]:
        """The first column of what is found."""
        return [row[0] for row in self.connection.execute(query, {"tenant": TENANT, **values})]


def scenarios(book: Book, data: Dataset, port: int) -> list[Scenario]:
    """All of them, everybody signed in."""
    company = book.column("select p.mobile from petition q join person p on p.id = q.submitted_by where p.mobile like '135%%' group by p.mobile order by count(*) desc, p.mobile limit 1")[0]
    people = {
        "enterprise": sign_in(port, data.logins["enterprise"], desk=False),
        "company": sign_in(port, company, desk=False),
        "triage": sign_in(port, data.logins["triage"], desk=True),
        "handler": sign_in(port, data.logins[data.unit], desk=True),
    }
    return [*_enterprise(book, people, company), *_desk(book, people), *_register(book, people["triage"])]


def _enterprise(book: Book, people: dict[str, Visitor], company: str) -> list[Scenario]:
    drafts = book.column("select id from draft order by id")
    own = book.column("select q.id from petition q join person p on p.id = q.submitted_by where p.mobile = %(mobile)s", mobile=company)
    return [
        Scenario("登记诉求：提交（POST）", people["enterprise"], (Ask(f"/petitions/new/{one}/confirm", {}) for one in drafts), _sent),
        Scenario("我的诉求：列表", people["company"], _again(Ask("/petitions")), _shows("petitions")),
        Scenario("跟踪页", people["company"], cycle([Ask(f"/petitions/{one}") for one in own]), _shows("track")),
    ]


def _desk(book: Book, people: dict[str, Visitor]) -> list[Scenario]:
    opened = book.column("select id from petition where outcome is null and stage = 'handling' order by md5(id::text) limit 600")
    busy = "select q.id from petition q where stage = %(stage)s and lead_unit_id = (select lead_unit_id from petition where stage = 'assigned' and outcome is null group by 1 order by count(*) desc limit 1) and not exists (select from co_part c where c.petition_id = q.id) order by id"
    assigned, handled = (book.column(busy, stage=stage) for stage in ("assigned", "handling"))
    received: list[Any] = []
    reply = {"reply": "经现场核实，已列入本月整改计划，月底前完成。", "resolution": "resolved"}
    return [
        Scenario("待办：甄别岗", people["triage"], _again(Ask("/desk/")), _shows("/desk/petitions/")),
        Scenario("待办：甄别岗，按类别与期限筛选", people["triage"], _again(Ask("/desk/?state=late&category=complaint")), _shows("/desk/petitions/")),
        Scenario("待办：承办单位", people["handler"], _again(Ask("/desk/")), _shows("/desk/petitions/")),
        Scenario("办件页：甄别岗", people["triage"], cycle([Ask(f"/desk/petitions/{one}") for one in opened]), _shows("RP-")),
        Scenario("办件页：承办单位", people["handler"], cycle([Ask(f"/desk/petitions/{one}") for one in assigned[-200:]]), _shows("RP-")),
        Scenario("办理页：提交办理意见（GET）", people["handler"], cycle([Ask(f"/desk/petitions/{one}/do/reply") for one in handled]), _shows("resolution")),
        Scenario("办理：接收（POST）", people["handler"], _receiving(assigned[:-200], received), _done),
        Scenario("办理：提交办理意见（POST）", people["handler"], (Ask(f"/desk/petitions/{one}/do/reply", {"version": "3", **reply}) for one in received), _done),
    ]


def _register(book: Book, who: Visitor) -> list[Scenario]:
    rare, code = book.connection.execute("select e.name, e.credit_code from enterprise e order by md5(name) limit 1").fetchone() or ("", "")
    number = book.column("select number from petition order by md5(number) limit 1")[0]
    unit = book.column("select lead_unit_id from petition where lead_unit_id is not null limit 1")[0]
    found: dict[str, str] = {
        "台账：全部": "", "台账：在办、按类别": "?open=open&category=complaint", "台账：按承办单位与收件日期": f"?unit={unit}&since=2026-01-01&until=2026-06-30",
        "台账：逾期未办结": "?late=now", "台账：曾经超期": "?late=ever", "台账：不满意评价": "?rating=unsatisfied",
        "搜索：常见词（企业）": f"?q={quote('企业')}", "搜索：常见长词（生产经营）": f"?q={quote('生产经营')}", "搜索：单字（水）": f"?q={quote('水')}",
        "搜索：企业名称": f"?q={quote(rare)}", "搜索：信用代码": f"?q={code}", "搜索：编号": f"?q={number}", "搜索：无结果": f"?q={quote('龘靐齉')}",
    }  # fmt: skip
    return [Scenario(name, who, _again(Ask(f"/desk/petitions{query}")), _shows("q")) for name, query in found.items()]


def _receiving(waiting: list[Any], received: list[Any]) -> Iterator[Ask]:
    # What one official receives is what the next scenario replies to.
    for one in waiting:
        received.append(one)
        yield Ask(f"/desk/petitions/{one}/do/receive", {"version": "2"})


def _again(ask: Ask) -> Iterator[Ask]:
    return cycle([ask])


def _shows(mark: str) -> Right:
    return lambda answer: answer.status == 200 and mark.encode() in answer.body


def _sent(answer: Answer) -> bool:
    return answer.status == 302 and b"/content" not in answer.head


def _done(answer: Answer) -> bool:
    return answer.status == 303
