"""As whom a key may act: an official by login, or an enterprise's person by credit code and mobile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhitongche.api import words
from zhitongche.identity import enterprises, people
from zhitongche.kernel import identifiers
from zhitongche.kernel.errors import Invalid

if TYPE_CHECKING:
    from uuid import UUID

    from zhitongche.identity.tables import Person


def find(login: str | None, credit_code: str | None, mobile: str | None) -> tuple[Person, UUID | None]:
    """The person, and the enterprise where it acts for one. Raises Invalid."""
    if login:
        person = people.by_login(login)
        if person is None or not person.active:
            raise _wrong(words.NOT_OFFICIAL.format(login=login))
        return person, None
    enterprise = enterprises.by_code(identifiers.credit_code(credit_code or ""))
    person = people.by_mobile(identifiers.mobile(mobile or ""))
    if enterprise is None or person is None or enterprise.id not in {one.id for one in enterprises.of_person(person.id)}:
        raise _wrong(words.NOT_MEMBER)
    return person, enterprise.id


def _wrong(message: str) -> Invalid:
    return Invalid({"person": message}, message)
