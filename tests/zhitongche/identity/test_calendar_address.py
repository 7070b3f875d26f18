"""The secret address of an official's dates: signed, replaceable, dead when it should be."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from tests.zhitongche.desk.conftest import Office, raoping
from zhitongche.identity import calendar_address, people
from zhitongche.identity.tables import Person, SignInLog
from zhitongche.kernel.errors import Forbidden, NotFound
from zhitongche.persistence import db, unit_of_work

__all__ = ["raoping"]


def person(office: Office, who: str = "triage") -> Person:
    """The official of that role."""
    found = office.play.people[who].person_id
    assert found
    return people.by_id(found)


def test_an_address_leads_to_its_official_until_another_is_made_or_it_is_ended(raoping: Office) -> None:
    mine = person(raoping)
    assert calendar_address.of(mine) is None
    with unit_of_work():
        first = calendar_address.make(mine.id)
    assert calendar_address.person_of(first).id == mine.id
    with unit_of_work():
        second = calendar_address.make(mine.id)
    assert calendar_address.person_of(second).id == mine.id
    with pytest.raises(NotFound):
        calendar_address.person_of(first)
    with unit_of_work():
        calendar_address.end(mine.id)
    with pytest.raises(NotFound):
        calendar_address.person_of(second)
    assert list(db.session.scalars(select(SignInLog.event))).count("calendar_opened") == 2


def test_a_made_up_address_and_that_of_a_closed_account_lead_nowhere(raoping: Office) -> None:
    mine = person(raoping)
    with unit_of_work():
        secret = calendar_address.make(mine.id)
    for wrong in ("", "x", f"{mine.id.hex}.", f"{mine.id.hex}.{'0' * 40}", secret[:-1], secret + "0"):
        with pytest.raises(NotFound):
            calendar_address.person_of(wrong)
    with unit_of_work():
        person(raoping).active = False
    with pytest.raises(NotFound):
        calendar_address.person_of(secret)


def test_only_officials_have_one(raoping: Office) -> None:
    with pytest.raises(Forbidden), unit_of_work():
        calendar_address.make(person(raoping, "enterprise").id)
