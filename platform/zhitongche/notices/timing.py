"""When a message goes out: at once, after the quiet hours (免打扰), or with the digest (每日汇总)."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from zhitongche.identity.people import Recipient
from zhitongche.kernel import clock
from zhitongche.tenancy.pack import Pack


@dataclass(frozen=True, slots=True)
class Plan:
    """When it is due (UTC), whether it is held till then, and whether it waits to be merged."""

    due_at: datetime
    held: bool = False
    digest: bool = False


def plan(pack: Pack, recipient: Recipient, *, urgent: bool) -> Plan:
    """When the recipient gets an SMS made now.

    Urgent ones go at once, but an enterprise owes nobody an answer at night.
    A unit's contact on file is never made to wait for a digest (RP-2.3.n).
    """
    now = clock.now()
    if urgent and recipient.kind != "enterprise":
        return Plan(now)
    if recipient.digest:
        return Plan(after_quiet(pack, next_digest(pack, now)), held=True, digest=True)
    due = after_quiet(pack, now)
    return Plan(due, held=due > now)


def next_digest(pack: Pack, moment: datetime) -> datetime:
    """The next time of the digest after the moment (both UTC)."""
    today = clock.local_date(moment)
    first = clock.on(today, pack.digest_at)
    return first if first > moment else clock.on(today + timedelta(days=1), pack.digest_at)


def after_quiet(pack: Pack, moment: datetime) -> datetime:
    """The moment itself, or the end of the quiet hours that it falls in (both UTC)."""
    starts, ends = pack.quiet
    here = clock.local(moment)
    if not _within(here.time(), starts, ends):
        return moment
    day = here.date() if here.time() < ends else here.date() + timedelta(days=1)
    return clock.on(day, ends)


def _within(hour: time, starts: time, ends: time) -> bool:
    if starts <= ends:
        return starts <= hour < ends
    return hour >= starts or hour < ends
