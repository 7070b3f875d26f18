"""Three deployments, a line that loses, doubles and delays, processes killed at random: every message is accounted for.

`STORM_CASES`, `STORM_MINUTES`, `STORM_EVERY` (seconds between two kills) and `STORM_SEED` rehearse longer or otherwise.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from escalation.federation.figures import Figures
from escalation.federation.rehearsal import rehearse
from zhitongche.kernel.settings import Settings, bundled

pytestmark = pytest.mark.deployment

CASES = int(os.environ.get("STORM_CASES", "8"))
MINUTES = float(os.environ.get("STORM_MINUTES", "0.75"))
EVERY = float(os.environ.get("STORM_EVERY", "5"))
SEED = int(os.environ.get("STORM_SEED", "7"))


@pytest.fixture(scope="module")
def found() -> Iterator[Figures]:
    plan = bundled("docs") / "federation.example.yaml"
    with tempfile.TemporaryDirectory(prefix="zhitongche-storm-") as folder:
        settings = Settings.from_env({"ZHITONGCHE_HOME": folder})
        told = rehearse(settings, plan, Path(folder), cases=CASES, minutes=MINUTES, pace=EVERY, seed=SEED)
        print(*told.lines(), sep="\n")
        yield told


def test_nothing_is_lost_nothing_done_twice_both_sides_agree_and_every_case_has_an_owner(found: Figures) -> None:
    assert found.faults == ()


def test_the_storm_was_one(found: Figures) -> None:
    assert found.rises >= CASES
    assert sum(found.kills.values()) >= 3
    assert found.line["lost_before"] + found.line["lost_after"] > 0
    assert found.line["doubled"] > 0
    assert found.tries > found.messages
