from datetime import timedelta
from typing import Literal

import pytest
from argon2 import PasswordHasher
from sqlalchemy import text

from tests.support.database import Database
from tests.zhitongche.identity import world
from zhitongche.identity import (
    accounts,
    door_log,
    officials,
    passwords,
    people,
    rates,
    sign_in,
    sms_codes,
    units,
    words,
)
from zhitongche.identity.actors import AccountUser, load_user
from zhitongche.identity.enterprises import EnterpriseForm, enrol
from zhitongche.identity.tables import Person
from zhitongche.kernel.clock import Simulated
from zhitongche.kernel.errors import Invalid
from zhitongche.persistence import TenantSession, db, tenant_scope, unit_of_work

MOBILE = "13800001234"


def attempt(login: str, password: str, address: str | None = None) -> str:
    """The answer at the door, each in a unit of work as at the edge."""
    try:
        with unit_of_work():
            return sign_in.official(login, password, address=address).name
    except Invalid as refused:
        return "".join(refused.errors.values())


def firm(password: str = "") -> Person:
    with unit_of_work():
        return enrol(EnterpriseForm(world.CREDIT, world.FIRM, "陈静", MOBILE, password)).person


def test_an_official_signs_in_with_login_and_password(tenant: TenantSession) -> None:
    world.official("lin.wen", "triage")
    assert attempt(" Lin.Wen ", world.GOOD) == "lin.wen某"


def test_wrong_unknown_and_closed_accounts_get_one_and_the_same_answer(tenant: TenantSession) -> None:
    world.official("lin", "triage")
    closed = world.official("wu", "triage")
    officials.deactivate(closed.id, by=world.admin())
    db.session.commit()
    answers = {attempt("lin", "wrong-8391q"), attempt("nobody", world.GOOD), attempt("wu", world.GOOD)}
    assert answers == {words.WRONG_SIGN_IN}


