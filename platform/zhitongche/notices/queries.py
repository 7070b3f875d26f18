"""What the operator (运维人员) sees and does about notices."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from zhitongche.flow.facts import Actor
from zhitongche.kernel import clock
from zhitongche.kernel.errors import Conflict, Forbidden, NotFound
from zhitongche.notices import words
from zhitongche.notices.codes import MESSAGE as CODE
from zhitongche.notices.tables import Notice
from zhitongche.persistence import db


def counts(*, since: datetime | None = None) -> dict[str, int]:
    """How many SMS are in each state, every state named; those made since a moment (UTC) if given."""
    query = select(Notice.state, func.count()).where(Notice.channel == "sms").group_by(Notice.state)
    if since is not None:
        query = query.where(Notice.created_at >= since)
    found = dict(db.session.execute(query).all())
    return {state: found.get(state, 0) for state in words.STATES}


def listing(
    *,
    state: str | None = None,
    channel: str = "sms",
    mobile: str = "",
    petition_id: UUID | None = None,
    before: UUID | None = None,
    limit: int = 50,
) -> list[Notice]:
    """Notices, the newest first; `mobile` may be a part of one; `before` is the last id of the page before."""
    query = select(Notice).where(Notice.channel == channel).order_by(Notice.id.desc()).limit(limit)
    if state:
        query = query.where(Notice.state == state)
    if mobile.strip():
        query = query.where(Notice.mobile.contains(mobile.strip(), autoescape=True))
    if petition_id:
        query = query.where(Notice.petition_id == petition_id)
    if before:
        query = query.where(Notice.id < before)
    return list(db.session.scalars(query))


def retry(notice_id: UUID, *, by: Actor) -> None:
    """Send again what failed, waits for its next try, or is uncertain: then somebody has found out.

    Raises Forbidden, NotFound, Conflict.
    """
    notice = _locked(notice_id, by)
    waiting = notice.state == "queued" and notice.tries > 0
    # The text of a code is gone, and so is its use.
    if notice.message == CODE or not (waiting or notice.state in {"failed", "uncertain"}):
        raise Conflict(words.NO_RETRY)
    notice.state, notice.due_at, notice.promised_for = "queued", clock.now(), clock.now()
    notice.alarmed_at = None
    db.session.flush()


def cancel(notice_id: UUID, *, by: Actor) -> None:
    """Do not send it any more; raises Forbidden, NotFound, Conflict."""
    notice = _locked(notice_id, by)
    if notice.state not in {"queued", "held", "failed", "uncertain"}:
        raise Conflict(words.NO_CANCEL)
    notice.state = "cancelled"
    db.session.flush()


def _locked(notice_id: UUID, by: Actor) -> Notice:
    if by.kind != "official" or not by.roles & {"operator", "admin"}:
        raise Forbidden
    notice = db.session.scalar(
        select(Notice).where(Notice.id == notice_id, Notice.channel == "sms").with_for_update()
    )
    if notice is None:
        raise NotFound
    return notice
