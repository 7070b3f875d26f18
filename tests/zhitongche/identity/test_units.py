from dataclasses import replace

import pytest

from tests.zhitongche.identity import world
from zhitongche.flow.facts import SYSTEM
from zhitongche.identity import actors, units
from zhitongche.kernel.clock import Simulated
from zhitongche.kernel.errors import Forbidden, Invalid, NotFound
from zhitongche.persistence import TenantSession


def test_units_come_from_the_pack_in_its_order(tenant: TenantSession) -> None:
    assert [unit.code for unit in units.listing()] == ["bureau", "roads", "admin"]
    assert [unit.code for unit in units.of_role("triage")] == ["bureau"]
    roads = units.by_code("roads")
    assert (roads.contact_name, roads.contact_mobile, roads.kind) == ("周联络", "13900000009", "department")
    assert units.kinds(frozenset({roads.id})) == {roads.id: "department"}
    with pytest.raises(NotFound):
        units.by_code("nowhere")


def test_a_unit_that_leaves_the_pack_becomes_inactive_and_comes_back_as_the_same(
    tenant: TenantSession,
) -> None:
    roads = units.by_code("roads").id
    units.sync(replace(world.pack(), units=world.UNITS[:1]))
    assert [unit.code for unit in units.listing()] == ["bureau"]
    units.sync(world.pack())
    assert units.by_code("roads").id == roads
    assert units.by_code("roads").active


@pytest.mark.clause("RP-2.3.n")
@pytest.mark.clause("ST-1.2")
def test_a_contact_that_the_unit_has_confirmed_outlives_the_pack(
    tenant: TenantSession, clock: Simulated
) -> None:
    handler = actors.actor_of(world.official("lin", "handler", unit="roads"))
    units.confirm_contact(handler.unit_id, name="林工", mobile="139 0000 0001", by=handler)
    units.sync(world.pack())
    roads = units.by_code("roads")
    assert (roads.contact_name, roads.contact_mobile, roads.contact_phone) == ("林工", "13900000001", None)
    assert roads.contact_confirmed_at == clock.now()


@pytest.mark.clause("RP-2.3.n")
def test_contacts_not_confirmed_for_a_quarter_are_shown_as_due(
    tenant: TenantSession, clock: Simulated
) -> None:
    roads = units.by_code("roads")
    units.confirm_contact(roads.id, name="林工", mobile="13900000001", by=SYSTEM)
    assert "roads" not in {unit.code for unit in units.stale_contacts()}
    clock.set(clock.now().replace(month=7))
    assert "roads" in {unit.code for unit in units.stale_contacts()}


@pytest.mark.clause("ST-1.3")
def test_only_its_own_handlers_and_the_administrator_change_a_units_contact(tenant: TenantSession) -> None:
    stranger = actors.actor_of(world.official("wu", "triage"))
    roads = units.by_code("roads")
    with pytest.raises(Forbidden):
        units.confirm_contact(roads.id, name="吴", mobile="13900000001", by=stranger)
    units.confirm_contact(roads.id, name="吴", mobile="13900000001", by=world.admin())


def test_every_fault_of_a_contact_is_told_at_once(tenant: TenantSession) -> None:
    with pytest.raises(Invalid) as refused:
        units.confirm_contact(units.by_code("roads").id, name=" ", mobile="123", phone="call me", by=SYSTEM)
    assert set(refused.value.errors) == {"contact_name", "contact_mobile", "contact_phone"}
