from datetime import timedelta

from tests.zhitongche.outbox.conftest import Rows
from zhitongche import outbox
from zhitongche.kernel.clock import Simulated
from zhitongche.outbox.alarms import PATIENCE
from zhitongche.persistence import TenantSession, unit_of_work


def alarms() -> int:
    with unit_of_work():
        return outbox.raise_alarms()


def test_what_is_a_day_late_is_told_once_and_stays_to_be_done(
    session: TenantSession, clock: Simulated, rows: Rows
) -> None:
    with unit_of_work():
        outbox.promise("notice", {"petition_id": "1"})
        outbox.promise("notice", {}, due_at=clock.now() + timedelta(hours=1))
    clock.advance(PATIENCE - timedelta(seconds=1))
    assert alarms() == 0
    clock.advance(timedelta(seconds=1))
    assert (alarms(), alarms()) == (1, 0)

    late, later, told = rows()
    assert told["topic"] == outbox.STUCK
    assert told["payload"] == {"id": str(late["id"]), "topic": "notice", "tries": 0}
    assert (late["done_at"], late["alarmed_at"], later["alarmed_at"]) == (None, clock.now(), None)


def test_a_failure_does_not_put_the_alarm_off(session: TenantSession, clock: Simulated) -> None:
    with unit_of_work():
        outbox.promise("notice", {})
    for _ in range(24):
        with unit_of_work():
            (message,) = outbox.claim(["notice"], 1)
            outbox.failed(message, RuntimeError("no"))
        clock.advance(timedelta(hours=1))
    assert alarms() == 1


def test_what_is_done_raises_no_alarm_nor_does_an_alarm_itself(
    session: TenantSession, clock: Simulated
) -> None:
    with unit_of_work():
        outbox.promise("notice", {})
        outbox.promise(outbox.STUCK, {})
    with unit_of_work():
        (message,) = outbox.claim(["notice"], 1)
        outbox.done(message)
    clock.advance(PATIENCE * 2)
    assert alarms() == 0
