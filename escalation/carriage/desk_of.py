"""All that the protocol needs to work for one tenant: its books, pen, gate and application."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from escalation.carriage import trusted
from escalation.carriage.application import Application
from escalation.carriage.pens import TenantGate, TenantPen
from escalation.ledger.books import SqlBooks
from escalation.protocol import sending
from zhitongche.kernel import clock
from zhitongche.persistence import current_tenant

if TYPE_CHECKING:
    from uuid import UUID


@dataclass(frozen=True, slots=True)
class Desk:
    """The tenant's, in its scope and transaction."""

    books: SqlBooks
    pen: TenantPen
    gate: TenantGate
    app: Application


def desk_of(tenant: str, carrier: str | None = None) -> Desk:
    """The desk of the tenant in scope (its code); `carrier`: only what that deployment hosts is let in."""
    return Desk(SqlBooks(), TenantPen(tenant), TenantGate(tenant, carrier), Application(trusted.name_of, send))


def send(peer: str, subject: UUID, kind: str, data: dict[str, Any]) -> None:
    """Number, sign and keep a message of the tenant in scope, in the present transaction."""
    sending.emit(SqlBooks(), TenantPen(current_tenant()), peer, subject, kind, data, clock.now())

