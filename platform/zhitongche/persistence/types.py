"""Column types: moments that cannot lose their time zone, and JSON."""

from datetime import UTC, datetime

from sqlalchemy import DateTime, Dialect
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeDecorator
from typing_extensions import override

from zhitongche.kernel import clock

# None becomes SQL NULL, not JSON's null, so that IS NULL and NOT NULL mean what they say.
Json = JSONB(none_as_null=True)


class UtcDateTime(TypeDecorator[datetime]):
    """A moment: `timestamptz`, aware in and UTC out; a naive one is refused with ValueError."""

    impl = DateTime(timezone=True)
    cache_ok = True

    @override
    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else clock.utc(value)

    @override
    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        # The server answers in its session's zone, whatever that is.
        return None if value is None else value.astimezone(UTC)
