"""Find petitions by number, enterprise, code and any Chinese words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import Uuid, and_, any_, func, literal, select
from sqlalchemy.dialects.postgresql import ARRAY, insert

from zhitongche.casework.tables import Petition, PetitionSearch
from zhitongche.identity import enterprises
from zhitongche.kernel import clock, text
from zhitongche.persistence import current_tenant, db
from zhitongche.persistence.search import match, vector

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import ColumnElement

CAP = 500
"""A search looks at the newest so many candidates; a page shows far fewer."""
SURE: Final = 2
"""A word of so many characters is one pair, or begins one: where the index has it, it stands in the text unbroken."""


def index(petition: Petition) -> None:
    """Keep the words by which the petition is found; only where they have changed."""
    enterprise = enterprises.by_id(petition.enterprise_id)
    plain = text.normalized(
        " ".join([petition.number, petition.letter_number or "", petition.title, petition.content, petition.wish, enterprise.name, enterprise.credit_code])
    )
    if db.session.scalar(select(PetitionSearch.plain).where(PetitionSearch.petition_id == petition.id)) == plain:
        return
    row = insert(PetitionSearch).values(
        tenant_id=current_tenant(), petition_id=petition.id, words=vector(plain), plain=plain, at=clock.now()
    )
    changed = {"words": row.excluded.words, "plain": row.excluded.plain, "at": row.excluded.at}
    db.session.execute(row.on_conflict_do_update(index_elements=["tenant_id", "petition_id"], set_=changed))


def found(query: str) -> ColumnElement[bool]:
    """The condition that a petition's texts hold every word of the query, unbroken; the newest CAP are looked at."""
    # A page asks for its rows and for their number: the search, which is the dear part, is made once.
    kept: dict[str, list[UUID]] = db.session().info.setdefault("searched", {})
    if query not in kept:
        kept[query] = _ids(query)
    return Petition.id == any_(literal(kept[query], ARRAY(Uuid)))


def _ids(query: str) -> list[UUID]:
    hits = match("petition_search", query, CAP)
    words = text.words_of(query)
    if hits is None or not words:
        return []
    if all(len(word) <= SURE for word in words):
        return list(db.session.scalars(select(hits)))
    here = select(PetitionSearch.petition_id).where(
        PetitionSearch.petition_id.in_(select(hits)),
        and_(*(func.strpos(PetitionSearch.plain, word) > 0 for word in words)),
    )
    return list(db.session.scalars(here))
