"""`bridge figures`: report the sums now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from escalation.carriage import figures as reporting
from escalation.carriage import trusted

if TYPE_CHECKING:
    from argparse import Namespace


def figures(_args: Namespace, tenants: list[str]) -> int:
    """Tell those above in other deployments what has changed, print what came of it; 1 where one did not answer."""
    silent = 0
    for tenant in tenants:
        for receiver, days in reporting.report(tenant).items():
            silent += days is None
            told = "没有应答，稍后自动再报" if days is None else f"已报 {days} 天" if days else "没有变化"
            print(f"{tenant} → {trusted.name_of(receiver)}：{told}")
    return 1 if silent else 0
