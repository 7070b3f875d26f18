import io
import os
import signal
import subprocess
import sys
from types import SimpleNamespace

import pytest

from tests.support.processes import alive, environment, family, wait_until
from zhitongche.deployment import child as children
from zhitongche.deployment.child import Child

pytestmark = pytest.mark.deployment
SLEEPS = "import time; time.sleep(600)"
HAS_A_CHILD = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {SLEEPS!r}]); {SLEEPS}"


@pytest.fixture
def start():
    started = []

    def make(code):
        child = Child("name", [sys.executable, "-c", code], environment())
        started.append(child)
        child.start()
        return child

    yield make
    for child in started:
        child.ask_to_stop()
        child.wait()


def test_what_dies_is_started_again(start, monkeypatch):
    monkeypatch.setattr(children, "FIRST_PAUSE", 0.01)
    child = start(SLEEPS)
    first = child.pid
    os.kill(first, signal.SIGKILL)

    wait_until(lambda: child.tend() or child.pid != first)

    assert alive(child.pid)


def test_what_keeps_dying_is_started_ever_less_often(start, capsys, monkeypatch):
    now = [1000.0]
    # The module's own name only: other threads ask the real clock meanwhile.
    monkeypatch.setattr(children, "time", SimpleNamespace(monotonic=lambda: now[0]))
    child = start("raise SystemExit(3)")
    for _ in range(9):
        child._process.wait()
        child.tend()
        now[0] += 31
        child.tend()

    said = [line for line in capsys.readouterr().out.splitlines() if "重新启动" in line]
    assert ["0.5 秒" in said[0], "1 秒" in said[1], "2 秒" in said[2], "30 秒" in said[-1]] == [True] * 4
    assert all("状态 3" in line for line in said)


def test_a_death_takes_its_children_along(start):
    child = start(HAS_A_CHILD)
    wait_until(lambda: len(family(child.pid)) == 2)
    whole = family(child.pid)
    os.kill(child.pid, signal.SIGKILL)
    child._process.wait()

    child.tend()

    wait_until(lambda: not any(alive(pid) for pid in whole))


def test_stopping_leaves_nothing_even_of_those_that_do_not_listen(start, monkeypatch):
    monkeypatch.setattr(children, "STOP_SECONDS", 0.5)
    child = start(f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(1, flush=True); {HAS_A_CHILD}")
    wait_until(lambda: len(family(child.pid)) == 2)
    whole = family(child.pid)

    child.ask_to_stop()
    child.wait()

    wait_until(lambda: not any(alive(pid) for pid in whole))


def test_what_was_asked_to_stop_stays_stopped(start):
    child = start(SLEEPS)
    os.kill(child.pid, signal.SIGKILL)
    child._process.wait()
    child.tend()
    dead = child.pid

    child.ask_to_stop()
    child.tend()

    assert child.pid == dead


def test_what_died_and_was_swept_away_is_not_killed_again_under_a_number_that_is_anothers_by_now(start):
    child = start(SLEEPS)
    os.kill(child.pid, signal.SIGKILL)
    child._process.wait()
    child.tend()
    stranger = subprocess.Popen([sys.executable, "-c", SLEEPS], start_new_session=True)
    child._process.pid = stranger.pid

    child.ask_to_stop()
    child.wait()

    with pytest.raises(subprocess.TimeoutExpired):
        stranger.wait(0.5)
    stranger.kill()
    stranger.wait()


def test_output_comes_line_by_line_under_its_name(start, monkeypatch):
    # Not capsys: reading from it loses what a thread writes at that very moment.
    out = io.StringIO()
    monkeypatch.setattr(sys, "stdout", out)
    start("print('你好'); print('二')")

    wait_until(lambda: out.getvalue().count("\n") == 2)
    assert out.getvalue().splitlines() == ["name│ 你好", "name│ 二"]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the next start cleans up")
def test_nothing_outlives_a_parent_that_was_killed():
    code = f"""
import sys, time
from zhitongche.deployment.child import Child
child = Child("x", [sys.executable, "-c", {SLEEPS!r}], {{}})
child.start()
print(child.pid, flush=True)
time.sleep(600)
"""
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, env=environment())
    pid = int(parent.stdout.readline())
    assert alive(pid)

    parent.kill()
    parent.wait()

    wait_until(lambda: not alive(pid))
