"""A petition in hand: loaded in its tenant, with its pack, its facts and the one who acts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import bindparam, select

from zhitongche.casework.facts import facts_of, open_clocks
from zhitongche.casework.tables import Petition
from zhitongche.kernel.errors import NotFound
from zhitongche.persistence import db
from zhitongche.tenancy import versions

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from uuid import UUID

    from zhitongche.casework.tables import Clock
    from zhitongche.flow.decide import Decision
    from zhitongche.flow.facts import Actor, Facts
    from zhitongche.tenancy.pack import Pack


@dataclass
class Case:
    """What a verb works on: cleaned `form`, `running` clocks, `body` for the journal beside the form; moments in UTC."""

    petition: Petition
    pack: Pack
    facts: Facts
    actor: Actor
    decision: Decision
    form: Mapping[str, Any]
    now: datetime
    running: list[Clock]
    body: dict[str, Any] = field(default_factory=dict)

    def read_facts(self) -> None:
        """Read the facts anew, after a verb has changed rows."""
        self.facts = facts_of(self.petition, self.pack.flow, self.running)


_LOADED: Final = select(Petition).where(Petition.id == bindparam("id"))
_LOCKED: Final = _LOADED.with_for_update().execution_options(populate_existing=True)


def load(petition_id: UUID, *, lock: bool = False) -> Petition:
    """The tenant's petition, for update where asked; NotFound for missing and foreign alike."""
    petition = db.session.scalar(_LOCKED if lock else _LOADED, {"id": petition_id})
    if petition is None:
        raise NotFound
    return petition


def pack_of(petition: Petition) -> Pack:
    """The pack version that the petition began under and finishes under."""
    return versions.pack_at(petition.pack_version)


def facts_now(petition: Petition) -> Facts:
    """The petition's facts at this moment, read from its rows."""
    return facts_of(petition, pack_of(petition).flow, open_clocks(petition.id))
