"""Looking at the machine's processes."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

PATIENCE = 120.0
"""Seconds that nothing takes, on however busy a machine: a wait that ends sooner costs nothing."""


def alive(pid: int) -> bool:
    """Whether a process runs (one that is dead but not yet waited for does not)."""
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False


def family(root: int) -> set[int]:
    """A process and all who descend from it."""
    listed = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    parents = {int(pid): int(parent) for pid, parent in (line.split() for line in listed.splitlines())}
    found, fresh = {root}, {root}
    while fresh:
        fresh = {pid for pid, parent in parents.items() if parent in fresh} - found
        found |= fresh
    return found


def wait_until(true: Callable[[], object], seconds: float = PATIENCE) -> None:
    """Wait until it is true; AssertionError when it does not become so."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


def environment() -> dict[str, str]:
    """Our environment, with the same places to import from."""
    return os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
