"""The tenant's own days lie over the pack's, and those over the national arrangement."""

from datetime import date
from uuid import UUID

import pytest

from tests.zhitongche.tenancy.conftest import Folder
from zhitongche.kernel.errors import NotFound
from zhitongche.kernel.working_days import national
from zhitongche.persistence import TenantSession, tenant_scope, unit_of_work
from zhitongche.tenancy import calendar, packs
from zhitongche.tenancy.packs import Registry

TUESDAY = date(2026, 8, 4)


def test_office_hours_are_those_of_the_pack(session: TenantSession, registry: Registry) -> None:
    days = calendar.calendar_of(registry["raoping"])
    assert (days.opens.isoformat(), days.closes.isoformat()) == ("08:30:00", "17:30:00")


def test_a_typhoon_day_counts_from_the_moment_it_is_set(session: TenantSession, registry: Registry) -> None:
    assert calendar.calendar_of(registry["raoping"]).is_working(TUESDAY)
    calendar.set_day(TUESDAY, working=False, name="台风停工", by=None)
    days = calendar.calendar_of(registry["raoping"])
    assert not days.is_working(TUESDAY)
    assert [day.name for day in days.year(2026) if day.date == TUESDAY] == ["台风停工"]


def test_a_day_set_again_is_changed_and_a_day_taken_back_is_gone(
    session: TenantSession, registry: Registry
) -> None:
    calendar.set_day(TUESDAY, working=False, name="台风停工", by=UUID(int=1))
    calendar.set_day(TUESDAY, working=True, name="照常上班", by=UUID(int=2))
    assert calendar.calendar_of(registry["raoping"]).is_working(TUESDAY)
    assert [row.name for row in calendar.listing()] == ["照常上班"]
    calendar.set_day(TUESDAY, working=False, name="台风停工", by=None)
    calendar.unset_day(TUESDAY)
    assert calendar.calendar_of(registry["raoping"]).is_working(TUESDAY)
    with pytest.raises(NotFound):
        calendar.unset_day(TUESDAY)


def test_one_tenants_typhoon_is_not_anothers(session: TenantSession, registry: Registry) -> None:
    with unit_of_work():
        calendar.set_day(TUESDAY, working=False, name="台风停工", by=None)
    with tenant_scope("beta"):
        assert calendar.calendar_of(registry["raoping"]).is_working(TUESDAY)
        assert calendar.listing() == []


def test_the_packs_own_days_lie_under_the_administrators(session: TenantSession, folder: Folder) -> None:
    folder.change(
        "raoping/calendar.yaml", "days: []", "days: [{date: 2026-08-04, working: false, name: 县庆}]"
    )
    pack = packs.load([folder.path])["raoping"]
    assert not calendar.calendar_of(pack).is_working(TUESDAY)
    calendar.set_day(TUESDAY, working=True, name="照常上班", by=None)
    assert calendar.calendar_of(pack).is_working(TUESDAY)


def test_without_own_days_the_national_arrangement_holds(registry: Registry) -> None:
    days = calendar.bare(registry["raoping"])
    for day in national().year(2026):
        assert days.is_working(day.date) == day.working
