"""Keys 密钥: issued, shown once, revoked; a key is nobody outside its tenant."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final
from uuid import UUID

from sqlalchemy import select, update

from zhitongche.api import words
from zhitongche.api.tables import ApiKey
from zhitongche.identity import actors, people
from zhitongche.identity.apart import apart
from zhitongche.kernel import clock
from zhitongche.kernel.errors import Forbidden, Invalid, NotFound
from zhitongche.kernel.ids import new_id
from zhitongche.persistence import db

if TYPE_CHECKING:
    from zhitongche.flow.facts import Actor
    from zhitongche.identity.tables import Person

_FORM: Final = re.compile(r"zt_([0-9a-f]{32})_([A-Za-z0-9_-]{43})", re.ASCII)
_NOBODYS: Final = "0" * 64
_MINUTE: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Issued:
    """A new key and its text, which is shown once and kept nowhere."""

    key: ApiKey
    text: str


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose key a request bears, and as whom it acts."""

    key_id: UUID
    name: str
    kind: str
    actor: Actor


def issue(name: str, kind: str, person: Person, *, enterprise_id: UUID | None = None) -> Issued:
    """A new key that acts as the person. Raises Invalid; never commits."""
    if not name.strip():
        raise Invalid({"name": words.NAME_EMPTY}, words.NAME_EMPTY)
    if kind == "hotline" and "hotline" not in person.roles:
        message = words.NOT_HOTLINE.format(login=person.login or person.name)
        raise Invalid({"person": message}, message)
    secret, key_id = secrets.token_urlsafe(32), new_id()
    key = ApiKey(id=key_id, name=name.strip()[:60], kind=kind, key_hash=_hash(secret), person_id=person.id, enterprise_id=enterprise_id)
    db.session.add(key)
    db.session.flush()
    return Issued(key, f"zt_{key_id.hex}_{secret}")


def revoke(key_id: UUID) -> ApiKey:
    """From now on the key is nobody's; raises NotFound. Revoking again changes nothing."""
    key = db.session.scalar(select(ApiKey).where(ApiKey.id == key_id))
    if key is None:
        raise NotFound(words.NO_KEY.format(key=key_id))
    key.revoked_at = key.revoked_at or clock.now()
    return key


def listing() -> list[ApiKey]:
    """All keys of the tenant, the oldest first."""
    return list(db.session.scalars(select(ApiKey).order_by(ApiKey.id)))


def holder(text: str) -> Holder | None:
    """Who bears the key; None for a wrong, revoked or foreign one, and where its person may act no more."""
    form = _FORM.fullmatch(text)
    key = db.session.scalar(select(ApiKey).where(ApiKey.id == UUID(hex=form[1]))) if form else None
    # Compared also where there is none, so that the time tells nothing.
    right = hmac.compare_digest(_hash(form[2] if form else ""), key.key_hash if key else _NOBODYS)
    if key is None or not right or key.revoked_at is not None:
        return None
    try:
        actor = actors.actor_of(people.by_id(key.person_id), enterprise_id=key.enterprise_id)
    except Forbidden:
        return None
    _used(key)
    return Holder(key.id, key.name, key.kind, actor)


def _used(key: ApiKey) -> None:
    now = clock.now()
    if key.last_used_at is None or now - key.last_used_at >= _MINUTE:
        with apart() as session:
            session.execute(update(ApiKey).where(ApiKey.id == key.id).values(last_used_at=now), execution_options={"synchronize_session": False})


def _hash(secret: str) -> str:
    # 256 random bits cannot be guessed from a plain hash, unlike a password.
    return hashlib.sha256(secret.encode()).hexdigest()
