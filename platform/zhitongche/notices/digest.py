"""The digest (每日汇总): what an official need not know at once, in one SMS a day."""

from collections import defaultdict
from uuid import UUID

from sqlalchemy import Select, select, update

from zhitongche.kernel import clock
from zhitongche.kernel.ids import new_id
from zhitongche.notices import links, overrides, texts, timing, words
from zhitongche.notices.tables import Notice
from zhitongche.persistence import db
from zhitongche.tenancy.pack import Pack

MESSAGE = "digest"
# An SMS is charged and cut by 67 characters; nobody reads more than three of them.
_LONGEST = 180


def merge(pack: Pack) -> int:
    """Make one SMS for each mobile out of those whose digest is due; tells how many. The caller commits.

    At most one a day: what comes late, or by a second worker, waits for the next day's.
    """
    due = defaultdict(list)
    for notice in db.session.scalars(_due()):
        due[notice.recipient].append(notice)
    done = _digested_today(list(due))
    for recipient, notices in due.items():
        if recipient in done:
            _postpone(pack, notices)
        else:
            _merge(pack, notices)
    return len(due.keys() - done)


def _due() -> Select[Notice]:
    # Locked without skipping: a second worker waits, and then finds them merged.
    return (
        select(Notice)
        .where(Notice.state == "held", Notice.digest, Notice.due_at <= clock.now())
        .order_by(Notice.created_at, Notice.id)
        .with_for_update()
    )


def _key() -> str:
    return f"digest:{clock.today()}"


def _digested_today(recipients: list[str]) -> set[str]:
    query = select(Notice.recipient).where(Notice.key == _key(), Notice.recipient.in_(recipients))
    return set(db.session.scalars(query))


def _merge(pack: Pack, notices: list[Notice]) -> None:
    first, now = notices[0], clock.now()
    digest = Notice(
        id=new_id(),
        key=_key(),
        recipient=first.recipient,
        channel="sms",
        person_id=first.person_id,
        unit_id=first.unit_id,
        name=first.name,
        mobile=first.mobile,
        message=MESSAGE,
        text=_text(pack, [notice.text for notice in notices]),
        state="queued",
        promised_for=now,
        due_at=now,
    )
    db.session.add(digest)
    db.session.flush()
    _set(notices, state="merged", merged_into=digest.id)


def _postpone(pack: Pack, notices: list[Notice]) -> None:
    _set(notices, due_at=timing.after_quiet(pack, timing.next_digest(pack, clock.now())))


def _set(notices: list[Notice], **values: object) -> None:
    ids: list[UUID] = [notice.id for notice in notices]
    db.session.execute(update(Notice).where(Notice.id.in_(ids)).values(**values))


def _text(pack: Pack, items: list[str]) -> str:
    if len(items) == 1:
        return items[0]
    listed: list[str] = []
    for number, item in enumerate(items, start=1):
        line = words.DIGEST_ITEM.format(number=number, text=item)
        if listed and len("".join(listed)) + len(line) > _LONGEST:
            listed.append(words.DIGEST_MORE.format(count=len(items) - number + 1))
            break
        listed.append(line)
    template = overrides.in_force().get(MESSAGE) or pack.messages.get(MESSAGE, words.DIGEST)
    return texts.render(
        template, {"portal": pack.portal_name, "text": "".join(listed), "link": links.to("official")}
    )
