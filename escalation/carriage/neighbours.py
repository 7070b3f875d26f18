"""With whom a tenant exchanges messages: who is above it and who is below, by the trust list."""

from __future__ import annotations

from escalation.carriage import trusted


def neighbours(tenant: str) -> list[str]:
    """The tenant above, then those below, as codes; none where the list does not know the tenant."""
    above = trusted.above(tenant)
    return [*([above] if above else []), *sorted(code for code, one in trusted.in_force().tenants.items() if one.parent == tenant)]
