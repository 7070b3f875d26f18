"""Ten thousand limits that pass at once, in all tenants: how many a second a worker deals with."""

from __future__ import annotations

import time

import psycopg
from flask import Flask

from tests.bench import processor
from zhitongche.tenancy import current
from zhitongche.worker import tasks

AT_ONCE = 10_000
_MAKE_DUE = """
    update clock c set due_at = now() - interval '1 second', near_at = least(near_at, now() - interval '2 seconds')
    from (select tenant_id, id from clock where met_at is null and lapsed_at is null and missed_at is null and started_at < now() - interval '1 hour'
          and code not in (select code from clock where owes = 'enterprise') order by md5(id::text) limit %s) d
    where c.tenant_id = d.tenant_id and c.id = d.id returning c.tenant_id
"""
_LEFT = "select count(*) from clock where met_at is null and lapsed_at is null and missed_at is null and due_at < now()"


def measured(app: Flask, admin_url: str, database: int) -> list[str]:
    """One line: how many passed, seconds, clocks a second, processor milliseconds each."""
    with psycopg.connect(admin_url, autocommit=True) as connection:
        everyone, idle = _idle(app)
        tenants = [tenant for (tenant,) in connection.execute(_MAKE_DUE, [AT_ONCE])]
        connection.execute("analyze clock")
        began, used = time.perf_counter(), time.process_time() + processor.of_family(database)
        with app.app_context():
            for tenant in sorted(set(tenants)):
                _sweep(connection, tenant)
        seconds = time.perf_counter() - began
        used = time.process_time() + processor.of_family(database) - used
        left = connection.execute(_LEFT).fetchone()
    passed = len(tenants)
    return [
        f"| 无事的一轮，{len(everyone)} 个租户 | {idle:.1f} 秒 | {len(everyone) / idle:.0f} 个租户/秒 | — | — |",
        f"| {passed:,} 项时限同时到期，{len(set(tenants))} 个租户 | {seconds:.1f} 秒 | {passed / seconds:.0f} 项/秒 | 处理器 {used * 1000 / max(1, passed):.1f} ms/项 | 余 {left[0] if left else 0} |",
    ]  # fmt: skip


def _idle(app: Flask) -> tuple[list[str], float]:
    """A second turn of all tenants, the first having done what there was to do; seconds."""
    with app.app_context():
        everyone = [pack.code for pack in current.registry().values()]
        for _ in range(2):
            began = time.perf_counter()
            for tenant in everyone:
                tasks.sweep_tenant(tenant)
    return everyone, time.perf_counter() - began


def _sweep(connection: psycopg.Connection, tenant: str) -> None:
    # A turn deals with some hundreds; the worker comes again within seconds.
    for _ in range(AT_ONCE // 100):
        tasks.sweep_tenant(tenant)
        due = connection.execute(f"{_LEFT} and tenant_id = %s", [tenant]).fetchone()
        if not due or not due[0]:
            return
