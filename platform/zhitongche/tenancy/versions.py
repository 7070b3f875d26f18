"""Versions of packs: kept when they come into force, found again for the petitions that began under them."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import select

from zhitongche.kernel.errors import ZhitongcheError
from zhitongche.persistence import current_tenant, db, tenant_scope, unit_of_work
from zhitongche.tenancy import current, words
from zhitongche.tenancy.pack import Pack
from zhitongche.tenancy.tables import PackVersion

if TYPE_CHECKING:
    from zhitongche.tenancy.packs import Registry

_kept: dict[tuple[str, str], Pack] = {}


def sync(registry: Registry) -> None:
    """Keep every pack's version; raises ZhitongcheError where content changed under a version in use."""
    for pack in registry.values():
        with tenant_scope(pack.code), unit_of_work():
            keep(pack)


def keep(pack: Pack) -> None:
    """Keep one pack's version in its tenant."""
    known = db.session.scalar(select(PackVersion).where(PackVersion.version == pack.version))
    if known is None:
        db.session.add(
            PackVersion(
                version=pack.version,
                digest=pack.digest,
                raw=dict(pack.raw),
                effective_from=pack.effective_from,
            )
        )
    elif known.digest != pack.digest:
        raise ZhitongcheError(words.CHANGED_UNDER_VERSION.format(code=pack.code, version=pack.version))


def pack_at(version: str) -> Pack:
    """The tenant's pack of that version; raises ZhitongcheError where it was never kept."""
    now = current.pack()
    if now.version == version:
        return now
    key = (current_tenant(), version)
    if key not in _kept:
        raw = db.session.scalar(select(PackVersion.raw).where(PackVersion.version == version))
        if raw is None:
            raise ZhitongcheError(words.NO_SUCH_VERSION.format(version=version))
        _kept[key] = Pack.from_raw(raw)
    return _kept[key]


def listing() -> list[tuple[str, date, datetime]]:
    """Every version that was ever in force: its name, from which day, since when it is kept (UTC); the newest first."""
    query = select(PackVersion.version, PackVersion.effective_from, PackVersion.stored_at).order_by(PackVersion.stored_at.desc())
    return [(version, since, stored) for version, since, stored in db.session.execute(query)]
