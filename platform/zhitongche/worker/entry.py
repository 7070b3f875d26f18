"""What the `celery` program loads: the application, its tasks and their schedule."""

import warnings

from celery import shared_task
from celery.exceptions import SecurityWarning

from zhitongche.app.factory import create_app
from zhitongche.kernel.extensions import installed
from zhitongche.kernel.settings import Settings
from zhitongche.worker import tasks
from zhitongche.worker.celery_app import make_celery

# Root is tolerated (a container, a trial): messages are JSON, so nothing in them is executed.
warnings.filterwarnings("ignore", category=SecurityWarning)

_settings = Settings.from_env()
celery = make_celery(_settings, create_app(_settings))
celery.conf.beat_schedule = dict(tasks.SCHEDULE)
for extension in installed():
    celery.conf.beat_schedule |= extension.schedule()
    for name, act in extension.tasks().items():
        shared_task(name=f"zhitongche.{name}")(act)
celery.finalize()
