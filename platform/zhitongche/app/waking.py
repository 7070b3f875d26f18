"""After a commit with promises, wake the worker; where the broker is away the sweep finds them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhitongche import outbox
from zhitongche.kernel.extensions import installed
from zhitongche.worker.celery_app import make_celery

if TYPE_CHECKING:
    from collections.abc import Callable

    from celery import Celery
    from flask import Flask

    from zhitongche.kernel.settings import Settings


def init_app(app: Flask, settings: Settings) -> None:
    """Send `relay`, or another errand's task, for the tenant whose transaction has just committed."""
    if settings.broker_url is None:
        return
    celery = make_celery(settings)
    for errand in (outbox.RELAY, *(name for each in installed() for name in each.errands)):
        outbox.wake_with(app, _sender(celery, errand), errand)


def _sender(celery: Celery, errand: str) -> Callable[[str], None]:
    def send(tenant: str) -> None:
        celery.send_task(f"zhitongche.{errand}", args=[tenant], ignore_result=True)

    return send
