"""What an enterprise has typed so far (草稿): kept at every step, resumed on any device, sent once."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from zhitongche.casework import access, uploads
from zhitongche.casework.intake import LABELS, clean_intake
from zhitongche.casework.register import register
from zhitongche.casework.tables import Attachment, Draft, Petition
from zhitongche.kernel import clock
from zhitongche.kernel.errors import Invalid, NotFound
from zhitongche.persistence import current_tenant, db
from zhitongche.tenancy import current

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from uuid import UUID

    from zhitongche.casework.uploads import Upload
    from zhitongche.flow.facts import Actor

FIELDS: Final = frozenset(LABELS) - {"files"}
"""What a draft keeps of a form; whatever else was sent is dropped."""
KEPT: Final = timedelta(days=90)
"""How long a draft is kept that nobody touches."""
MOST_CHARACTERS: Final = 20_000
MOST_DRAFTS: Final = 20
TOO_MANY_FILES: Final = "一件诉求最多上传{limit}个附件，请先删去不需要的"
TOO_MANY_DRAFTS: Final = "您已有{limit}份草稿，请先提交或删除不需要的草稿"
# PostgreSQL holds neither NUL nor halves of characters.
_UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")


def save(draft_id: UUID, actor: Actor, body: Mapping[str, str]) -> Draft:
    """Keep what was typed, right or wrong, over what the draft held; the first time it makes the draft.

    Raises NotFound where the draft is another person's, Invalid where the person has too many.
    """
    draft = find(draft_id, actor, lock=True)
    if draft is None:
        draft = _start(draft_id, actor)
    typed = {name: _UNKEEPABLE.sub("", text)[:MOST_CHARACTERS] for name, text in body.items() if name in FIELDS}
    draft.body = {**draft.body, **typed}
    draft.updated_at = clock.now()
    db.session.flush()
    return draft


def find(draft_id: UUID, actor: Actor, *, lock: bool = False) -> Draft | None:
    """The person's own draft; None where there is none of his."""
    query = select(Draft).where(Draft.id == draft_id, Draft.person_id == actor.person_id)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return db.session.scalar(query)


def own(draft_id: UUID, actor: Actor, *, lock: bool = False) -> Draft:
    """The person's own draft; NotFound for missing and another's alike."""
    draft = find(draft_id, actor, lock=lock)
    if draft is None:
        raise NotFound
    return draft


def listing(actor: Actor) -> list[Draft]:
    """The person's drafts for the enterprise now acted for, the last touched first."""
    mine = (Draft.person_id == actor.person_id) & (Draft.enterprise_id == actor.enterprise_id)
    return list(db.session.scalars(select(Draft).where(mine).order_by(Draft.updated_at.desc())))


def discard(draft_id: UUID, actor: Actor) -> list[UUID]:
    """Delete a draft with its files; NotFound. Answers what to `forget` once this is committed."""
    return _delete(own(draft_id, actor, lock=True))


def abandoned(limit: int = 200) -> list[UUID]:
    """Drafts that nobody has touched for so long that what they say is kept for no purpose."""
    query = select(Draft.id).where(Draft.updated_at < clock.now() - KEPT).order_by(Draft.updated_at)
    return list(db.session.scalars(query.limit(limit)))


def clear(draft_id: UUID) -> list[UUID]:
    """Delete an abandoned draft; touched meanwhile, it stays. Answers what to `forget` once this is committed."""
    query = select(Draft).where(Draft.id == draft_id, Draft.updated_at < clock.now() - KEPT).with_for_update()
    draft = db.session.scalar(query)
    return _delete(draft) if draft else []


def _delete(draft: Draft) -> list[UUID]:
    gone = files(draft.id)
    for row in gone:
        db.session.delete(row)
    db.session.delete(draft)
    db.session.flush()
    return [row.id for row in gone]


def files(draft_id: UUID) -> list[Attachment]:
    """The draft's files, in the order in which they came; whose draft it is has been asked before."""
    query = select(Attachment).where(Attachment.draft_id == draft_id)
    return list(db.session.scalars(query.order_by(Attachment.at, Attachment.id)))


def attach(draft_id: UUID, actor: Actor, sent: Iterable[Upload]) -> list[Attachment]:
    """Keep files with the draft; raises Invalid on `files` (too many, too big, empty, of no taken type), NotFound."""
    draft = own(draft_id, actor, lock=True)
    new = list(sent)
    if len(files(draft.id)) + len(new) > uploads.MAX_FILES:
        raise Invalid({"files": TOO_MANY_FILES.format(limit=uploads.MAX_FILES)})
    kept = uploads.keep(new, draft_id=draft.id, person_id=actor.person_id)
    draft.updated_at = clock.now()
    db.session.flush()
    return kept


def file(draft_id: UUID, attachment_id: UUID, actor: Actor) -> Attachment:
    """One file of the person's own draft; NotFound."""
    own(draft_id, actor)
    row = db.session.scalar(select(Attachment).where(Attachment.id == attachment_id, Attachment.draft_id == draft_id))
    if row is None:
        raise NotFound
    return row


def detach(draft_id: UUID, attachment_id: UUID, actor: Actor) -> list[UUID]:
    """Take a file off the draft; NotFound. Answers what to `forget` once this is committed."""
    own(draft_id, actor, lock=True)
    db.session.delete(file(draft_id, attachment_id, actor))
    db.session.flush()
    return [attachment_id]


def forget(attachment_ids: Iterable[UUID]) -> None:
    """Delete contents whose rows are gone; not within the transaction, which may still be rolled back."""
    for attachment_id in attachment_ids:
        uploads.path_of(attachment_id).unlink(missing_ok=True)


def send(draft_id: UUID, actor: Actor) -> Petition:
    """Make the petition (RP-2.2.a, ST-3.1.1); a second sending yields the same one. Never commits.

    Raises NotFound, Forbidden, Invalid with a message beside each field that does not do.
    """
    draft = find(draft_id, actor, lock=True)
    if draft is None:
        return sent(draft_id, actor)
    if draft.enterprise_id is None or draft.enterprise_id != actor.enterprise_id:
        raise NotFound
    intake = clean_intake(
        current.pack(), draft.body, enterprise_id=draft.enterprise_id, source="web", draft_id=draft.id
    )
    return register(intake, actor)


def sent(draft_id: UUID, actor: Actor) -> Petition:
    """The petition that the draft became; NotFound where there is none that the actor may read."""
    petition = db.session.scalar(select(Petition).where(Petition.id == draft_id, access.readable(actor)))
    if petition is None:
        raise NotFound
    return petition


def _start(draft_id: UUID, actor: Actor) -> Draft:
    if len(listing(actor)) >= MOST_DRAFTS:
        raise Invalid({"title": TOO_MANY_DRAFTS.format(limit=MOST_DRAFTS)})
    if db.session.scalar(select(Petition.id).where(Petition.id == draft_id)):
        raise NotFound
    row = insert(Draft).values(
        tenant_id=current_tenant(), id=draft_id, person_id=actor.person_id, enterprise_id=actor.enterprise_id,
        body={}, updated_at=clock.now(),
    )  # fmt: skip
    # A form sent twice at once starts one draft.
    db.session.execute(row.on_conflict_do_nothing(index_elements=["tenant_id", "id"]))
    return own(draft_id, actor, lock=True)
