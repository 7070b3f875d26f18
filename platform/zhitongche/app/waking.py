"""After a commit with promises, wake the worker; where the broker is away the sweep finds them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhitongche import outbox
from zhitongche.worker.celery_app import make_celery

if TYPE_CHECKING:
    from flask import Flask

    from zhitongche.kernel.settings import Settings


def init_app(app: Flask, settings: Settings) -> None:
    """Send `relay` for the tenant whose transaction has just committed."""
    if settings.broker_url is None:
        return
    celery = make_celery(settings)
    outbox.wake_with(app, lambda tenant: celery.send_task("zhitongche.relay", args=[tenant], ignore_result=True))
