"""The monthly report, step by step as the worker makes it."""

from __future__ import annotations

import time
from statistics import median

from flask import Flask

from zhitongche.kernel import clock
from zhitongche.persistence import tenant_scope, unit_of_work
from zhitongche.statistics import Period
from zhitongche.statistics.reports import adding, spans
from zhitongche.statistics.reports.composing import compose
from zhitongche.statistics.reports.gathering import gather
from zhitongche.statistics.reports.rendering import rendered
from zhitongche.statistics.reports.words import FORMATS, PARTS
from zhitongche.tenancy import current

TIMES = 5


def measured(app: Flask, tenant: str) -> list[str]:
    """Lines: milliseconds of each step, the middle of some."""
    taken: dict[str, list[float]] = {}
    with app.app_context(), tenant_scope(tenant):
        month = Period.month(clock.today()).previous()
        for _ in range(TIMES):
            _once(month, taken)
    return [f"| {step} | {median(times):.0f} |" for step, times in taken.items()]


def _once(month: Period, taken: dict[str, list[float]]) -> None:
    began = time.perf_counter()
    with unit_of_work():
        read = gather(spans.span("month", month.first, month.last))
        began = _noted(taken, "读取指标", began)
        content = compose(read, current.pack(), list(PARTS), adding.sources())
    began = _noted(taken, "写成文字和表", began)
    for form, name in FORMATS.items():
        rendered(content, form, at=read.at)
        began = _noted(taken, f"排成 {name}", began)


def _noted(taken: dict[str, list[float]], step: str, began: float) -> float:
    now = time.perf_counter()
    taken.setdefault(step, []).append((now - began) * 1000)
    return now
