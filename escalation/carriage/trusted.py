"""The trust list in force on this installation: its file, its anchor, and who issues it where nobody else does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import current_app

from escalation.carriage import home, issuing, keyring
from escalation.carriage.keyring import Keyring
from escalation.wire import keys, trust
from escalation.wire.reasons import Rejected
from zhitongche.kernel import clock, files
from zhitongche.tenancy import current

if TYPE_CHECKING:
    from pathlib import Path

    from escalation.wire.keys import PrivateKey
    from escalation.wire.listing import Key, TrustList
    from zhitongche.kernel.settings import Settings

LIST: Final = "trust.json"
ANCHOR: Final = "anchor"
"""The fingerprint that was handed over on paper; without it this installation is its own anchor."""
_REVOKED: Final = "revoked"
_kept: dict[Path, tuple[tuple[int, int], TrustList]] = {}


def in_force() -> TrustList:
    """The list, whether or not it has expired; issued by ourselves where nothing was ever imported. Raises Rejected."""
    file = home.folder() / LIST
    if not file.exists():
        refresh()
    stamp = file.stat()
    mark = (stamp.st_mtime_ns, stamp.st_size)
    found = _kept.get(file)
    if found is None or found[0] != mark:
        found = _kept[file] = (mark, trust.verify(file.read_bytes(), fingerprint()))
    return found[1]


def name_of(tenant: str) -> str:
    """What a tenant (its code) is called; its code where the list does not know it. Raises Rejected."""
    known = in_force().tenants.get(tenant)
    return known.name if known else tenant


def above(tenant: str) -> str | None:
    """The tenant above; None where there is none, or the list does not know it. Raises Rejected."""
    known = in_force().tenants.get(tenant)
    return known.parent if known else None


def keys_of(name: str) -> tuple[Key, ...]:
    """The listed keys of a tenant (its code), or of this deployment (`keyring.DEPLOYMENT`). Raises Rejected."""
    listed = in_force()
    if name != keyring.DEPLOYMENT:
        tenant = listed.tenants.get(name)
        return tenant.keys if tenant else ()
    settings: Settings = current_app.config["SETTINGS"]
    own = listed.deployments.get(settings.deployment)
    return own.keys if own else ()


def is_own_anchor() -> bool:
    """Whether this installation issues its list itself: nobody has given it another's anchor."""
    return not (home.folder() / ANCHOR).exists()


def fingerprint() -> str:
    """The fingerprint of the anchor that this installation goes by."""
    file = home.folder() / ANCHOR
    return file.read_text().strip() if file.exists() else keys.fingerprint(_anchor().public)


def refresh() -> bool:
    """Issue the list anew where we are the anchor; whether there is a new one. Another's list is imported, not made."""
    if not is_own_anchor():
        return False
    settings: Settings = current_app.config["SETTINGS"]
    file = home.folder() / LIST
    member = issuing.Member(settings.deployment, _address(settings), Keyring(home.folder()), tuple(current.registry().values()))
    files.replace(file, issuing.reissued(file, [member], _anchor(), clock.now(), revoked()))
    return True


def take(signed: bytes, anchor: str | None = None) -> TrustList:
    """Put an issued list in force; `anchor`: the fingerprint on paper, to be given once. Raises Rejected.

    The first list of an anchor takes the place of one's own whatever its serial.
    """
    new = trust.verify(signed, anchor or fingerprint())
    new.require_current(clock.now())
    file = home.folder() / LIST
    same_anchor = file.exists() and (anchor is None or trust.is_same(anchor, fingerprint()))
    if same_anchor and not trust.supersedes(new, in_force()):
        return new
    if anchor is not None:
        files.replace(home.folder() / ANCHOR, anchor.encode())
    files.replace(file, signed)
    return new


def revoke(keyid: str) -> None:
    """Revoke a key in the next list that we issue, which is at once. Raises Rejected where another is the anchor."""
    if not is_own_anchor():
        raise Rejected("trust_anchor")
    with (home.folder() / _REVOKED).open("a") as stream:
        stream.write(f"{keyid}\n")
    refresh()


def revoked() -> frozenset[str]:
    """The keys that we revoked."""
    file = home.folder() / _REVOKED
    return frozenset(file.read_text().split()) if file.exists() else frozenset()


def _anchor() -> PrivateKey:
    return Keyring(home.folder()).active(keyring.ANCHOR)


def _address(settings: Settings) -> str:
    return settings.portal(settings.base_domain)

