"""The inbox query: mine only, in order, by index, with counts that agree."""

import json
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import text

from tests.support.database import Database
from tests.support.stage import Play
from zhitongche.casework.queries import inbox
from zhitongche.casework.queries.inbox import Filter
from zhitongche.casework.queries.keyset import Mark, Turn
from zhitongche.kernel import clock as kernel_clock
from zhitongche.kernel.ids import new_id
from zhitongche.persistence import db


def test_counts_and_lists_agree_for_every_state(raoping: Play, clock: kernel_clock.Simulated) -> None:
    for _ in range(3):
        raoping.hand_in()
        clock.advance(timedelta(days=2))
    triage = raoping.actor("triage")
    counted = inbox.tally(triage)
    for state in ("late", "near", "on_time"):
        listed = inbox.owed(triage, Filter(state=state), Turn()).rows
        assert len(listed) == getattr(counted, state)
        assert {row.state for row in listed} <= {state}
    # Friday 6 and Sunday 8 March both end on Wednesday 11 at 17:30; it is Thursday 12. The third ends on Friday 13.
    assert (counted.late, counted.near + counted.on_time) == (2, 1)


def test_somebody_with_several_parts_sees_all_of_them_in_one_order(raoping: Play, clock: kernel_clock.Simulated) -> None:
    raoping.hand_in()
    ground = next(iter(raoping.pack.grounds_accept))
    raoping.act("accept", "triage", accept_ground=ground, lead=raoping.unit("jiaotong"))
    clock.advance(timedelta(hours=2))
    raoping.hand_in()
    both = replace(raoping.actor("jiaotong"), roles=frozenset({"handler", "triage"}))
    rows = inbox.owed(both, Filter(), Turn()).rows
    assert {row.what for row in rows} == {"平台接收", "回复办理意见", "甄别交办"}
    assert [row.due for row in rows] == sorted(row.due for row in rows)
    first = inbox.owed(both, Filter(), Turn(size=2))
    second = inbox.owed(both, Filter(), Turn(after=Mark.read(first.following), size=2))
    assert [r.clock_id for r in first.rows + second.rows] == [r.clock_id for r in rows]
    back = inbox.owed(both, Filter(), Turn(before=Mark.read(second.previous), size=2))
    assert [r.clock_id for r in back.rows] == [r.clock_id for r in first.rows]


def test_a_mark_survives_being_written_and_read_and_nothing_else_is_taken_for_one() -> None:
    mark = Mark(kernel_clock.now(), new_id())
    assert Mark.read(str(mark)) == mark
    for spoilt in ("", None, ".", "1.", "٣.00", f"{10**18}.{new_id().hex}", "-5." + new_id().hex):
        assert Mark.read(spoilt) is None


def test_the_inbox_of_a_role_and_of_a_unit_are_each_found_by_an_index(raoping: Play, tenant_db: Database) -> None:
    # Of a table as good as empty any index will do, unless it must give the order too.
    for way in ("seqscan", "sort", "bitmapscan"):
        db.session.execute(text(f"set local enable_{way} = off"))
    for condition, index in (("owes = 'triage' and unit_id is null", "ix_clock_open_role"), (f"unit_id = '{new_id()}'", "ix_clock_open_unit")):
        query = f"select id from clock where tenant_id = 'raoping' and {condition} and met_at is null and lapsed_at is null order by due_at limit 21"
        plan = json.dumps(db.session.execute(text(f"explain (format json) {query}")).scalar_one())
        assert index in plan, plan
