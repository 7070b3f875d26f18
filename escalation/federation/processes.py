"""Looking at the processes of a deployment, and killing one as a power cut would."""

from __future__ import annotations

import os
import signal
import subprocess
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from random import Random

PARTS: Final = {
    "web": ("granian",),
    "worker": ("celery", "worker"),
    "beat": ("celery", "beat"),
    "database": ("postgres", "-D"),
}
"""What the command line of each part of a deployment contains."""


def family(root: int) -> dict[int, tuple[str, ...]]:
    """A process and all who descend from it, with the words of their command lines."""
    listed = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    parents = {int(pid): int(parent) for pid, parent in (line.split() for line in listed.splitlines())}
    found, fresh = {root}, {root}
    while fresh:
        fresh = {pid for pid, parent in parents.items() if parent in fresh} - found
        found |= fresh
    return {pid: _command(pid) for pid in found}


def of_part(root: int, part: str) -> list[int]:
    """The living processes of a part of the deployment that `root` supervises."""
    words = PARTS[part]
    return sorted(pid for pid, command in family(root).items() if _named(command, words))


def kill(root: int, part: str, chance: Random) -> bool:
    """Kill -9 any one process of the part; False where none is alive at this moment."""
    pids = of_part(root, part)
    if not pids:
        return False
    with suppress(ProcessLookupError):
        os.kill(chance.choice(pids), signal.SIGKILL)
        return True
    return False


def _named(command: tuple[str, ...], words: tuple[str, ...]) -> bool:
    program, rest = words[0], words[1:]
    return any(Path(word).name == program for word in command[:2]) and all(word in command for word in rest)


def _command(pid: int) -> tuple[str, ...]:
    try:
        return tuple(Path(f"/proc/{pid}/cmdline").read_text(errors="replace").split("\0"))
    except (FileNotFoundError, ProcessLookupError):
        return ()
