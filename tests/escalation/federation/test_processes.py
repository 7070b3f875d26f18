"""Finding the processes of a deployment by what they are, and killing one of them only."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from escalation.federation import processes
from tests.support.processes import alive, wait_until

pytestmark = pytest.mark.deployment
SLEEPS = "import time; time.sleep(600)"
PARENT = f"""
import subprocess, sys
for word in ("worker", "beat"):
    subprocess.Popen([sys.executable, sys.argv[1], word])
{SLEEPS}
"""


@pytest.fixture
def root(tmp_path: Path) -> Iterator[int]:
    program = tmp_path / "celery"
    program.write_text(SLEEPS)
    parent = subprocess.Popen([sys.executable, "-c", PARENT, str(program)])
    wait_until(lambda: processes.of_part(parent.pid, "worker") and processes.of_part(parent.pid, "beat"))
    everyone = processes.family(parent.pid)
    yield parent.pid
    for pid in everyone:
        if alive(pid):
            subprocess.run(["kill", "-9", str(pid)], check=False)
    parent.wait()


def test_each_part_is_known_by_its_program_and_its_words(root: int) -> None:
    assert len(processes.of_part(root, "worker")) == len(processes.of_part(root, "beat")) == 1
    assert processes.of_part(root, "web") == processes.of_part(root, "database") == []


def test_what_is_killed_is_of_that_part_and_of_that_deployment(root: int) -> None:
    worker, beat = (processes.of_part(root, part)[0] for part in ("worker", "beat"))
    assert processes.kill(root, "worker", Random(1))
    wait_until(lambda: not alive(worker))
    assert alive(beat)
    assert not processes.kill(beat, "worker", Random(1))
    assert not processes.kill(root, "web", Random(1))
