"""Right after the first start there is somebody to sign in as, and something to see; the second start adds nothing."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.support import database as databases
from tests.support.database import Database
from tests.zhitongche.simulation.conftest import app_on
from zhitongche.casework.tables import Clock, Petition
from zhitongche.identity import enterprises, passwords, people, sign_in
from zhitongche.identity.tables import LegalEntity, Person
from zhitongche.kernel import clock as kernel_clock
from zhitongche.kernel.errors import Invalid
from zhitongche.kernel.settings import Settings
from zhitongche.persistence import db, tenant_scope, unit_of_work
from zhitongche.simulation import accounts, demo
from zhitongche.tenancy import current

NOW = datetime(2026, 3, 6, 2, tzinfo=UTC)


def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Enough to see that each tenant gets its share."""
    monkeypatch.setattr(demo, "PETITIONS", 2)
    monkeypatch.setattr(demo, "PETITIONS_ABOVE", 2)
    monkeypatch.setattr(demo, "DAYS", 6)
    monkeypatch.setattr(demo, "NEW_SHARE", 1)


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch, clock: kernel_clock.Simulated) -> None:
    """Few petitions, on a day that has working days before it: the real one may end a week of holidays."""
    few(monkeypatch)


@pytest.fixture(scope="module")
def loaded_once(server: str, folder: Path) -> Flask:
    """In a database of its own, so that what was loaded once serves many tests."""
    app = app_on(databases.build(server, "zhitongche_demo"), folder)
    with pytest.MonkeyPatch.context() as patched, kernel_clock.at(NOW):
        few(patched)
        demo.load(app, say=lambda _line: None, together=False)
    return app


@pytest.fixture
def loaded(loaded_once: Flask) -> Iterator[Flask]:
    """The same, a moment after the start."""
    with kernel_clock.at(NOW):
        yield loaded_once


def counts(app: Flask) -> dict[str, tuple[int, int]]:
    """People and petitions of each tenant."""
    found = {}
    for code in ("raoping", "shantou", "chaozhou", "guangdong"):
        with app.app_context(), tenant_scope(code):
            found[code] = tuple(db.session.scalar(select(func.count()).select_from(table)) for table in (Person, Petition))
    return found


def test_every_tenant_that_takes_petitions_has_people_and_petitions_and_a_second_load_adds_nothing(loaded: Flask, small: None) -> None:
    before = counts(loaded)
    assert all(before[code][1] == 4 for code in ("raoping", "shantou", "chaozhou"))
    assert before["guangdong"] == (3, 0)
    demo.load(loaded, say=lambda _line: None, together=False)
    assert counts(loaded) == before


def test_a_visitor_finds_work_in_the_inbox_of_those_who_sort(loaded: Flask) -> None:
    for code in ("raoping", "shantou"):
        with loaded.app_context(), tenant_scope(code):
            owing = select(func.count()).select_from(Clock).where(Clock.met_at.is_(None), Clock.lapsed_at.is_(None))
            assert db.session.scalar(owing.where(Clock.owes.in_(["triage", "reviewer"]))), code


def test_every_account_that_is_printed_can_sign_in_and_has_the_role_it_is_printed_with(loaded: Flask) -> None:
    printed = accounts.accounts(loaded.config["SETTINGS"])
    # All share one hash per tenant; checking it once saves seconds.
    verify = cache(passwords.verify)
    with loaded.app_context():
        names = {pack.name: pack.code for pack in current.registry().values()}
        for account in printed:
            with tenant_scope(names[account.tenant]):
                assert _signs_in(account, verify), account
        one = next(account for account in printed if account.role == "受理专员")
        with tenant_scope(names[one.tenant]), unit_of_work():
            assert sign_in.official(one.login, one.password).roles == ["triage"]


def _signs_in(account: accounts.Account, verify: Callable[[str, str], bool]) -> bool:
    if account.role == accounts.ENTERPRISE:
        person = people.by_mobile(account.login)
        return bool(enterprises.of_person(person.id)) and verify(person.password_hash, account.password)
    person = people.by_login(account.login)
    return verify(person.password_hash, account.password) and "/desk/" in account.address


def test_an_account_is_printed_for_every_role_that_a_flow_needs() -> None:
    roles = {account.role for account in accounts.accounts(Settings())}
    assert {"受理专员", "分管领导", "督查专员", "登记核验员", "窗口人员", "12345话务员", "系统管理员", "企业"} <= roles
    assert any("承办经办人" in role for role in roles)


def test_the_password_keeps_the_rules() -> None:
    passwords.check_rules(accounts.PASSWORD, personal=accounts.MOBILES)


def test_the_register_holds_the_packs_rows_and_those_of_the_enterprises(loaded: Flask) -> None:
    with loaded.app_context(), tenant_scope("raoping"):
        file = current.registry().folder("raoping") / "register.csv"
        own = len(file.read_text(encoding="utf-8").splitlines()) - 1
        assert db.session.scalar(select(func.count()).select_from(LegalEntity)) > own
        person = people.by_mobile(accounts.MOBILES[0])
        assert enterprises.of_person(person.id)[0].match == "matched"


def test_petitions_without_people_of_ours_are_left_alone(empty_app: Flask, small: None, tenant_db: Database) -> None:
    with empty_app.app_context(), tenant_scope("raoping"), unit_of_work():
        db.session.add(Person(kind="official", login="own", name="自有", roles=["admin"]))
    demo.load(empty_app, say=lambda _line: None, together=False)
    assert counts(empty_app)["raoping"] == (1, 0)


def test_what_was_broken_off_before_the_petitions_is_made_up_for(
    empty_app: Flask, small: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken_off:
        broken_off.setattr(demo, "simulate", lambda *_args, **_known: None)
        demo.load(empty_app, say=lambda _line: None, together=False)
    assert counts(empty_app)["shantou"][1] == 0
    demo.load(empty_app, say=lambda _line: None, together=False)
    assert counts(empty_app)["shantou"][1] == 4


def test_it_is_refused_in_production(empty_app: Flask) -> None:
    empty_app.config["SETTINGS"] = replace(empty_app.config["SETTINGS"], environment="production")
    with pytest.raises(Invalid, match="正式环境"):
        demo.load(empty_app)
