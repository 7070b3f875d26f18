"""A process that the supervisor keeps alive: own session, prefixed output, back-off between restarts."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from typing import IO

from zhitongche.deployment.lifeline import bound_to_parent

FIRST_PAUSE = 0.5
LONGEST_PAUSE = 30.0
# Whoever ran this long was well: the next death starts the back-off anew.
WELL_AFTER = 60.0
STOP_SECONDS = 20.0


class Child:
    """One process of the product; `tend` from the main thread, which the process does not outlive (Linux)."""

    def __init__(self, name: str, command: list[str], env: Mapping[str, str]) -> None:
        self.name = name
        self._command = command
        self._env = dict(env)
        self._process: subprocess.Popen[str] | None = None
        # Whether its group was swept away: afterwards the number may belong to somebody else.
        self._swept = False
        self._started = 0.0
        self._pause = FIRST_PAUSE
        self._resume: float | None = None

    @property
    def pid(self) -> int | None:
        """The process number, also its session's and group's."""
        return self._process.pid if self._process else None

    def start(self) -> None:
        """Start the process."""
        self._started, self._resume, self._swept = time.monotonic(), None, False
        self._process = subprocess.Popen(
            self._command,
            env=self._env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            # A signal must reach the parent process only: a worker whose children die with it can hang.
            start_new_session=True,
            preexec_fn=bound_to_parent(signal.SIGTERM),  # noqa: PLW1509 - takes no lock, see lifeline
        )
        assert self._process.stdout
        threading.Thread(target=_relay, args=(self.name, self._process.stdout), daemon=True).start()

    def tend(self) -> None:
        """Notice a death, and start again when the pause is over; call it often."""
        now = time.monotonic()
        if self._resume is not None:
            if now >= self._resume:
                self.start()
            return
        if self._process is None or self._process.poll() is None:
            return
        self._kill_group()
        self._pause = FIRST_PAUSE if now - self._started > WELL_AFTER else self._pause
        say(self.name, f"意外退出（状态 {self._process.returncode}），{self._pause:g} 秒后重新启动")
        self._resume = now + self._pause
        self._pause = min(self._pause * 2, LONGEST_PAUSE)

    def ask_to_stop(self) -> None:
        """Ask the process, and only it, to end in good order."""
        self._resume = None
        if self._process and self._process.poll() is None:
            self._process.terminate()

    def wait(self) -> None:
        """Wait until it has ended, and kill what is left of its group after 20 s."""
        if self._process is None:
            return
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            say(self.name, "未能按时停止，强制结束")
        self._kill_group()
        self._process.wait()

    def _kill_group(self) -> None:
        assert self._process
        if self._swept:
            return
        self._swept = True
        # Nothing may be left of it; macOS says so by refusing.
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)


def say(name: str, text: str) -> None:
    """A line under a prefix; a terminal that has gone is no reason to stop in disorder."""
    with contextlib.suppress(OSError, ValueError):
        sys.stdout.write(f"{name:<4}│ {text}\n")
        sys.stdout.flush()


def _relay(name: str, stream: IO[str]) -> None:
    for line in stream:
        say(name, line.rstrip())
