import fcntl
import os
import pty
import signal
import socket
import subprocess
import sys
import tempfile
import termios
import time
from pathlib import Path

import psycopg
import pytest

from tests.support.processes import PATIENCE, alive, environment, family, wait_until
from zhitongche.deployment.ports import free_port

pytestmark = pytest.mark.deployment

# The real supervisor, children and database; in place of the product's three programs, three that say who they are.
STAGE = """
import sys, os
from dataclasses import replace
from pathlib import Path
from zhitongche.deployment import supervisor, furnish, plan, announce
from zhitongche.deployment.child import Child
from zhitongche.kernel.settings import Settings

web = "import http.server, sys; http.server.HTTPServer(('127.0.0.1', int(sys.argv[1])), http.server.BaseHTTPRequestHandler).serve_forever()"
idle = "import time; time.sleep(600)"
settings = Settings.from_env()
python = sys.executable
plan.processes = lambda live: [
    Child("web", [python, "-c", web, str(live.port)], os.environ),
    Child("worker", [python, "-c", idle], os.environ),
    Child("beat", [python, "-c", idle], os.environ),
]
supervisor._prepare = lambda settings, cluster, demo: replace(settings, database_url=cluster.url())

# One write, as `say` does: the children's threads write to the same stream, also in between.
announce.announce = lambda live, demo: (sys.stdout.write(f"RUNNING {live.database_url}\\n"), sys.stdout.flush())
supervisor.up(settings, demo=False)
"""


@pytest.fixture(scope="module")
def home():
    """A data folder that outlives a test: making a database anew each time is another file's subject."""
    with tempfile.TemporaryDirectory(prefix="zhitongche-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.fixture
def up(home):
    started = []

    def start(**options):
        port, folder = options.pop("port", None) or free_port(), options.pop("home", home)
        env = environment() | {"ZHITONGCHE_HOME": str(folder), "ZHITONGCHE_PORT": str(port)}
        process = subprocess.Popen(
            [sys.executable, "-c", STAGE],
            env=env,
            **{"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True, "start_new_session": True, **options},
        )
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            process.terminate()
            process.wait(PATIENCE)


def running(process):
    """The whole family, once everything runs."""
    for line in process.stdout:
        if line.startswith("RUNNING"):
            return family(process.pid)
    raise AssertionError("it ended before it ran")


def gone(pids):
    return not any(alive(pid) for pid in pids)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_when_asked_to_stop_nothing_is_left_running(up, number):
    process = up()
    everyone = running(process)
    # Itself, three children, the database and its own helpers.
    assert len(everyone) > 5

    process.send_signal(number)

    assert process.wait(PATIENCE) == 0
    wait_until(lambda: gone(everyone))


def test_impatience_does_no_harm(up):
    process = up()
    everyone = running(process)

    # Spaced, since signals that arrive together count as one.
    while process.poll() is None:
        process.send_signal(signal.SIGINT)
        time.sleep(0.03)

    assert process.returncode == 0
    wait_until(lambda: gone(everyone))


def test_a_stop_during_the_first_start_leaves_nothing(up, tmp_path):
    process = up(home=tmp_path)
    process.stdout.readline()
    wait_until(lambda: len(family(process.pid)) > 1)
    everyone = family(process.pid)

    process.send_signal(signal.SIGTERM)

    assert process.wait(PATIENCE) == 0
    wait_until(lambda: gone(everyone))


def test_what_dies_is_running_again_soon(up):
    process = up()
    running(process)
    victims = children_of(process.pid)
    assert len(victims) == 4

    for victim in victims:
        os.kill(victim, signal.SIGKILL)

    wait_until(lambda: gone(victims) and len(children_of(process.pid)) == 4)


def test_a_kill_of_the_supervisor_takes_everyone_along_and_the_next_start_works(up):
    process = up()
    everyone = running(process)

    process.kill()
    process.wait()

    wait_until(lambda: gone(everyone))
    assert running(up())


def test_when_its_terminal_is_closed_it_stops_in_good_order(up):
    leader, terminal = pty.openpty()
    process = up(
        stdout=terminal,
        stderr=terminal,
        stdin=terminal,
        # A session of its own with this terminal as its own: closing it is what hangs up.
        preexec_fn=lambda: take(terminal),
        start_new_session=False,
    )
    os.close(terminal)
    seen = b""
    while b"RUNNING" not in seen:
        seen += os.read(leader, 4096)
    everyone = family(process.pid)

    os.close(leader)

    assert process.wait(PATIENCE) == 0
    wait_until(lambda: gone(everyone))


def test_a_port_in_use_is_said_before_anything_is_started(up, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        process = up(port=port, home=tmp_path)
        said = process.communicate(timeout=PATIENCE)[0]

    assert process.returncode != 0
    assert f"端口 {port} 已被占用" in said
    assert "--port" in said
    assert not (tmp_path / "postgres").exists()


def test_what_was_stored_is_there_at_the_second_start(up):
    first = up()
    url = next(line for line in first.stdout if line.startswith("RUNNING")).split()[1]
    with psycopg.connect(url) as connection:
        connection.execute("create table if not exists kept as select 7 as number")
    first.send_signal(signal.SIGINT)
    first.wait(PATIENCE)

    second = up()
    url = next(line for line in second.stdout if line.startswith("RUNNING")).split()[1]
    with psycopg.connect(url) as connection:
        assert connection.execute("select number from kept").fetchone() == (7,)


def children_of(pid):
    listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False)
    return {int(word) for word in listed.stdout.split() if alive(int(word))}


def take(terminal):
    os.setsid()
    fcntl.ioctl(terminal, termios.TIOCSCTTY, 0)
