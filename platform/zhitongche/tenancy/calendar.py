"""The tenant's calendar: the national arrangement, the pack's days over it, the administrator's over both."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from zhitongche.kernel import clock
from zhitongche.kernel.errors import NotFound
from zhitongche.kernel.working_days import Calendar
from zhitongche.persistence import current_tenant, db
from zhitongche.tenancy.tables import CalendarDay

if TYPE_CHECKING:
    from zhitongche.tenancy.pack import Pack

_MANY: Final = 256
_built: dict[tuple[str, str, object], Calendar] = {}
_OWN_DAYS: Final = select(CalendarDay.day, CalendarDay.working, CalendarDay.name)


def calendar_of(pack: Pack) -> Calendar:
    """The pack's calendar with the tenant's own days as they stand now; rebuilt only when these changed."""
    return with_days(pack, own_days())


def with_days(pack: Pack, own: Mapping[date, tuple[bool, str]]) -> Calendar:
    """The pack's calendar with these own days, whether or not they are in force."""
    # Keyed by the days themselves: a stamp of the newest change would outlive a change that is rolled back.
    key = (current_tenant(), pack.digest, tuple(sorted(own.items())))
    if key not in _built:
        if len(_built) > _MANY:
            _built.clear()
        _built[key] = bare(pack, own)
    return _built[key]


def bare(pack: Pack, own: Mapping[date, tuple[bool, str]] | None = None) -> Calendar:
    """The pack's calendar without a database: national arrangement and the pack's own days."""
    days = {day.date: (day.working, day.name) for day in pack.days} | dict(own or {})
    overrides = {day: working for day, (working, _) in days.items()}
    names = {day: name for day, (_, name) in days.items()}
    opens, closes = pack.office_hours
    return Calendar(overrides, opens=opens, closes=closes, names=names)


def own_days() -> dict[date, tuple[bool, str]]:
    """The days that the tenant's administrator has set: whether they work, and why."""
    return {day: (working, name) for day, working, name in db.session.execute(_OWN_DAYS)}


def listing() -> list[CalendarDay]:
    """The tenant's own days, the latest first."""
    return list(db.session.scalars(select(CalendarDay).order_by(CalendarDay.day.desc())))


def set_day(day: date, *, working: bool, name: str, by: UUID | None) -> None:
    """Set a day of the tenant's own; limits started before keep their end until they are recounted."""
    row = insert(CalendarDay).values(
        tenant_id=current_tenant(), day=day, working=working, name=name, set_by=by, set_at=clock.now()
    )
    changed = {key: row.excluded[key] for key in ("working", "name", "set_by", "set_at")}
    db.session.execute(row.on_conflict_do_update(index_elements=["tenant_id", "day"], set_=changed))


def unset_day(day: date) -> None:
    """Take back a day of the tenant's own; raises NotFound where there is none."""
    row = db.session.scalar(select(CalendarDay).where(CalendarDay.day == day))
    if row is None:
        raise NotFound
    db.session.delete(row)
    db.session.flush()
