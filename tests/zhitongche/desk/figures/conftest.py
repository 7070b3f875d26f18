"""The county whose case is late in its unit's hands."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.zhitongche.desk.conftest import Office
from tests.zhitongche.desk.test_inbox import HANDLER, accept
from zhitongche.kernel import clock as kernel_clock

OTHER = "zhujian"


@pytest.fixture
def late(raoping: Office, clock: kernel_clock.Simulated) -> Office:
    """One petition received late by its unit, which now owes its opinion late as well; another one refused."""
    play = raoping.play
    play.hand_in(title="另一件：不予受理的事")
    play.act("refuse", "triage", refusal_ground=next(iter(play.pack.grounds_refuse)), reason="不属于受理范围，已告知企业。")
    play.hand_in(title="厂区门口道路破损")
    accept(raoping)
    clock.advance(timedelta(days=3))
    play.sweep()
    play.act("receive", HANDLER)
    clock.advance(timedelta(days=20))
    play.sweep()
    return raoping
