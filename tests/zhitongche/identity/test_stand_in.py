from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from tests.zhitongche.identity import world
from zhitongche.identity import actors, people, stand_in, units
from zhitongche.identity.tables import Person, StandIn
from zhitongche.kernel.clock import Simulated
from zhitongche.kernel.errors import Forbidden, Invalid
from zhitongche.persistence import TenantSession, db

DAY = timedelta(days=1)


@pytest.fixture
def lin(tenant: TenantSession) -> Person:
    return world.official("lin", "handler", "leader", unit="roads", mobile="13900000001")


@pytest.fixture
def wu(tenant: TenantSession) -> Person:
    return world.official("wu", "triage", mobile="13900000002")


def stands_in(wu: Person, lin: Person, clock: Simulated) -> StandIn:
    return stand_in.create(
        absent_id=lin.id,
        stand_in_id=wu.id,
        since=clock.now() + DAY,
        until=clock.now() + 3 * DAY,
        reason="出差",
        by=actors.actor_of(lin),
    )


def acts_for(wu: Person, lin: Person) -> bool:
    try:
        return actors.actor_of(wu, lin.id).on_behalf_of == lin.id
    except Forbidden:
        return False


def test_who_stands_in_acts_with_the_absent_ones_unit_and_roles_and_is_named_as_standing_in(
    lin: Person, wu: Person, clock: Simulated
) -> None:
    stands_in(wu, lin, clock)
    clock.advance(DAY)
    actor = actors.actor_of(wu, lin.id)
    assert (actor.person_id, actor.on_behalf_of, actor.name) == (wu.id, lin.id, "wu某（代lin某）")
    assert (actor.unit_id, actor.unit_kind) == (units.by_code("roads").id, "department")
    assert actor.roles == {"handler", "leader"}
    assert actors.actor_of(wu).roles == {"triage"}


def test_standing_in_begins_and_ends_by_the_clock(lin: Person, wu: Person, clock: Simulated) -> None:
    stands_in(wu, lin, clock)
    seen = []
    for _ in range(4):
        seen.append((acts_for(wu, lin), len(stand_in.active_for(wu.id))))
        clock.advance(DAY)
    assert seen == [(False, 0), (True, 1), (True, 1), (False, 0)]


def test_it_ends_at_once_when_ended_and_stays_on_record(lin: Person, wu: Person, clock: Simulated) -> None:
    record = stands_in(wu, lin, clock)
    clock.advance(DAY)
    stand_in.end(record.id, by=actors.actor_of(lin))
    assert not acts_for(wu, lin)
    assert [(one.reason, one.created_by, one.ended_by) for one in stand_in.listing(absent_id=lin.id)] == [
        ("出差", lin.id, lin.id)
    ]


def test_power_over_accounts_is_not_passed_on(wu: Person, clock: Simulated) -> None:
    boss = world.admin()
    stand_in.create(
        absent_id=boss.person_id,
        stand_in_id=wu.id,
        since=clock.now(),
        until=clock.now() + DAY,
        reason="休假",
        by=boss,
    )
    assert actors.actor_of(wu, boss.person_id).roles == frozenset()


def test_only_the_absent_one_or_the_administrator_arranges_it(
    lin: Person, wu: Person, clock: Simulated
) -> None:
    span = {"since": clock.now(), "until": clock.now() + DAY, "reason": "出差"}
    with pytest.raises(Forbidden):
        stand_in.create(absent_id=lin.id, stand_in_id=wu.id, by=actors.actor_of(wu), **span)
    stand_in.create(absent_id=lin.id, stand_in_id=wu.id, by=world.admin(), **span)
    with pytest.raises(Forbidden):  # a stand-in does not pass the case on to a third
        stand_in.create(absent_id=lin.id, stand_in_id=wu.id, by=actors.actor_of(wu, lin.id), **span)


def test_impossible_arrangements_are_refused(lin: Person, wu: Person, clock: Simulated) -> None:
    now, by = clock.now(), actors.actor_of(lin)
    for whom, since, until, reason, field in [
        (lin.id, now, now + DAY, "出差", "stand_in"),
        (wu.id, now, now, "出差", "until"),
        (wu.id, now - 2 * DAY, now - DAY, "出差", "until"),
        (wu.id, now, now + 93 * DAY, "出差", "until"),
        (wu.id, now, now + DAY, " ", "reason"),
    ]:
        with pytest.raises(Invalid) as refused:
            stand_in.create(
                absent_id=lin.id, stand_in_id=whom, since=since, until=until, reason=reason, by=by
            )
        assert set(refused.value.errors) == {field}


def test_the_database_refuses_an_end_before_the_beginning(lin: Person, wu: Person, clock: Simulated) -> None:
    now = clock.now()
    db.session.add(
        StandIn(absent_id=lin.id, stand_in_id=wu.id, since=now, until=now, reason="x", created_by=lin.id)
    )
    with pytest.raises(IntegrityError, match="until_after_since"):
        db.session.flush()


@pytest.mark.clause("RP-2.3.n")
def test_a_units_message_reaches_its_handlers_those_who_stand_in_and_its_contact(
    lin: Person, wu: Person, clock: Simulated
) -> None:
    world.official("zhou", "leader", unit="roads")
    stands_in(wu, lin, clock)
    roads = frozenset({units.by_code("roads").id})
    assert [one.name for one in people.of_party("lead", roads)] == ["lin某", "周联络"]
    clock.advance(DAY)
    told = people.of_party("lead", roads)
    assert [(one.name, one.mobile, one.kind) for one in told] == [
        ("lin某", "13900000001", "official"),
        ("wu某", "13900000002", "official"),
        ("周联络", "13900000009", "contact"),
    ]
    assert [one.name for one in people.of_party("leader")] == ["lin某", "zhou某", "wu某"]
    assert people.of_party("system") == []


def test_a_closed_account_is_told_nothing(lin: Person, wu: Person) -> None:
    wu.active = False
    db.session.commit()
    assert people.of_party("triage") == []
