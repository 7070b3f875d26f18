"""Changing keys: announced in the list first, taken into use when every peer knows it, the old one let in for a day more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from escalation.carriage import home, trusted
from escalation.carriage.keyring import DEPLOYMENT, Keyring
from escalation.carriage.pens import GRACE
from zhitongche.kernel import clock
from zhitongche.tenancy import current

if TYPE_CHECKING:
    from escalation.wire.keys import PrivateKey

BEFORE_ITS_END: Final = 30
"""Days before a key's end at which the next one is announced by itself."""


def announce(name: str) -> PrivateKey:
    """Make and announce the next key of a tenant (its code) or of the deployment (`keyring.DEPLOYMENT`)."""
    key = Keyring(home.folder()).announce(name)
    trusted.refresh()
    return key


def turn() -> list[str]:
    """Announce what ends soon, take into use what every peer knows; the names whose key has changed."""
    ring, now, changed = Keyring(home.folder()), clock.now(), list[str]()
    for name in (DEPLOYMENT, *current.registry()):
        listed = {key.keyid: key for key in trusted.keys_of(name)}
        coming, present = ring.next(name), listed.get(ring.active(name).keyid)
        if coming is not None and coming.keyid in listed and listed[coming.keyid].from_ + GRACE <= now:
            ring.change(name)
            changed.append(name)
        elif coming is None and present is not None and (present.until - now).days < BEFORE_ITS_END:
            ring.announce(name)
    return changed

