from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import text

from tests.support import threads
from tests.support.database import Database
from zhitongche.identity import rates, sms_codes, words
from zhitongche.kernel.clock import Simulated
from zhitongche.kernel.errors import Invalid
from zhitongche.persistence import TenantSession, unit_of_work

MOBILE = "13800001234"


def issue() -> str:
    with unit_of_work():
        return sms_codes.issue(MOBILE, "register")


def redeem(code: str, purpose: str = "register", mobile: str = MOBILE) -> bool:
    with unit_of_work():
        return sms_codes.redeem(mobile, purpose, code)


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06}"


def test_a_code_is_good_once_for_its_mobile_and_purpose(tenant: TenantSession) -> None:
    code = issue()
    assert len(code) == 6
    assert not redeem(code, purpose="sign_in")
    assert not redeem(code, mobile="13800005678")
    assert redeem(f" {code} ")
    assert not redeem(code)


def test_a_code_is_kept_as_a_hash_only(tenant: TenantSession, tenant_db: Database) -> None:
    code = issue()
    with tenant_db.superuser.connect() as connection:
        (row,) = connection.execute(text("select * from sms_code")).mappings()
    assert code not in str(dict(row))


def test_a_code_lives_five_minutes(tenant: TenantSession, clock: Simulated) -> None:
    code = issue()
    clock.advance(timedelta(minutes=5))
    assert not redeem(code)


def test_after_five_wrong_tries_the_right_code_is_worth_nothing(tenant: TenantSession) -> None:
    code = issue()
    for _ in range(5):
        # The request fails and is rolled back; the try still counts.
        with pytest.raises(Invalid), unit_of_work():
            sms_codes.require(MOBILE, "register", wrong(code))
    assert not redeem(code)


def test_four_wrong_tries_do_no_harm(tenant: TenantSession) -> None:
    code = issue()
    assert not any(redeem(wrong(code)) for _ in range(4))
    assert redeem(code)


def test_a_new_code_replaces_the_old_one(tenant: TenantSession, clock: Simulated) -> None:
    first = issue()
    clock.advance(timedelta(minutes=1))
    second = issue()
    assert first == second or not redeem(first)
    assert redeem(second)


def test_a_mobile_gets_one_code_a_minute_and_ten_a_day(tenant: TenantSession, clock: Simulated) -> None:
    for _ in range(10):
        issue()
        with pytest.raises(Invalid) as refused:
            issue()
        assert refused.value.errors == {"mobile": words.CODE_TOO_SOON.format(minutes=1)}
        clock.advance(timedelta(minutes=2))
    with pytest.raises(Invalid) as refused:
        issue()
    assert refused.value.errors == {"mobile": words.CODE_TOO_SOON.format(minutes=1440)}


def test_a_code_used_by_several_at_once_lets_one_in(
    tenant: TenantSession, bare_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, all_have_tried, try_ = issue(), Barrier(4), sms_codes._try

    def tried_together(mobile: str, purpose: str) -> object:
        candidate = try_(mobile, purpose)
        all_have_tried.wait(120)
        return candidate

    monkeypatch.setattr(sms_codes, "_try", tried_together)
    with ThreadPoolExecutor(4) as pool:
        attempts = [threads.start(pool, bare_app, "alpha", lambda: redeem(code)) for _ in range(4)]
    assert sorted(attempt.result() for attempt in attempts) == [False, False, False, True]


def test_counting_is_shared_and_exact_among_threads(tenant: TenantSession, bare_app: Flask) -> None:
    rate = rates.Rate("test", 5, timedelta(hours=1))
    with ThreadPoolExecutor(8) as pool:
        attempts = [threads.start(pool, bare_app, "alpha", lambda: rates.allow(rate, "k")) for _ in range(20)]
    assert sum(attempt.result() for attempt in attempts) == 5


def test_counters_hold_no_number_and_old_ones_are_forgotten(
    tenant: TenantSession, tenant_db: Database, clock: Simulated
) -> None:
    issue()
    look = text("select count(*), coalesce(sum(position(:mobile in key)), 0) from rate_counter")
    with tenant_db.superuser.connect() as connection:
        assert tuple(connection.execute(look, {"mobile": MOBILE}).one()) == (2, 0)
    clock.advance(timedelta(days=4))
    with unit_of_work():
        rates.forget_old()
        sms_codes.forget_old()
    with tenant_db.superuser.connect() as connection:
        assert connection.scalar(text("select count(*) from rate_counter")) == 0
        assert connection.scalar(text("select count(*) from sms_code")) == 0
