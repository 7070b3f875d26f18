"""Celery as we use it: late acknowledgement, no results, messages that only wake (任务队列)."""

from typing import Any

from celery import Celery, Task
from flask import Flask

from zhitongche.kernel.settings import Settings

QUEUE = "zhitongche"
# A message comes back after this long without an acknowledgement; no task may take longer.
VISIBILITY_SECONDS = 300
TASK_SECONDS = 240


def make_celery(settings: Settings, app: Flask | None = None) -> Celery:
    """A Celery for the settings' broker; with an application, tasks run inside its context.

    `amqp://` gets quorum queues, `pgmq://` the options measured to lose and double nothing.
    """
    celery = Celery("zhitongche", task_cls=_task_class(app) if app else Task)
    celery.conf.update(_common(), **_transport(settings.broker_url))
    return celery


def _task_class(app: Flask) -> type[Task]:
    class InApplication(Task):  # type: ignore[misc]  # celery ships no types
        abstract = True

        def __call__(self, *args: Any, **kwargs: Any) -> Any:
            with app.app_context():
                return self.run(*args, **kwargs)

    return InApplication


def _common() -> dict[str, Any]:
    return {
        "task_default_queue": QUEUE,
        "task_acks_late": True,
        "task_reject_on_worker_lost": True,
        # A failing task is not retried by Celery: its row is, by the sweep.
        "task_acks_on_failure_or_timeout": True,
        "task_ignore_result": True,
        "result_backend": None,
        "task_serializer": "json",
        "accept_content": ["json"],
        "task_time_limit": TASK_SECONDS,
        "task_soft_time_limit": TASK_SECONDS - 30,
        "timezone": "Asia/Shanghai",
        "worker_enable_remote_control": False,
        "worker_send_task_events": False,
        "worker_hijack_root_logger": False,
        "worker_prefetch_multiplier": 4,
        "broker_connection_retry_on_startup": True,
        "broker_connection_max_retries": None,
        # A request must not hang because the broker is away: the sweep finds its rows within a minute.
        "task_publish_retry_policy": {"max_retries": 1, "interval_start": 0.1, "interval_max": 0.1},
    }


def _transport(broker_url: str | None) -> dict[str, Any]:
    if broker_url is None:
        # Tests and offline words: publishing goes to this process's memory, nobody consumes.
        return {"broker_url": "memory://"}
    if broker_url.startswith("pgmq://"):
        return {"broker_url": "pgmq://", "broker_transport_options": _pgmq(broker_url)}
    return {
        "broker_url": broker_url,
        "task_default_queue_type": "quorum",
        "worker_detect_quorum_queues": True,
        "broker_transport_options": {"confirm_publish": True},
    }


def _pgmq(broker_url: str) -> dict[str, Any]:
    return {
        "conn_string": broker_url.replace("pgmq://", "postgresql://", 1),
        "init_extension": False,
        # Long polling and LISTEN were measured to be slower than asking often.
        "wait_time_seconds": 0,
        "polling_interval": 0.05,
        "visibility_timeout": VISIBILITY_SECONDS,
        "pool_size": 4,
        "pool_timeout": 5,
    }
