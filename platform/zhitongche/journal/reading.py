"""Reading the journal, proving it, and erasing what it says."""

from collections.abc import Iterable, Sequence
from typing import Final
from uuid import UUID

from sqlalchemy import BindParameter, and_, bindparam, select, update

from zhitongche.journal import sealing
from zhitongche.journal.chain import FIELDS, GENESIS, ChainBroken, Header, header_bytes, link
from zhitongche.journal.entry import Entry
from zhitongche.journal.tables import DossierKey, JournalEntry
from zhitongche.kernel import clock
from zhitongche.persistence import db

_PETITION: Final[BindParameter[UUID]] = bindparam("petition_id")
_KEY = and_(DossierKey.tenant_id == JournalEntry.tenant_id, DossierKey.petition_id == JournalEntry.petition_id)
_ROWS: Final = select(JournalEntry).where(JournalEntry.petition_id == _PETITION).order_by(JournalEntry.seq)
# Always what the database holds now, never what this session has seen before.
_NOW: Final = _ROWS.execution_options(populate_existing=True)
_WITH_KEY: Final = _ROWS.add_columns(DossierKey.key).join(DossierKey, _KEY)
_OF_MANY: Final = (
    select(JournalEntry).where(JournalEntry.petition_id.in_(bindparam("petition_ids", expanding=True)))
    .order_by(JournalEntry.petition_id, JournalEntry.seq).add_columns(DossierKey.key).join(DossierKey, _KEY)
)  # fmt: skip
_TAIL: Final = select(DossierKey.tail_seq, DossierKey.tail_hash).where(DossierKey.petition_id == _PETITION)


def entries(petition_id: UUID) -> list[Entry]:
    """The petition's entries in order, decrypted; raises ChainBroken where one cannot be what was written."""
    return [_entry(row, key) for row, key in db.session.execute(_WITH_KEY, {"petition_id": petition_id})]


def of_many(petition_ids: Iterable[UUID]) -> dict[UUID, list[Entry]]:
    """The entries of several petitions, each in order, decrypted; raises ChainBroken as `entries` does."""
    found: dict[UUID, list[Entry]] = {one: [] for one in petition_ids}
    for row, key in db.session.execute(_OF_MANY, {"petition_ids": list(found)}):
        found[row.petition_id].append(_entry(row, key))
        db.session.expunge(row)
    return found


def verify(petition_id: UUID) -> None:
    """Recompute the whole chain from the stored bytes; raises ChainBroken at the first entry that is off.

    Needs no key: an erased dossier verifies too.
    """
    rows = rows_of(petition_id)
    previous = GENESIS
    for expected, row in enumerate(rows, start=1):
        if row.seq != expected:
            raise ChainBroken(expected, "缺少记录或顺序不符")
        if row.prev_hash != previous:
            raise ChainBroken(expected, "与上一条不衔接")
        if link(previous, header_bytes(_header(row)), row.body) != row.hash:
            raise ChainBroken(expected, "内容与哈希不符")
        previous = row.hash
    _verify_tail(petition_id, len(rows), previous)


def erase(petition_id: UUID) -> None:
    """Destroy the dossier's key: what the entries say is gone, the chain still verifies. Write the entry first."""
    change = update(DossierKey).where(DossierKey.petition_id == petition_id, DossierKey.key.is_not(None))
    db.session.execute(change.values(key=None, erased_at=clock.now()))


def rows_of(petition_id: UUID) -> Sequence[JournalEntry]:
    """The stored rows in order, read anew."""
    return db.session.scalars(_NOW, {"petition_id": petition_id}).all()


def _verify_tail(petition_id: UUID, last: int, last_hash: bytes) -> None:
    known = db.session.execute(_TAIL, {"petition_id": petition_id}).one_or_none()
    seq, known_hash = known or (0, GENESIS)
    if (seq, known_hash) != (last, last_hash):
        raise ChainBroken(min(seq, last) + 1, "末尾记录被删去或增添")


def _header(row: JournalEntry) -> Header:
    return Header(**{name: getattr(row, name) for name in FIELDS})


def _entry(row: JournalEntry, key: bytes | None) -> Entry:
    header = {name: getattr(row, name) for name in FIELDS}
    if key is None:
        return Entry(**header, actor_name=None, body=None, hash=row.hash)
    try:
        content = sealing.unseal(key, row.body, header_bytes(_header(row)))
    except ValueError:
        raise ChainBroken(row.seq, "内容无法解密") from None
    return Entry(**header, actor_name=content["actor_name"], body=content["body"], hash=row.hash)
