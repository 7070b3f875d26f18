"""A person's notices on the site (站内信)."""

import re
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, bindparam, func, select, update

from zhitongche.kernel import clock
from zhitongche.notices.tables import Notice
from zhitongche.persistence import db

# Kept, since every page asks.
_UNREAD: Final = select(func.count()).select_from(Notice).where(
    Notice.channel == "site", Notice.person_id == bindparam("person_id"), Notice.read_at.is_(None)
)


_LINK: Final = re.compile(r"[^，。；]{0,12}[：:]?\s*https?://\S+\s*$")


def told(text: str) -> str:
    """The message without the address at its end, which a telephone needs and a page has as a link of its own."""
    return _LINK.sub("", text).strip() or text


def unread_count(person_id: UUID) -> int:
    """How many the person has not read."""
    return db.session.scalar(_UNREAD, {"person_id": person_id}) or 0


def unread(person_id: UUID, limit: int = 20) -> list[Notice]:
    """Those not read yet, the newest first."""
    query = select(Notice).where(_of(person_id), _unread())
    return list(db.session.scalars(query.order_by(Notice.id.desc()).limit(limit)))


def listing(person_id: UUID, *, before: UUID | None = None, limit: int = 50) -> list[Notice]:
    """All, the newest first; `before` is the last id of the page before."""
    query = select(Notice).where(_of(person_id)).order_by(Notice.id.desc()).limit(limit)
    return list(db.session.scalars(query.where(Notice.id < before) if before else query))


def mark_read(person_id: UUID, *, notice_id: UUID | None = None, petition_id: UUID | None = None, paper_id: UUID | None = None) -> int:
    """Mark as read one notice, those of a petition or a paper, or all; only the person's own. Tells how many."""
    change = update(Notice).where(_of(person_id), _unread()).values(read_at=clock.now()).returning(Notice.id)
    if notice_id:
        change = change.where(Notice.id == notice_id)
    if petition_id:
        change = change.where(Notice.petition_id == petition_id)
    if paper_id:
        change = change.where(Notice.paper_id == paper_id)
    return len(db.session.execute(change).all())


def _of(person_id: UUID) -> ColumnElement[bool]:
    return (Notice.channel == "site") & (Notice.person_id == person_id)


def _unread() -> ColumnElement[bool]:
    return Notice.read_at.is_(None)
