"""Processor time of processes, from /proc (Linux): what a loaded machine cannot falsify."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")
# Of /proc/<pid>/stat, counted from behind the name: proc(5) fields 4, 6, 14-17.
_PARENT, _SESSION, _USER, _SYSTEM, _DEAD_USER, _DEAD_SYSTEM = 1, 3, 11, 12, 13, 14


def of_session(session: int) -> float:
    """Seconds that the processes of a session have had."""
    return sum(stat[_USER] + stat[_SYSTEM] for stat in _all() if stat[_SESSION] == session) / _TICK


def of_family(parent: int) -> float:
    """Seconds that a process and its children have had, the ended ones too; PostgreSQL's have sessions of their own."""
    own = _read(Path(f"/proc/{parent}/stat"))
    children = sum(stat[_USER] + stat[_SYSTEM] for stat in _all() if stat[_PARENT] == parent)
    return (children + sum(own[_USER : _DEAD_SYSTEM + 1])) / _TICK


def _all() -> Iterator[list[int]]:
    for file in Path("/proc").glob("[0-9]*/stat"):
        try:
            yield _read(file)
        except OSError:
            continue


def _read(file: Path) -> list[int]:
    # The name may hold anything, even brackets; the state before the numbers is a letter.
    return [0, *map(int, file.read_text().rpartition(")")[2].split()[1:])]