def test_an_unknown_account_is_answered_no_faster_than_a_known_one(
    tenant: TenantSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    passwords._nobodys.cache_clear()
    world.official("lin", "triage").password_hash = passwords.hashed(world.GOOD)
    db.session.commit()
    attempt("nobody", "x")  # makes the hash that unknown accounts are compared with

    verified: list[str] = []

    class Watched(PasswordHasher):
        def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:
            verified.append(str(hash).rpartition("$")[0].rpartition("$")[0])
            return super().verify(hash, password)

    monkeypatch.setattr(passwords, "_hasher", Watched())
    for login in ("lin", "nobody"):
        attempt(login, "wrong-8391q")
    # One hash each, of the same cost, is what takes the time; a stopwatch would be another machine's luck.
    of_lin, of_nobody = verified
    assert of_lin == of_nobody
    assert "m=" in of_lin


def test_after_ten_wrong_tries_even_the_right_password_waits_a_quarter_of_an_hour(
    tenant: TenantSession, clock: Simulated
) -> None:
    world.official("lin", "triage")
    world.official("wu", "triage")
    for _ in range(10):
        assert attempt("lin", "wrong-8391q") == words.WRONG_SIGN_IN
    assert attempt("lin", world.GOOD) == words.TOO_MANY.format(minutes=15)
    assert attempt("wu", world.GOOD) == "wu某"
    clock.advance(timedelta(minutes=15))
    assert attempt("lin", world.GOOD) == "lin某"


def test_an_unknown_login_is_limited_like_a_known_one(tenant: TenantSession) -> None:
    for _ in range(10):
        assert attempt("nobody", "wrong-8391q") == words.WRONG_SIGN_IN
    assert attempt("nobody", "wrong-8391q") == words.TOO_MANY.format(minutes=15)


def test_who_tries_many_accounts_from_one_address_is_stopped(
    tenant: TenantSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sign_in, "SIGN_IN_ADDRESS", rates.Rate("few", 3, timedelta(minutes=15)))
    for number in range(3):
        assert attempt(f"guess{number}", "x", "10.0.0.7") == words.WRONG_SIGN_IN
    assert attempt("guess9", "x", "10.0.0.7") == words.TOO_MANY.format(minutes=15)
    assert attempt("guess9", "x", "10.0.0.8") == words.WRONG_SIGN_IN


def test_a_right_password_forgives_the_wrong_ones_before(tenant: TenantSession) -> None:
    world.official("lin", "triage")
    for _ in range(2):
        for _ in range(9):
            attempt("lin", "wrong-8391q")
        assert attempt("lin", world.GOOD) == "lin某"


def test_what_happened_at_the_door_is_on_record_though_the_request_failed(tenant: TenantSession) -> None:
    lin = world.official("lin", "triage")
    attempt("lin", "wrong-8391q", "10.0.0.7")
    attempt("lin", world.GOOD, "10.0.0.7")
    assert {(entry.event, entry.address) for entry in door_log.recent(person_id=lin.id)} == {
        ("denied", "10.0.0.7"),
        ("signed_in", "10.0.0.7"),
    }


def test_the_log_cannot_be_changed_by_the_program(tenant: TenantSession, tenant_db: Database) -> None:
    attempt("nobody", "x")
    with tenant_db.application.connect() as connection, pytest.raises(Exception, match="permission denied"):
        connection.execute(text("delete from sign_in_log"))


def test_an_account_of_one_tenant_is_nobody_in_another(tenant: TenantSession) -> None:
    world.official("lin", "triage")
    with tenant_scope("beta"):
        assert attempt("lin", world.GOOD) == words.WRONG_SIGN_IN


def test_a_session_of_one_tenant_is_nobody_in_another_even_with_the_same_id(tenant: TenantSession) -> None:
    lin = world.official("lin", "triage")
    session_id, id_ = AccountUser(lin).get_id(), lin.id
    with tenant_scope("beta"):
        with unit_of_work():
            db.session.add(Person(id=id_, kind="official", login="other", name="某", roles=["triage"]))
        assert load_user(session_id) is None
    assert load_user(session_id).person is lin
    for forged in ("", "alpha", "alpha:x:0", f"alpha:{id_}:1", f"alpha:{id_}"):
        assert load_user(forged) is None


def test_an_enterprises_person_signs_in_by_password_or_by_code(tenant: TenantSession) -> None:
    person = firm(world.GOOD)
    assert sign_in.enterprise(MOBILE, password=world.GOOD).id == person.id
    db.session.commit()
    with unit_of_work():
        code = sms_codes.issue(MOBILE, "sign_in")
    assert sign_in.enterprise(MOBILE, code=code).id == person.id


def test_a_person_without_a_password_does_not_sign_in_with_an_empty_one(tenant: TenantSession) -> None:
    firm()
    with pytest.raises(Invalid):
        sign_in.enterprise(MOBILE, password="")


def test_an_official_does_not_sign_in_by_mobile(tenant: TenantSession) -> None:
    world.official("lin", "triage", mobile=MOBILE)
    with pytest.raises(Invalid, match="不正确"):
        sign_in.enterprise(MOBILE, password=world.GOOD)


def test_a_changed_password_needs_the_old_one_and_differs_from_it(tenant: TenantSession) -> None:
    lin = world.official("lin", "triage")
    for old, new, field in [
        ("wrong-8391q", "ma-que-5530", "old"),
        (world.GOOD, world.GOOD, "new"),
        (world.GOOD, "short1", "new"),
    ]:
        with pytest.raises(Invalid) as refused:
            accounts.change_password(lin.id, old=old, new=new)
        assert set(refused.value.errors) == {field}
    accounts.change_password(lin.id, old=world.GOOD, new="ma-que-5530")
    db.session.commit()
    assert attempt("lin", "ma-que-5530") == "lin某"
    assert attempt("lin", world.GOOD) == words.WRONG_SIGN_IN


def test_a_forgotten_password_is_reset_with_a_code_and_without_an_oracle(tenant: TenantSession) -> None:
    firm(world.GOOD)
    with unit_of_work():
        code = sms_codes.issue(MOBILE, "reset")
        sms_codes.issue("13800009999", "reset")
    with pytest.raises(Invalid) as unknown:
        accounts.reset_by_code("13800009999", "000000", "ma-que-5530")
    assert unknown.value.errors == {"code": words.WRONG_CODE}
    accounts.reset_by_code(MOBILE, code, "ma-que-5530")
    db.session.commit()
    assert sign_in.enterprise(MOBILE, password="ma-que-5530").must_change_password is False


def test_a_new_mobile_is_confirmed_by_a_code_sent_to_it(tenant: TenantSession) -> None:
    person = firm()
    with unit_of_work():
        code = sms_codes.issue("13800005555", "change")
    with pytest.raises(Invalid):
        accounts.change_mobile(person.id, "13800005555", "nocode")
    accounts.change_mobile(person.id, "13800005555", code)
    assert people.by_mobile("13800005555").id == person.id
    assert units.listing()
