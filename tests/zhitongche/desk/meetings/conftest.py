"""A county's month and a city's meeting, seen from the desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

import pytest

from tests.support.pages import Visitor
from tests.zhitongche.desk.conftest import Office
from tests.zhitongche.meetings.conftest import House
from zhitongche.kernel import clock as kernel_clock

__all__ = ["County", "city", "county"]


@dataclass
class County:
    """The officials at their desks, and the house that lets the days pass."""

    office: Office
    house: House

    def at_desk(self, who: str) -> Visitor:
        """An official with a browser."""
        return self.office.at_desk(who)

    @property
    def url(self) -> str:
        """The meeting in hand."""
        return f"/desk/meetings/{self.house.id}"

    def of(self, name: str) -> str:
        """A petition's id."""
        return str(self.house.cases[name])


@pytest.fixture
def county(raoping: Office, clock: kernel_clock.Simulated) -> County:
    """The county with the monthly day, on 1 April 2026."""
    clock.set(kernel_clock.on(date(2026, 4, 1), time(10)))
    return County(raoping, House(raoping.play, clock))


@pytest.fixture
def city(shantou: Office, clock: kernel_clock.Simulated) -> County:
    """The city that calls its meetings when fit."""
    return County(shantou, House(shantou.play, clock))
