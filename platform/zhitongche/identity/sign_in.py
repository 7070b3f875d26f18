"""Signing in (登录). Wrong, unknown and closed accounts get one and the same answer, after the same time."""

from typing import NoReturn

from zhitongche.identity import door_log, fields, members, passwords, people, rates, sms_codes, words
from zhitongche.identity.rates import SIGN_IN_ACCOUNT, SIGN_IN_ADDRESS
from zhitongche.identity.tables import Person
from zhitongche.kernel import identifiers
from zhitongche.kernel.errors import Invalid


def official(login: str, password: str, *, address: str | None = None) -> Person:
    """The official with this login and password; raises Invalid on `password`, one answer for all causes."""
    login = fields.folded(login)
    _limit(login, address, "password")
    person = people.by_login(login)
    return _by_password(person, password, login, address)


def enterprise(
    mobile: str, *, password: str | None = None, code: str | None = None, address: str | None = None
) -> Person:
    """The enterprise's person with this mobile and password, or SMS code; raises Invalid.

    Signing in takes up open invitations.
    """
    number = identifiers.mobile(mobile)
    _limit(number, address, "password" if code is None else "code")
    person = people.by_mobile(number)
    if code is None:
        person = _by_password(person, password or "", number, address)
    else:
        redeemed = sms_codes.redeem(number, "sign_in", code)
        if not redeemed or person is None or not person.active:
            _deny(person, address, {"code": words.WRONG_CODE})
        _welcome(person, number, address)
    members.join(person.id)
    return person


def _by_password(person: Person | None, password: str, key: str, address: str | None) -> Person:
    right = passwords.verify(person.password_hash if person else None, password)
    if not right or person is None or not person.active:
        _deny(person, address, {"password": words.WRONG_SIGN_IN})
    if person.password_hash and passwords.needs_rehash(person.password_hash):
        person.password_hash = passwords.hashed(password)
    _welcome(person, key, address)
    return person


def _welcome(person: Person, key: str, address: str | None) -> None:
    rates.forgive(SIGN_IN_ACCOUNT, key)
    door_log.record("signed_in", person.id, address=address)


def _deny(person: Person | None, address: str | None, errors: dict[str, str]) -> NoReturn:
    door_log.record_failure("denied", person.id if person else None, address)
    raise Invalid(errors, next(iter(errors.values())))


def _limit(key: str, address: str | None, field: str) -> None:
    limits = [(SIGN_IN_ACCOUNT, key)] + ([(SIGN_IN_ADDRESS, address)] if address else [])
    for rate, counted in limits:
        if not rates.allow(rate, counted):
            door_log.record_failure("limited", None, address)
            message = words.TOO_MANY.format(minutes=rate.minutes)
            raise Invalid({field: message}, message)
