from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import bindparam, literal, select, text
from sqlalchemy.exc import StatementError

from zhitongche.kernel import clock
from zhitongche.persistence import Json, TenantSession, UtcDateTime


def test_a_moment_without_a_time_zone_is_refused(session: TenantSession) -> None:
    naive = datetime(2026, 3, 6, 10)  # noqa: DTZ001
    with pytest.raises(StatementError, match="without a time zone"):
        session.execute(select(literal(naive, UtcDateTime)))


def test_a_moment_comes_back_in_utc_whatever_the_zone_of_the_server(session: TenantSession) -> None:
    moment = datetime(2026, 3, 6, 10, 0, 0, 123456, tzinfo=timezone(timedelta(hours=8)))
    for zone in ("Asia/Shanghai", "America/New_York"):
        session.execute(text(f"set local time zone '{zone}'"))
        found = session.execute(select(literal(moment, UtcDateTime))).scalar_one()
        assert found == moment
        assert found.tzinfo is UTC
    assert clock.local(found).hour == 10


def test_json_without_a_value_is_null(session: TenantSession) -> None:
    query = select(bindparam("value", None, type_=Json).is_(None))
    assert session.execute(query).scalar_one() is True
