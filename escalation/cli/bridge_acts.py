"""That something was done on the command line is written down like a decision at the desk."""

from __future__ import annotations

import getpass

from escalation.ledger import acts
from zhitongche.persistence import tenant_scope, unit_of_work

REASON = "命令行执行"


def written(deed: str, tenant: str, about: str, peer: str = "") -> None:
    """Write it into the tenant's books, under the name of the machine's account."""
    with tenant_scope(tenant), unit_of_work():
        acts.write(deed, by=f"命令行（{_account()}）", reason=REASON, about=about, peer=peer)


def _account() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "未知账户"
