"""What the worker does for the bridge. Like all its tasks they may run twice, or be sent never: the rows are the queue."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from escalation.carriage import comparing, delivering, figures, rotating, sealing, trusted, watching
from escalation.ledger import nonces
from zhitongche.kernel import clock
from zhitongche.persistence import db, tenant_scope, unit_of_work
from zhitongche.worker.turns import everyone

if TYPE_CHECKING:
    from collections.abc import Callable

BUDGET: Final = timedelta(seconds=50)
SCHEDULE: Final[dict[str, dict[str, Any]]] = {
    "bridge_deliver": {"task": "zhitongche.bridge_deliver_all", "schedule": 20.0, "options": {"expires": 60}},
    "bridge_compare": {"task": "zhitongche.bridge_compare_all", "schedule": 60.0, "options": {"expires": 60}},
    "bridge_seal": {"task": "zhitongche.bridge_seal_all", "schedule": 600.0, "options": {"expires": 600}},
    "bridge_figures": {"task": "zhitongche.bridge_figures_all", "schedule": 3600.0, "options": {"expires": 3600}},
    "bridge_trust": {"task": "zhitongche.bridge_trust", "schedule": 600.0, "options": {"expires": 600}},
}


def bridge_deliver(tenant: str) -> None:
    """Send what the tenant has to send."""
    delivering.deliver(tenant, BUDGET)
    db.session.remove()


def bridge_deliver_all() -> None:
    """Every tenant's turn: what no wake-up reached, and what waited for its pause to end."""
    everyone(bridge_deliver)


def bridge_compare(tenant: str) -> None:
    """Compare the tenant with whom it is time to, tell people of what is late, forget what no longer counts."""
    comparing.compare(tenant)
    with tenant_scope(tenant):
        with unit_of_work():
            watching.raise_alarms()
        with unit_of_work():
            nonces.forget(clock.now())
    db.session.remove()


def bridge_compare_all() -> None:
    """Every tenant's turn."""
    everyone(bridge_compare)


def bridge_seal(tenant: str) -> None:
    """Seal the tenant's new journal entries and have the seal kept elsewhere."""
    sealing.seal(tenant)
    db.session.remove()


def bridge_seal_all() -> None:
    """Every tenant's turn."""
    everyone(bridge_seal)


def bridge_figures(tenant: str) -> None:
    """Tell those above in other deployments how the tenant's figures stand."""
    figures.report(tenant)
    db.session.remove()


def bridge_figures_all() -> None:
    """Every tenant's turn."""
    everyone(bridge_figures)


def bridge_trust() -> None:
    """Keys in their turn; then issue our trust list anew, where nobody else does."""
    rotating.turn()
    trusted.refresh()


_ALL: Final = (
    bridge_deliver, bridge_deliver_all, bridge_compare, bridge_compare_all, bridge_seal, bridge_seal_all, bridge_figures,
    bridge_figures_all, bridge_trust,
)  # fmt: skip
TASKS: Final[dict[str, Callable[..., None]]] = {act.__name__: act for act in _ALL}
