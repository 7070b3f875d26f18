"""What the tables themselves refuse, and what is left of a transaction that did not end."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError

from escalation.carriage import door
from escalation.carriage.desk_of import desk_of
from escalation.ledger.tables import BridgeIncoming, BridgeStream
from escalation.protocol import sending
from zhitongche.casework.tables import Petition, Report
from zhitongche.kernel import clock
from zhitongche.persistence import db, tenant_scope, unit_of_work

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from tests.escalation.levels import Levels
    from tests.escalation.protocol.sides import Side


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("update bridge_outgoing set pending = false where receipt is null", "never_given_up"),
        ("update bridge_outgoing set receipt = null, receipted_at = null where receipt is not null", "never_given_up"),
        ("update bridge_outgoing set receipt = null, pending = true where receipt is not null", "receipted_whole"),
        ("update bridge_outgoing set receipted_at = now() where receipt is null", "receipted_whole"),
        ("update bridge_outgoing set sequence = 0", "numbers"),
        ("update bridge_outgoing set sequence = 1, since = 1", "uq_bridge_outgoing_number"),
        ("update bridge_incoming set place = null", "applied_in_place"),
        ("update bridge_incoming set receipt = null", "receipt"),
        ("update bridge_stream set applied = placed + 1", "counts"),
    ],
)
def test_no_update_gives_up_a_message_or_tears_its_evidence(below: Side, above: Side, change: str, constraint: str) -> None:
    for each in "ab":
        below.emit("beta", each)
    below.deliver(above)
    below.emit("beta", "c")
    # As the program's own role, in the tenant's scope: nothing but the tables stands in the way.
    with tenant_scope("beta" if "incoming" in change else "alpha"), pytest.raises(IntegrityError, match=constraint), unit_of_work():
        db.session.execute(text(change))


def test_a_message_sent_anew_may_rest_without_a_receipt(below: Side) -> None:
    below.emit("beta", "a")
    with tenant_scope("alpha"), unit_of_work():
        db.session.execute(text("update bridge_outgoing set pending = false, reissued_as = id"))


@pytest.mark.clause("RP-2.3.f")
def test_a_crash_between_applying_and_committing_leaves_neither_case_nor_receipt(levels: Levels, monkeypatch: pytest.MonkeyPatch) -> None:
    levels.send_up()
    below, above = levels.below.pack.code, levels.above.pack.code
    with tenant_scope(below), unit_of_work():
        [row] = sending.claim(desk_of(below).books, clock.now(), 1)
    applied = []

    def crash() -> None:
        with tenant_scope(above):
            applied.append(_counts())
        raise ConnectionError("the server went away")

    with monkeypatch.context() as plug:
        # Only the door's: everything was written, and nothing is committed.
        plug.setattr(door, "unit_of_work", _pulled(crash))
        with pytest.raises(ConnectionError):
            door.take(above, row.envelope)
    assert applied == [(1, 1, 1, 1)]
    with tenant_scope(above):
        assert _counts() == (0, 0, 0, 0)

    assert door.take(above, row.envelope).kind == "receipt"
    with tenant_scope(above):
        assert _counts() == (1, 1, 1, 1)


def _counts() -> tuple[int, ...]:
    db.session.flush()
    return tuple(db.session.scalar(select(func.count()).select_from(table)) or 0 for table in (Petition, Report, BridgeIncoming, BridgeStream))


def _pulled(crash: Callable[[], None]) -> Callable[[], AbstractContextManager[None]]:
    @contextmanager
    def pulled() -> Iterator[None]:
        with unit_of_work():
            yield
            crash()

    return pulled
