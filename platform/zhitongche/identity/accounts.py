"""What a person does with the own account: change or reset the password, choose the digest."""

from uuid import UUID

from zhitongche.identity import door_log, passwords, people, rates, sms_codes, words
from zhitongche.identity.tables import Person
from zhitongche.kernel import identifiers
from zhitongche.kernel.errors import Invalid
from zhitongche.persistence import db


def change_password(person_id: UUID, *, old: str, new: str, address: str | None = None) -> Person:
    """Replace the password; all other sessions end. Raises Invalid on `old` or `new`, NotFound.

    Whoever has none yet (registered by SMS code) leaves `old` empty.
    """
    person = people.by_id(person_id)
    if not rates.allow(rates.SIGN_IN_ACCOUNT, str(person_id)):
        raise Invalid({"old": words.TOO_MANY.format(minutes=rates.SIGN_IN_ACCOUNT.minutes)})
    if person.password_hash and not passwords.verify(person.password_hash, old):
        raise Invalid({"old": words.OLD_WRONG})
    if person.password_hash and passwords.verify(person.password_hash, new):
        raise Invalid({"new": words.SAME_AS_OLD})
    _set(person, new, "new", "password_changed", address)
    return person


def reset_by_code(mobile: str, code: str, new: str, *, address: str | None = None) -> None:
    """An enterprise's person who forgot the password sets a new one with an SMS code; raises Invalid.

    An unknown mobile never got a code, so it is answered like a wrong one.
    """
    number = identifiers.mobile(mobile)
    passwords.check_rules(new, personal=(number,), field="new")
    sms_codes.require(number, "reset", code)
    person = people.by_mobile(number)
    if person is None or not person.active:
        raise Invalid({"code": words.WRONG_CODE})
    _set(person, new, "new", "password_reset", address)


def change_mobile(person_id: UUID, mobile: str, code: str) -> Person:
    """An enterprise's person takes a new mobile, confirmed by an SMS code; raises Invalid, NotFound."""
    number = identifiers.mobile(mobile)
    sms_codes.require(number, "change", code)
    person, holder = people.by_id(person_id), people.by_mobile(number)
    if holder is not None and holder is not person:
        raise Invalid({"mobile": words.MOBILE_TAKEN})
    person.mobile = number
    person.session_epoch += 1
    db.session.flush()
    return person


def choose_digest(person_id: UUID, *, digest: bool) -> None:
    """One SMS a day with everything that is not urgent, or each at its time."""
    people.by_id(person_id).notices_digest = digest
    db.session.flush()


def _set(person: Person, password: str, field: str, event: str, address: str | None) -> None:
    passwords.check_rules(password, personal=(person.login, person.mobile, person.name), field=field)
    person.password_hash, person.must_change_password = passwords.hashed(password), False
    person.session_epoch += 1
    door_log.record(event, person.id, by_id=person.id, address=address)
    db.session.flush()
