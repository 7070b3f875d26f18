import re
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from tests.zhitongche.identity import world
from tests.zhitongche.notices.conftest import Rows
from zhitongche import outbox
from zhitongche.identity import sms_codes
from zhitongche.identity.enterprises import EnterpriseForm, enrol
from zhitongche.kernel.clock import Simulated
from zhitongche.kernel.errors import Invalid
from zhitongche.notices import deliver, request_code, words
from zhitongche.notices.providers import FileProvider
from zhitongche.notices.providers.failing import FailingProvider
from zhitongche.persistence import db, unit_of_work

MOBILE = "13800001234"
SOON = timedelta(minutes=5)


def ask(purpose: str, mobile: str = MOBILE) -> None:
    with unit_of_work():
        request_code(mobile, purpose)


def test_a_code_reaches_the_mobile_and_opens_the_door(
    platform: Flask, rows: Rows, provider: FileProvider, tmp_path: Path
) -> None:
    ask("register", "138 0000 1234")
    assert deliver(SOON, provider) == (1, 0)
    (file,) = (tmp_path / "sms").glob("*.json")
    code = re.search(r"验证码(\d{6})", file.read_text())[1]
    with unit_of_work():
        assert sms_codes.redeem(MOBILE, "register", code)


def test_codes_are_sent_in_the_quiet_hours_too(platform: Flask, rows: Rows, clock: Simulated) -> None:
    clock.set(clock.now().replace(hour=18))  # two in the morning in China
    ask("register")
    (row,) = rows()
    assert (row["state"], row["due_at"], row["urgent"]) == ("queued", clock.now(), True)


def test_asking_tells_nothing_about_an_account(platform: Flask, rows: Rows, clock: Simulated) -> None:
    enrol(EnterpriseForm(world.CREDIT, world.FIRM, "陈静", MOBILE))
    db.session.commit()
    for purpose in ("sign_in", "reset"):
        clock.advance(timedelta(minutes=1))
        ask(purpose, "13800009999")
    with pytest.raises(Invalid):  # limited like a known one
        ask("sign_in", "13800009999")
    assert rows() == []
    ask("sign_in")
    assert [row["mobile"] for row in rows()] == [MOBILE]


def test_a_code_that_comes_too_late_is_not_sent_and_never_kept_in_clear(
    platform: Flask, rows: Rows, clock: Simulated, provider: FileProvider
) -> None:
    ask("register")
    deliver(SOON, FailingProvider())
    clock.advance(timedelta(minutes=5))
    assert deliver(SOON, provider) == (0, 1)
    (row,) = rows()
    assert (row["state"], row["text"], row["last_error"]) == ("cancelled", words.CODE_BLANKED, words.EXPIRED)


def test_a_code_once_sent_is_not_kept_in_clear(platform: Flask, rows: Rows, provider: FileProvider) -> None:
    ask("register")
    deliver(SOON, provider)
    (row,) = rows()
    assert (row["state"], row["text"]) == ("sent", words.CODE_BLANKED)


def test_the_worker_is_woken_for_a_code(platform: Flask) -> None:
    woken: list[str] = []
    outbox.wake_with(platform, woken.append)
    try:
        ask("register")
    finally:
        outbox.wake_with(platform, lambda _: None)
    assert woken == ["alpha"]
