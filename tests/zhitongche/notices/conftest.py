from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tests.support.database import Database
from tests.zhitongche.identity import world
from tests.zhitongche.identity.conftest import tenant
from zhitongche.kernel.settings import Settings
from zhitongche.notices.providers import FileProvider
from zhitongche.persistence import TenantSession
from zhitongche.tenancy import current
from zhitongche.tenancy.pack import Pack
from zhitongche.tenancy.packs import Registry

__all__ = ["tenant"]

MESSAGES = {
    "assigned": "新交办诉求件{number}，请24小时内接收。{link}",
    "received": "您的诉求{number}已收到。{link}",
    "new_case": "收到新诉求件{number}。",
    "sms_code": "验证码{text}",
    "digest": "今日：{text}{link}",
}

Rows = Callable[..., list[dict[str, Any]]]


@pytest.fixture
def pack() -> Pack:
    return replace(world.pack(), messages=MESSAGES)


@pytest.fixture
def platform(bare_app: Flask, tenant: TenantSession, pack: Pack, tmp_path: Path) -> Flask:
    """The application with the tenant's pack and settings; digest at 8:30, quiet from 21:00 to 8:00."""
    bare_app.extensions[current.EXTENSION] = Registry([pack], {})
    bare_app.config.update(SETTINGS=Settings(), SMS_PROVIDER="file", DATA_DIR=str(tmp_path))
    bare_app.extensions.pop("zhitongche_sms", None)
    return bare_app


@pytest.fixture
def provider(tmp_path: Path) -> FileProvider:
    return FileProvider(tmp_path / "sms")


@pytest.fixture
def outgoing(tmp_path: Path) -> Callable[[], list[Path]]:
    """The files of messages that went out."""
    return lambda: sorted((tmp_path / "sms").glob("*.json"))


@pytest.fixture
def rows(tenant_db: Database) -> Rows:
    """What stands in the table, seen from outside any transaction of the test, by conditions on columns."""

    def look(**wanted: object) -> list[dict[str, Any]]:
        with tenant_db.superuser.connect() as connection:
            found = connection.exec_driver_sql("select * from notice order by created_at, id").mappings()
            return [dict(row) for row in found if all(row[key] == value for key, value in wanted.items())]

    return look
