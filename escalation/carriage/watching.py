"""The watchdog: what nobody answers for, and what will soon not work, is told to a person, each once a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from escalation.carriage import home, trusted, words
from escalation.carriage.keyring import Keyring
from escalation.ledger import watching as books
from escalation.wire.reasons import Rejected
from zhitongche.casework import escalations
from zhitongche.kernel import clock
from zhitongche.notices import alarms
from zhitongche.persistence import current_tenant

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

PATIENCE: Final = timedelta(hours=24)
LIST_SOON: Final = timedelta(hours=6)
KEY_SOON: Final = timedelta(days=14)
_SHOWN: Final = 5


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something that a person must look at; `kind` is stable, `text` Chinese."""

    kind: str
    text: str


def alarms_now() -> list[Alarm]:
    """All that is wrong for the tenant in scope at this moment."""
    return [*_late(), *_held(), *_ending(), *_ownerless()]


def raise_alarms() -> None:
    """Tell operator and administrator, each kind once a day as long as it lasts; the caller commits."""
    for alarm in alarms_now():
        alarms.tell_keepers(f"bridge:{alarm.kind}:{clock.today()}", alarm.text)


def _late() -> Iterator[Alarm]:
    late = books.unreceipted(clock.now() - PATIENCE)
    if late.count:
        yield Alarm("unreceipted", words.UNRECEIPTED.format(count=late.count, peer=_name(late.peer)))


def _held() -> Iterator[Alarm]:
    count = books.standing_still()
    if count:
        yield Alarm("held", words.HELD.format(count=count))


def _ending() -> Iterator[Alarm]:
    now = clock.now()
    try:
        trust = trusted.in_force()
    except Rejected as error:
        yield Alarm("trust", words.TRUST_BAD.format(why=error.message))
        return
    if trust.expires_at - now < LIST_SOON:
        yield Alarm("trust", words.TRUST_ENDS.format(until=_when(trust.expires_at)))
    ring = Keyring(home.folder())
    present = ring.active(current_tenant()).keyid
    for key in trusted.keys_of(current_tenant()):
        if key.keyid == present and key.until - now < KEY_SOON and ring.next(current_tenant()) is None:
            yield Alarm("key", words.KEY_ENDS.format(until=_when(key.until)))


def _ownerless() -> Iterator[Alarm]:
    found = escalations.ownerless()
    if found:
        yield Alarm("ownerless", words.OWNERLESS.format(count=len(found), ids="、".join(escalations.numbers(found[:_SHOWN]).values())))


def _name(tenant: str) -> str:
    try:
        return trusted.name_of(tenant)
    except Rejected:
        return tenant


def _when(at: datetime) -> str:
    return f"{clock.local(at):%Y-%m-%d %H:%M}"
