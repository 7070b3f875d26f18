"""Numbers without gaps 连续编号, as official letters and case files need them."""

from sqlalchemy.dialects.postgresql import insert

from zhitongche.persistence.base import db
from zhitongche.persistence.scope import current_tenant
from zhitongche.persistence.tables import NumberSeries


def next_number(kind: str, year: int) -> int:
    """The next number of the present tenant's series, from 1; given back if the transaction is undone.

    Others who ask for the same series wait until this transaction ends (a sequence would leave gaps):
    ask as late in the transaction as can be.
    """
    first = insert(NumberSeries).values(tenant_id=current_tenant(), kind=kind, year=year, last=1)
    following = first.on_conflict_do_update(
        index_elements=["tenant_id", "kind", "year"], set_={"last": NumberSeries.last + 1}
    )
    return db.session.scalars(following.returning(NumberSeries.last)).one()
