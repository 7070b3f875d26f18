from dataclasses import replace
from pathlib import Path

import pytest

from zhitongche.deployment.announce import announce
from zhitongche.kernel.settings import Settings


def _told(capsys: pytest.CaptureFixture[str], **changed: object) -> str:
    announce(replace(Settings.from_env({}), **changed), demo=True)  # type: ignore[arg-type]
    return capsys.readouterr().out


def test_who_registers_is_told_where_the_code_of_a_message_that_is_not_sent_can_be_read(capsys):
    assert "验证码）显示在本窗口" in _told(capsys, sms="console")
    assert "/data/sms" in _told(capsys, sms="file", data_dir=Path("/data"))


def test_nothing_is_said_of_messages_that_a_carrier_delivers(capsys):
    assert "短信" not in _told(capsys, sms="carrier")


def test_every_unit_has_an_account_to_try_and_the_reader_learns_its_name(capsys):
    assert "账号是单位代码" in _told(capsys)
