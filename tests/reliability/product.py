"""The real product under the real supervisor, and the means to kill it: `python -m tests.reliability.product`."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from flask import Flask
from sqlalchemy import Engine, create_engine

from tests.reliability import carrier
from tests.support.processes import PATIENCE, environment, family, wait_until
from zhitongche.app.factory import create_app
from zhitongche.deployment import database, plan, supervisor
from zhitongche.deployment.child import Child
from zhitongche.deployment.ports import answers, free_port
from zhitongche.kernel import clock
from zhitongche.kernel.settings import Settings

ENTRY = "tests.reliability.carrier:celery"
PROGRAMS = {"web": "granian", "worker": "carrier:celery --quiet worker", "beat": "carrier:celery --quiet beat"}


@dataclass
class Product:
    """A running product: its supervisor, its settings with live addresses, and ways to look behind the scenes."""

    process: subprocess.Popen[bytes]
    settings: Settings
    log: Path
    died_at: datetime = field(default_factory=clock.now)
    """When the worker was killed last."""

    @property
    def url(self) -> str:
        """Where the web server listens."""
        return f"http://{plan.HOST}:{self.settings.port}"

    @property
    def ledger(self) -> carrier.Ledger:
        """What was sent."""
        return carrier.Ledger(self.settings.data_dir / "sms")

    def app(self) -> Flask:
        """The application in this process, to prepare and to look; it wakes nobody."""
        return create_app(Settings(**{**_fields(self.settings), "broker_url": None}))

    def superuser(self) -> Engine:
        """Behind row-level security."""
        assert self.settings.admin_database_url
        # The server may be killed between two questions.
        return create_engine(self.settings.admin_database_url, pool_pre_ping=True)

    def pids(self, part: str) -> list[int]:
        """The living processes of web, worker or beat, in no order."""
        return [pid for pid in family(self.process.pid) if PROGRAMS[part] in _command(pid)]

    def kill(self, part: str, chance: random.Random) -> bool:
        """Kill -9 any one process of the part; False where none is alive at this moment."""
        pids = self.pids(part)
        if not pids:
            return False
        try:
            os.kill(chance.choice(sorted(pids)), signal.SIGKILL)
        except ProcessLookupError:
            # It ended by itself after it was listed.
            return False
        self.died_at = clock.now() if part == "worker" else self.died_at
        return True

    def kill_over_a_sending(self) -> bool:
        """Kill -9 the worker whose sending is being held; False while there is none."""
        pid = self.ledger.holder()
        if pid is not None:
            os.kill(pid, signal.SIGKILL)
            self.died_at = clock.now()
        return pid is not None

    def kill_database(self) -> None:
        """Kill -9 the whole PostgreSQL server."""
        postmaster = database.cluster_of(self.settings).path / "data" / "postmaster.pid"
        os.kill(int(postmaster.read_text().split()[0]), signal.SIGKILL)

    def wait_until_up(self) -> None:
        """Everything runs and the portal answers."""
        wait_until(lambda: all(self.pids(part) for part in PROGRAMS) and answers(plan.HOST, self.settings.port))

    @contextmanager
    def seconds(self) -> Iterator[None]:
        """A second worker and a second beat beside the supervisor's, as a second machine would run them."""
        env = plan.environment(self.settings)
        extra = [Child("任务二", worker(), env), Child("定时二", beat(), env)]
        for child in extra:
            child.start()
        try:
            yield
        finally:
            for child in extra:
                child.ask_to_stop()
            for child in extra:
                child.wait()


@contextmanager
def running(folder: Path, **variables: str) -> Iterator[Product]:
    """Start the product in `folder` and stop it afterwards; nothing of it is left."""
    folder.chmod(0o755)
    env = environment() | variables | {
        "ZHITONGCHE_HOME": str(folder), "ZHITONGCHE_PORT": str(free_port()), "ZHITONGCHE_SMS": carrier.NAME,
        "ZHITONGCHE_ENVIRONMENT": "embedded",
    }  # fmt: skip
    log = folder / "product.log"
    command = [sys.executable, "-m", "tests.reliability.product"]
    with log.open("wb") as stream:
        process = subprocess.Popen(command, env=env, stdout=stream, stderr=stream, start_new_session=True)
    try:
        wait_until(lambda: "按 Ctrl-C 停止" in said(log) or process.poll() is not None, 2 * PATIENCE)
        assert process.poll() is None, said(log)[-3000:]
        with database.database(Settings.from_env(env)) as live:
            yield Product(process, live, log)
    finally:
        process.terminate()
        process.wait(PATIENCE)


def said(log: Path) -> str:
    """What stands in a log that others write to: the last character may be half written."""
    return log.read_text("utf-8", errors="replace")


def worker() -> list[str]:
    """The product's worker with the ledger as its carrier."""
    return [ENTRY if word.endswith(":celery") else word for word in plan_worker()]


def beat() -> list[str]:
    """The product's clockwork."""
    return [ENTRY if word.endswith(":celery") else word for word in plan_beat()]


plan_worker, plan_beat = plan.worker, plan.beat


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    except (FileNotFoundError, ProcessLookupError):
        return ""


def _fields(settings: Settings) -> dict[str, object]:
    return {name: getattr(settings, name) for name in settings.__dataclass_fields__}


if __name__ == "__main__":
    plan.worker, plan.beat = worker, beat
    supervisor.up(Settings.from_env(), demo=False)
