"""What is asked in a province: its page, a tenant's, a unit's, one figure opened, and what every day asks beside."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import cycle
from typing import Any
from urllib.parse import quote

import psycopg

from tests.bench.client import Answer
from tests.bench.scenarios import Scenario
from tests.bench.visitors import Ask, Visitor, sign_in
from zhitongche.simulation.accounts import LOGINS, PASSWORD


@dataclass(frozen=True)
class Place:
    """The tenant that is looked at, its busiest unit, and who is above all."""

    tenant: str
    unit: str
    login: str
    above: str


def place(connection: psycopg.Connection[Any]) -> Place:
    """The largest county that was stamped; its unit with most to do."""
    query = """
        with great as (select tenant_id from petition where lead_unit_id is not null group by 1 order by count(*) desc limit 1)
        select tenant_id, lead_unit_id from petition join great using (tenant_id) where lead_unit_id is not null
        group by 1, 2 order by count(*) filter (where outcome is null) desc, count(*) desc limit 1
    """
    tenant, unit = _one(connection, query)
    (login,) = _one(connection, "select login from person where tenant_id = %s and unit_id = %s and 'handler' = any(roles) limit 1", tenant, unit)
    (above,) = _one(connection, "select tenant_id from person where 'province' = any(roles) limit 1")
    return Place(tenant, str(unit), login, above)


def waiting(connection: psycopg.Connection[Any]) -> str:
    """The tenant where most petitions wait to be received."""
    query = "select tenant_id from petition where stage = 'assigned' and outcome is null group by 1 order by count(*) desc limit 1"
    row = connection.execute(query).fetchone()
    return str(row[0]) if row else place(connection).tenant


def scenarios(connection: psycopg.Connection[Any], here: Place, port: int) -> list[Scenario]:
    """All of them, everybody signed in."""
    host = f"{here.tenant}.localhost"
    people = {
        "province": sign_in(port, LOGINS["province"], desk=True, host=f"{here.above}.localhost", password=PASSWORD),
        "triage": sign_in(port, LOGINS["triage"], desk=True, host=host, password=PASSWORD),
        "supervision": sign_in(port, LOGINS["supervision"], desk=True, host=host, password=PASSWORD),
        "handler": sign_in(port, here.login, desk=True, host=host, password=PASSWORD),
    }
    return [*_above(people["province"]), *_own(people, here), *_daily(connection, people, here)]


def _above(who: Visitor) -> list[Scenario]:
    pages = {"各地一览": "", "分布图": "/map", "趋势（13 个月）": "/trend", "上报流向": "/flows", "一项指标": "/figures/on_time_rate"}
    return [_page(f"省：{name}", who, f"/desk/regions{path}") for name, path in pages.items()]


def _own(people: dict[str, Visitor], here: Place) -> list[Scenario]:
    year = "period=year"
    return [
        _page("本地：运行总览", people["supervision"], "/desk/figures/overview"),
        _page("本地：运行总览（本年）", people["supervision"], f"/desk/figures/overview?{year}"),
        _page("单位：我的指标", people["handler"], "/desk/figures/own"),
        _page("指标口径页：按时办理率", people["supervision"], f"/desk/figures/on_time_rate?{year}"),
        _page("指标背后的诉求：收到诉求（本年）", people["supervision"], f"/desk/figures/received/petitions?part=numerator&{year}"),
        _page("指标背后的诉求：按时办理率，某单位", people["supervision"], f"/desk/figures/on_time_rate/petitions?part=denominator&unit={here.unit}&{year}"),
        _page("门户：运行公开", Visitor(host=f"{here.tenant}.localhost"), "/figures"),
    ]


def _daily(connection: psycopg.Connection[Any], people: dict[str, Visitor], here: Place) -> list[Scenario]:
    opened = [str(one) for (one,) in connection.execute("select id from petition where tenant_id = %s and outcome is null order by md5(id::text) limit 300", [here.tenant])]
    return [
        _page("待办：甄别岗", people["triage"], "/desk/"),
        _page("待办：承办单位", people["handler"], "/desk/"),
        _pages("办件页", people["triage"], [f"/desk/petitions/{one}" for one in opened]),
        _page("台账：全部", people["triage"], "/desk/petitions"),
        _page("台账：逾期未办结", people["triage"], "/desk/petitions?late=now"),
        _page("搜索：常见词（企业）", people["triage"], f"/desk/petitions?q={quote('企业')}"),
        _page("搜索：少见词（龙门吊）", people["triage"], f"/desk/petitions?q={quote('龙门吊')}"),
        _page("督办：各单位", people["supervision"], "/desk/supervision/overview"),
    ]


def _page(name: str, who: Visitor, path: str) -> Scenario:
    return _pages(name, who, [path])


def _pages(name: str, who: Visitor, paths: Iterable[str]) -> Scenario:
    return Scenario(name, who, cycle([Ask(path) for path in paths]), _shown)


def _shown(answer: Answer) -> bool:
    return answer.status == 200 and b"</html>" in answer.body


def _one(connection: psycopg.Connection[Any], query: str, *values: object) -> tuple[Any, ...]:
    row = connection.execute(query, values).fetchone()
    assert row, query
    return tuple(row)
