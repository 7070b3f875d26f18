"""`statistics`: what it says of a tenant, and what it returns."""

import pytest
from sqlalchemy import text

from tests.support.database import Database
from tests.support.stage import Play
from tests.zhitongche.statistics import counted
from tests.zhitongche.statistics.conftest import counting_app, raoping  # noqa: F401 - fixtures
from zhitongche.cli import statistics
from zhitongche.persistence import db


def test_what_agrees_is_said_in_a_line_and_what_does_not_is_told_one_by_one(
    raoping: Play, tenant_db: Database, capsys: pytest.CaptureFixture[str]  # noqa: F811
) -> None:
    raoping.hand_in()
    counted.fold()
    db.session.rollback()
    assert statistics._verify("饶平县") == 0
    assert "✓ 饶平县：口径第1版，1 件" in capsys.readouterr().out
    with tenant_db.superuser.begin() as connection:
        connection.execute(text("delete from figure_fact where kind = 'received'"))
    assert statistics._verify("饶平县") == 1
    said = capsys.readouterr().out
    assert raoping.petition.number in said
    assert "办理记录重算有而计数事实没有：received" in said
    db.session.rollback()
    assert statistics._rebuild("饶平县") == 0
    assert statistics._verify("饶平县") == 0
    db.session.rollback()
    statistics._status("饶平县")
    assert "第2版 现行：已计 1 件" in capsys.readouterr().out
