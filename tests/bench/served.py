"""The product and the bare view as `./zhitongche up` serves them, each in a process of its own."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from tests.bench.client import Connection, request
from zhitongche.deployment import plan
from zhitongche.deployment.ports import free_port
from zhitongche.kernel.settings import Settings

ROOT = Path(__file__).parents[2]
WAIT = 240


@dataclass(frozen=True)
class Server:
    """A running server: its port, and its session, by which its processes are known."""

    port: int
    session: int


@contextmanager
def served(settings: Settings, app: str, ready: str) -> Iterator[Server]:
    """Serve a WSGI application (`module:name`) on a free port until the block ends; `ready` is asked first."""
    settings = replace(settings, port=free_port("127.0.0.1"))
    command = [*plan.web(settings)[:-1], app]
    process = subprocess.Popen(command, env=plan.environment(settings), cwd=ROOT, stdin=subprocess.DEVNULL, start_new_session=True)
    try:
        _wait(process, settings.port, ready)
        yield Server(settings.port, process.pid)
    finally:
        process.terminate()
        process.wait(WAIT)


def _wait(process: subprocess.Popen[bytes], port: int, path: str) -> None:
    until = time.monotonic() + WAIT
    while time.monotonic() < until and process.poll() is None:
        try:
            if Connection(port).ask(request("localhost", path)).status == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the server did not come up")
