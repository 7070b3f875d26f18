"""Who may change accounts and units."""

from zhitongche.flow.facts import Actor
from zhitongche.kernel.errors import Forbidden


def require(allowed: bool) -> None:
    """Raise Forbidden unless allowed."""
    if not allowed:
        raise Forbidden


def require_admin(by: Actor) -> None:
    """Only the tenant's administrator, or the system setting it up; raises Forbidden."""
    require(by.kind == "system" or (by.kind == "official" and "admin" in by.roles))
