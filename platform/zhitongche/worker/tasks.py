"""What the worker does when it is woken. The rows are the queue: every task may run twice, or never be sent."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from celery import shared_task

from zhitongche import documents, meetings, notices, outbox, supervision
from zhitongche.casework import drafts, recompute, sweep
from zhitongche.documents.dossier import keeping, making
from zhitongche.identity import rates, sms_codes
from zhitongche.kernel.errors import ZhitongcheError
from zhitongche.kernel.extensions import installed
from zhitongche.persistence import db, tenant_scope, unit_of_work
from zhitongche.statistics import building, folding
from zhitongche.statistics.reports import making as reports
from zhitongche.statistics.reports import scheduling
from zhitongche.supervision import heartbeat
from zhitongche.worker.turns import everyone

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from uuid import UUID

log = logging.getLogger(__name__)
BUDGET = timedelta(seconds=50)
HANDLERS = {**notices.HANDLERS, **documents.HANDLERS, **supervision.HANDLERS, **making.HANDLERS, **reports.HANDLERS}

SCHEDULE = {
    "sweep": {"task": "zhitongche.sweep_all", "schedule": 20.0, "options": {"expires": 60}},
    "relay": {"task": "zhitongche.relay_all", "schedule": 30.0, "options": {"expires": 60}},
    "figures": {"task": "zhitongche.figures_all", "schedule": 20.0, "options": {"expires": 60}},
    "nightly": {"task": "zhitongche.nightly_all", "schedule": 3600.0, "options": {"expires": 3600}},
}


def handlers() -> dict[str, outbox.Handler]:
    """Topic → handler, those of what is installed above among them."""
    return HANDLERS | {topic: act for extension in installed() for topic, act in extension.handlers().items()}


def relay(tenant: str) -> None:
    """Keep the tenant's promises that are due, then deliver its notices."""
    with tenant_scope(tenant):
        outbox.relay(handlers(), BUDGET)
        notices.deliver(BUDGET)
        _beat("relay")


def sweep_tenant(tenant: str) -> None:
    """Act on the tenant's limits that came near or passed, each in a unit of work of its own."""
    with tenant_scope(tenant):
        waiting = sweep.waiting()
        _each(sweep.tell_near, waiting.near)
        _each(sweep.pass_due, waiting.past)
        with unit_of_work():
            supervision.run_routines()
        _each(supervision.tell_due, supervision.remind_of())
        _meetings()
        _figures()
        _beat("sweep")


def _meetings() -> None:
    """Open the meetings that the calendar calls, do what they have the machine do, tell what is near or missed."""
    with unit_of_work():
        meetings.open_due()
    waiting = meetings.waiting()
    _each(meetings.do_by_itself, waiting.automatic)
    _each(meetings.tell_near, waiting.near)
    _each(meetings.pass_due, waiting.past)
    _each(meetings.pass_by, meetings.past())


def _figures() -> None:
    """Fold what was counted into the sums; order the reports that are due."""
    folding.fold_all()
    with unit_of_work():
        scheduling.open_due()


def figures(tenant: str) -> None:
    """Recompute history where the definitions of the figures changed; nothing to do on most days."""
    with tenant_scope(tenant):
        building.turn()
        db.session.remove()


def nightly(tenant: str) -> None:
    """Count provisional limits anew, and tell a person of promises that could not be kept for a day."""
    with tenant_scope(tenant):
        _each(recompute.recount, recompute.provisional())
        with unit_of_work():
            supervision.propose_problems()
        building.catch_up()
        for draft in drafts.abandoned():
            with unit_of_work():
                gone = drafts.clear(draft)
            drafts.forget(gone)
        with unit_of_work():
            old = keeping.expired()
        keeping.forget(old)
        with unit_of_work():
            outbox.raise_alarms()
            notices.raise_alarms()
            rates.forget_old()
            sms_codes.forget_old()
        _beat("nightly")


def relay_all() -> None:
    """Every tenant's turn: what no wake-up reached is found within half a minute."""
    everyone(relay)


def sweep_all() -> None:
    """Every tenant's turn."""
    everyone(sweep_tenant)


def nightly_all() -> None:
    """Every tenant's turn."""
    everyone(nightly)


def figures_all() -> None:
    """Every tenant's turn."""
    everyone(figures)


def _each(act: Callable[[UUID], object], ids: Iterable[UUID]) -> None:
    for one in ids:
        try:
            with unit_of_work():
                act(one)
        except ZhitongcheError as error:
            # Somebody was first; what is still to be done is found at the next turn.
            log.info("sweep: %s left alone (%s)", one, type(error).__name__)
        except Exception:
            # One broken row must not keep the others waiting behind it, turn after turn.
            log.exception("sweep: %s failed", one)


def _beat(part: str) -> None:
    with unit_of_work():
        heartbeat.beat(part)
    db.session.remove()


TASKS: Final = {act.__name__: act for act in (relay, sweep_tenant, nightly, relay_all, sweep_all, nightly_all, figures, figures_all)}
"""What Celery may call, as `zhitongche.<name>`; to everyone else these are plain functions."""

for _name, _act in TASKS.items():
    shared_task(name=f"zhitongche.{_name}")(_act)
