"""Threads as a web server's are: each with an application context and a tenant of its own."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from flask import Flask

from zhitongche.kernel import clock
from zhitongche.persistence import tenant_scope

T = TypeVar("T")


def start(pool: ThreadPoolExecutor, app: Flask, tenant: str, work: Callable[[], T]) -> Future[T]:
    """Run `work` in the pool, acting for the tenant, at the starter's time."""
    moment = clock.now()

    def run() -> T:
        with clock.at(moment), app.app_context(), tenant_scope(tenant):
            return work()

    return pool.submit(run)
