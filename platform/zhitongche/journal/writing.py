"""Writing the journal."""

from typing import Any, cast
from uuid import UUID

from sqlalchemy import Table, bindparam, select, update
from sqlalchemy.dialects.postgresql import insert

from zhitongche.journal import following, sealing
from zhitongche.journal.actor import Actor
from zhitongche.journal.chain import FIELDS, GENESIS, Header, header_bytes, link
from zhitongche.journal.entry import Entry
from zhitongche.journal.tables import DossierKey, JournalEntry
from zhitongche.kernel import clock, ids
from zhitongche.kernel.errors import Conflict
from zhitongche.persistence import current_tenant, db

# The tables themselves: every act of every case passes here, and the ORM would cost more than the database.
_entries = cast(Table, JournalEntry.__table__)
_keys = cast(Table, DossierKey.__table__)
_chain = (_keys.c.tenant_id == bindparam("tenant"), _keys.c.petition_id == bindparam("petition"))
_LOCK_TAIL = select(_keys.c.key, _keys.c.tail_seq, _keys.c.tail_hash).where(*_chain).with_for_update()
_NEW = {column.name: bindparam(f"new_{column.name}", type_=column.type) for column in _entries.c}
# One statement for the entry and the tail: one round trip less.
_APPEND = (
    update(_keys)
    .where(*_chain)
    .values(tail_seq=_NEW["seq"], tail_hash=_NEW["hash"])
    .add_cte(insert(_entries).values(_NEW).returning(_entries.c.seq).cte("entry"))
)
_BEGIN = insert(_keys).on_conflict_do_nothing()


def append(
    petition_id: UUID,
    *,
    action: str,
    actor: Actor,
    clause: str | None,
    from_stage: str | None,
    to_stage: str | None,
    body: dict[str, Any],
) -> Entry:
    """Add the next entry to the petition's chain, in the caller's transaction; ST-3.7.

    `body` and the actor's name are encrypted. Others who act on the petition wait for this transaction.
    Raises Conflict where the dossier's key has been erased, TypeError where `body` is no JSON.
    """
    key, seq, previous = _tail(petition_id)
    header = Header(
        tenant_id=current_tenant(),
        petition_id=petition_id,
        seq=seq + 1,
        id=ids.new_id(),
        at=clock.now(),
        action=action,
        actor_kind=actor.kind,
        actor_id=actor.person_id,
        unit_id=actor.unit_id,
        on_behalf_of=actor.on_behalf_of,
        clause=clause,
        from_stage=from_stage,
        to_stage=to_stage,
    )
    plain = header_bytes(header)
    sealed = sealing.seal(key, {"actor_name": actor.name, "body": body}, plain)
    entry = Entry(**_values(header), actor_name=actor.name, body=body, hash=link(previous, plain, sealed))
    _store(entry, sealed, previous)
    following.tell(entry)
    return entry


def _values(header: Header) -> dict[str, Any]:
    return {name: getattr(header, name) for name in FIELDS}


def _tail(petition_id: UUID) -> tuple[bytes, int, bytes]:
    """Lock the chain and answer its key, last seq and last hash; a new chain is begun where there is none."""
    # The tail stands in the locked row itself: a subquery on the entries would answer from before the wait.
    chain = {"tenant": current_tenant(), "petition": petition_id}
    row = db.session.execute(_LOCK_TAIL, chain).one_or_none()
    if row is None:
        first = {"petition_id": petition_id, "key": sealing.new_key(), "tail_seq": 0, "tail_hash": GENESIS}
        db.session.execute(_BEGIN, first)
        row = db.session.execute(_LOCK_TAIL, chain).one()
    key, seq, previous = row
    if key is None:
        raise Conflict("该诉求的案卷内容已依规清除,不能再追加办理记录。")
    return key, seq, previous


def _store(entry: Entry, sealed: bytes, previous: bytes) -> None:
    row = {**_values(entry), "body": sealed, "prev_hash": previous, "hash": entry.hash}
    chain = {"tenant": entry.tenant_id, "petition": entry.petition_id}
    db.session.execute(_APPEND, {**chain, **{f"new_{name}": value for name, value in row.items()}})
